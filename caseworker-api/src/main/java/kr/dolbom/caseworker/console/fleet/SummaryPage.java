package kr.dolbom.caseworker.console.fleet;

import kr.dolbom.caseworker.frame.Frame;

/// The counts as a page of their own, for a browser without scripts.
///
/// @param frame what is around it
/// @param summary the counts
public record SummaryPage(Frame frame, FleetSummary summary) {}
