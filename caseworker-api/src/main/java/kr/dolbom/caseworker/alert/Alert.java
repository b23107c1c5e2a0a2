package kr.dolbom.caseworker.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One open or past episode, with the resident it concerns.
///
/// @param alertId the public id
/// @param family what it is about: `silence`, `emergency`, `device`
/// @param tier how urgent it is
/// @param state how far the response has come, by the dictionary's word
/// @param reasonKo the one sentence why, in Korean
/// @param reasonEn the same in English
/// @param moment when the thing itself happened
/// @param raisedAt when the alert was raised
/// @param acknowledgedAt when somebody took it; null before
/// @param acknowledgedBy who took it; null before
/// @param resolvedAt when it was over; null before
/// @param outcome how it ended; null before
/// @param outcomeNote what was noted then; null for nothing
/// @param drill whether it is an exercise
/// @param snoozedUntil before when whoever has it is not asked again; null for no such wish
/// @param confirmedAt when whoever has it said last that they still do; null for never after they took it
/// @param emergencyCalledAt when 119 was called; null for not
/// @param resident whom it concerns
/// @param office who looks after that resident
public record Alert(
        UUID alertId,
        String family,
        Tier tier,
        String state,
        String reasonKo,
        String reasonEn,
        Instant moment,
        Instant raisedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable Person acknowledgedBy,
        @Nullable Instant resolvedAt,
        @Nullable Outcome outcome,
        @Nullable String outcomeNote,
        boolean drill,
        @Nullable Instant snoozedUntil,
        @Nullable Instant confirmedAt,
        @Nullable Instant emergencyCalledAt,
        Resident resident,
        Office office) {

    /// Somebody who can have an alert.
    ///
    /// @param kind as what
    /// @param number the database's number, of caseworkers or of guardians
    /// @param id the public id
    /// @param name without a title
    public record Person(PersonKind kind, int number, UUID id, String name) {

        /// A caseworker.
        public static Person caseworker(int number, UUID id, String name) {
            return new Person(PersonKind.CASEWORKER, number, id, name);
        }
    }

    /// Whom an alert concerns.
    ///
    /// @param residentNo the database's number
    /// @param residentId the public id
    /// @param name what the robot calls them
    /// @param birthYear the year of birth
    /// @param neighbourhood in which part of the city
    /// @param address where help has to go
    /// @param phone their own number; null when they have none
    /// @param language `ko` or `en`
    /// @param caseworkerNo the database's number of their own caseworker; null for none
    /// @param answerTime how long they have to answer the robot; null: as the program's settings say
    public record Resident(
            int residentNo,
            UUID residentId,
            String name,
            int birthYear,
            String neighbourhood,
            String address,
            @Nullable String phone,
            String language,
            @Nullable Integer caseworkerNo,
            @Nullable Duration answerTime) {}

    /// Who looks after a resident.
    ///
    /// @param officeNo the database's number
    /// @param nameKo the name in Korean calls
    /// @param nameEn the name in English calls
    /// @param shortName the name in texts
    public record Office(int officeNo, String nameKo, String nameEn, String shortName) {}

    /// The reason in a language, `ko` or `en`.
    public String reason(String language) {
        return language.equals("en") ? reasonEn : reasonKo;
    }

    /// Whether the response goes on.
    public boolean isOpen() {
        return resolvedAt == null;
    }
}
