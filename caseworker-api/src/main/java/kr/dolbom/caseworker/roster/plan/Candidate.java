package kr.dolbom.caseworker.roster.plan;

import java.util.List;
import kr.dolbom.caseworker.roster.Span;

/// Somebody who may be put on a month's roster.
///
/// @param caseworkerNo who
/// @param name their name
/// @param away when they are on leave or have left
/// @param busy when they have a duty already, in any office
/// @param share how much of the month they are here, above 0 to 1: their fair share of nights and days
///     off
/// @param load what their duties of this month weigh already
/// @param before what the nights and days off of the months before weigh
record Candidate(
        int caseworkerNo, String name, List<Span> away, List<Span> busy, double share, Load load, Load before) {
    Candidate {
        away = List.copyOf(away);
        busy = List.copyOf(busy);
    }
}
