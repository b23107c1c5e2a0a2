/// The one sentence that a person reads, in Korean and in English. Read [Sentences] first; the words themselves stand
/// in `messages_ko.properties` and `messages_en.properties` beside it.
///
/// What is to be said, and when, is decided elsewhere.
@NullMarked
package kr.dolbom.risk.reason;

import org.jspecify.annotations.NullMarked;
