package kr.dolbom.risk.resident;

import java.time.ZoneId;

/// Where a resident lives, as far as the engine must know.
///
/// @param zone of the office, in which the hours of the day are counted
/// @param officeNo who looks after the resident
/// @param neighbourhood the district (동)
public record Home(ZoneId zone, int officeNo, String neighbourhood) {}
