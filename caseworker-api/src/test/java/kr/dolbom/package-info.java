/// What holds for all modules together.
@NullMarked
package kr.dolbom;

import org.jspecify.annotations.NullMarked;
