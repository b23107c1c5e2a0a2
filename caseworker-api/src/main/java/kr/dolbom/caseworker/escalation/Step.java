package kr.dolbom.caseworker.escalation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One step that was taken: texts and calls to one person, or to several at once.
///
/// @param number counted from 1, over steps of every purpose
/// @param purpose why
/// @param startedAt when it was taken
/// @param waitsSince from when on somebody has time to acknowledge: when it was taken, or its last call made where that
///     waited for its turn; null while one still waits
/// @param callOver whether there was a call and all of them are over without anybody reached; a text alone wakes
///     nobody
public record Step(
        int number,
        Purpose purpose,
        Instant startedAt,
        @Nullable Instant waitsSince,
        boolean callOver) {}
