/// What is around every page of the console: navigation by role, who is on call, whose page it is. Read
/// [Frames][kr.dolbom.caseworker.frame.Frames] first. What is on a page stands with its feature.
@NullMarked
package kr.dolbom.caseworker.frame;

import org.jspecify.annotations.NullMarked;
