package kr.dolbom.caseworker.checkin;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One planned conversation that is not over, with whom.
///
/// @param number the database's number
/// @param state `planned`, `asking`, `calling` or `waiting`
/// @param attempt 0 before it began, 1, or 2 when it was begun anew
/// @param questions all of them, in order
/// @param commandId the robot's latest question; null: none
/// @param callId the latest call; null: none
/// @param resident with whom
record CheckIn(
        int number,
        String state,
        int attempt,
        List<CheckInQuestion> questions,
        @Nullable UUID commandId,
        @Nullable UUID callId,
        Resident resident) {

    /// Somebody who is asked.
    ///
    /// @param number the database's number
    /// @param name what the robot calls them
    /// @param language `ko` or `en`
    /// @param phone their own number; null when they have none
    /// @param callConsent whether they may be asked by phone
    /// @param wordsConsent whether their words may be kept
    /// @param officeNo the database's number of their office
    /// @param officeKo its name in Korean
    /// @param officeEn its name in English
    record Resident(
            int number,
            String name,
            String language,
            @Nullable String phone,
            boolean callConsent,
            boolean wordsConsent,
            int officeNo,
            String officeKo,
            String officeEn) {

        /// The office's name in their language.
        String office() {
            return language.equals("en") ? officeEn : officeKo;
        }
    }

    /// What was answered to a question.
    ///
    /// @param words as they were recognised, only with consent; null: not kept
    record Answered(
            CheckInQuestion question,
            CheckInAnswer answer,
            @Nullable String words,
            Instant at) {}

    /// The question that is to be asked next; null when all are answered.
    @Nullable CheckInQuestion next(List<Answered> answers) {
        return questions.stream()
                .filter(question -> answers.stream().noneMatch(answered -> answered.question() == question))
                .findFirst()
                .orElse(null);
    }
}
