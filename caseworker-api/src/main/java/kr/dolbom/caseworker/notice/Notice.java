package kr.dolbom.caseworker.notice;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that somebody must know before it matters.
///
/// @param noticeId the public id
/// @param officeNo whose supervisors; null for the operators
/// @param kind what kind of trouble, `number-unusable`
/// @param about what it is about, so that one trouble is one notice
/// @param textKo one sentence with the way out, in Korean
/// @param textEn the same in English
/// @param raisedAt since when it is known
/// @param endedAt since when it is no longer so; null while it is
public record Notice(
        UUID noticeId,
        @Nullable Integer officeNo,
        String kind,
        String about,
        String textKo,
        String textEn,
        Instant raisedAt,
        @Nullable Instant endedAt) {}
