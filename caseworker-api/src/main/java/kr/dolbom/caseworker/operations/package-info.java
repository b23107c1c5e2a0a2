/// What operators do with the response itself: hold alerts back while something is mended, and exercise. Read
/// [Maintenances][kr.dolbom.caseworker.operations.Maintenances] first. What an alert does while it is held is decided
/// by the response, not here.
@NullMarked
package kr.dolbom.caseworker.operations;

import org.jspecify.annotations.NullMarked;
