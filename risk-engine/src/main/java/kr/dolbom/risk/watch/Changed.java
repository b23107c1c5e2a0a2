package kr.dolbom.risk.watch;

/// What is known of one resident, to be kept.
///
/// @param residentNo who
/// @param state for [Fleet#restore]; not copied
/// @param relearning the number of the wish to learn anew that is fulfilled when the state is kept; 0: none
public record Changed(int residentNo, byte[] state, long relearning) {}
