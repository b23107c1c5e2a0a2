package kr.dolbom.risk.resident;

import org.jspecify.annotations.Nullable;

/// With whom a resident's home shares a network.
///
/// @param residentNo of the resident
/// @param officeNo of the office
/// @param neighbourhood the district (동)
/// @param vendor of the devices at home; null: of more than one vendor
/// @param devices how many stand there
public record HomeGroups(
        int residentNo,
        int officeNo,
        String neighbourhood,
        @Nullable String vendor,
        int devices) {}
