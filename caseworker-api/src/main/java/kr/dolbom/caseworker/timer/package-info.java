/// Work that comes again and again, whatever alerts there are. A feature implements
/// [Chore][kr.dolbom.caseworker.timer.Chore]; the program's one scheduler runs it.
@NullMarked
package kr.dolbom.caseworker.timer;

import org.jspecify.annotations.NullMarked;
