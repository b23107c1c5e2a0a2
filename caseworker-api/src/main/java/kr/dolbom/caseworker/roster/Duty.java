package kr.dolbom.caseworker.roster;

import java.util.UUID;

/// Somebody holds a position of an office for a time.
///
/// @param id of the shift or the override that says so
/// @param standsIn whether an override says so
/// @param officeNo of which office; a night centre's for those who answer for another
/// @param position 1 is the primary, the others are backups
/// @param caseworkerNo who
/// @param span when
public record Duty(UUID id, boolean standsIn, int officeNo, int position, int caseworkerNo, Span span) {
    Duty during(Span shorter) {
        return new Duty(id, standsIn, officeNo, position, caseworkerNo, shorter);
    }
}
