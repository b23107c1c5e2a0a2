package kr.dolbom.caseworker.trail;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event of the audit log.
///
/// @param number by which pages are continued
/// @param at when
/// @param account the login, or `link:` and a person's id for a one-time link
/// @param person the caseworker's id; null for accounts without
/// @param action what was done
/// @param residentId whom it concerns; null for nobody
/// @param address from which IP address
/// @param detail what else is to be known, such as the reason of a download
@Introspected
public record AuditRecord(
        long number,
        Instant at,
        String account,
        @Nullable UUID person,
        String action,
        @Nullable UUID residentId,
        String address,
        Map<String, String> detail) {}
