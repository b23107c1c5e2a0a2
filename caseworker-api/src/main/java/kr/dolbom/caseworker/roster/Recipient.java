package kr.dolbom.caseworker.roster;

import kr.dolbom.caseworker.alert.Alert;

/// Somebody who can be called about an alert, and by what.
///
/// @param person who
/// @param phone the number, E.164
/// @param language `ko` or `en`
public record Recipient(Alert.Person person, String phone, String language) {}
