/// What people hear, read and see, in Korean and English: the texts stand in `words_ko.properties` and
/// `words_en.properties`, not in code.
@NullMarked
package kr.dolbom.caseworker.words;

import org.jspecify.annotations.NullMarked;
