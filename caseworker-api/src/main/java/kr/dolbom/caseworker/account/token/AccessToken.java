package kr.dolbom.caseworker.account.token;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A program that acts for an account.
///
/// @param tokenId the public id
/// @param name what it is for
/// @param scopes what it may do
/// @param createdAt since when
/// @param usedAt when it was last used, to the minute; null when it never was
/// @param expiresAt until when
/// @param address from where it was asked for
public record AccessToken(
        UUID tokenId,
        String name,
        List<String> scopes,
        Instant createdAt,
        @Nullable Instant usedAt,
        Instant expiresAt,
        String address) {}
