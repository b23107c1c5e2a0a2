package kr.dolbom.risk.watch;

/// What is known of one resident, to be kept.
///
/// @param residentNo who
/// @param state for [Fleet#restore]; not copied
public record Changed(int residentNo, byte[] state) {}
