/// The broker as a program, and the package that it loads.
@NullMarked
package kr.dolbom.broker.launcher;

import org.jspecify.annotations.NullMarked;
