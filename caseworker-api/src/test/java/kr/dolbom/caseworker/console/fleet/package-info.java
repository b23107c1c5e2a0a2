/// Tests of the fleet pages that need no server.
@NullMarked
package kr.dolbom.caseworker.console.fleet;

import org.jspecify.annotations.NullMarked;
