/// Pages: rendering, static files, files to carry off and the headers that keep pages safe. Read
/// [Pages][kr.dolbom.caseworker.page.Pages] first. What is on a page stands in the package of its feature, its template
/// under `src/main/jte`.
@NullMarked
package kr.dolbom.caseworker.page;

import org.jspecify.annotations.NullMarked;
