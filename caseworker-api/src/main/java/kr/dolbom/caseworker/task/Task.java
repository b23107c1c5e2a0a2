package kr.dolbom.caseworker.task;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something to do for a resident.
///
/// @param taskId the public id
/// @param residentNo the database's number of the resident
/// @param residentId for whom
/// @param residentName their name
/// @param neighbourhood in which part of the city
/// @param phone their own number; null when they have none
/// @param kind what is to be done
/// @param source `request`: they asked the robot; `check-in`: they said so in a planned conversation
/// @param words what they said, only with their consent; null: not known
/// @param state `open`, `taken` or `done`
/// @param askedAt when they said so
/// @param toldAt when a caseworker was told by text; null: not yet
/// @param takenByNo the database's number of the caseworker who sees to it; null: nobody yet
/// @param takenBy their name
/// @param takenAt since when
/// @param doneBy the login of who did it; null before
/// @param doneAt when it was done
/// @param note what was noted then
record Task(
        UUID taskId,
        int residentNo,
        UUID residentId,
        String residentName,
        String neighbourhood,
        @Nullable String phone,
        TaskKind kind,
        String source,
        @Nullable String words,
        String state,
        Instant askedAt,
        @Nullable Instant toldAt,
        @Nullable Integer takenByNo,
        @Nullable String takenBy,
        @Nullable Instant takenAt,
        @Nullable String doneBy,
        @Nullable Instant doneAt,
        @Nullable String note) {}
