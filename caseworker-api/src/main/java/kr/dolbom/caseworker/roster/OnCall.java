package kr.dolbom.caseworker.roster;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// Somebody who is on call.
///
/// @param recipient who
/// @param position 1 is called first
public record OnCall(Recipient recipient, int position) {

    /// Who is on call for this office at this moment, first position first, nobody twice. Overrides
    /// count, whoever is on leave or has left does not; while a night centre answers, its people come
    /// before the office's own.
    public static List<OnCall> list(Connection connection, int officeNo, Instant now) {
        Roster roster = Rosters.load(connection, officeNo, new Span(now, now.plusMillis(1)));
        List<Duty> duties = roster.at(now);
        return IntStream.range(0, duties.size())
                .mapToObj(i -> new OnCall(roster.person(duties.get(i).caseworkerNo()), i + 1))
                .toList();
    }
}
