package kr.dolbom.caseworker.console.people;

/// The form of one guardian.
///
/// @param head what stands above
/// @param form what stands in it
/// @param residentId whose
/// @param guardianId whom it changes
public record GuardianFormPage(Head head, Form form, String residentId, String guardianId) {}
