/// The document of all REST paths, and the page that shows it. Read
/// [OpenApiDocument][kr.dolbom.caseworker.openapi.OpenApiDocument] first.
@NullMarked
package kr.dolbom.caseworker.openapi;

import org.jspecify.annotations.NullMarked;
