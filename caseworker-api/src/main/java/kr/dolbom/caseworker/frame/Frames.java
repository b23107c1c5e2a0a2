package kr.dolbom.caseworker.frame;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.roster.OnCall;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;

/// Makes the [Frame] of a page. Safe for use by many threads.
@Singleton
public final class Frames {
    private final Transactions transactions;
    private final Clock clock;

    Frames(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// The frame of a page in this section.
    public Frame of(HttpRequest<?> request, Viewer viewer, Section section) {
        Words words = PreferredWords.of(request);
        return transactions.run(connection -> of(connection, viewer, words, section));
    }

    /// The same in the caller's transaction.
    public Frame of(Connection connection, Viewer viewer, Words words, Section section) {
        var phrasing = new Phrasing(words, clock);
        Instant now = clock.instant();
        return new Frame(
                phrasing,
                viewer.name(),
                viewer.account().role(),
                section,
                listOnCall(connection, viewer, now),
                viewer.csrf(),
                viewer.name() + " · " + phrasing.when(now).exact());
    }

    private static List<Frame.Duty> listOnCall(Connection connection, Viewer viewer, Instant now) {
        if (!Section.QUEUE.isFor(viewer.account().role())) {
            return List.of();
        }
        record Office(int number, String name) {}
        List<Office> offices = Sql.on(connection, """
                        select office_no, short_name from office
                         where (:office::int is null or office_no = :office) and not canary order by office_no""")
                .with("office", viewer.officeNo())
                .list(row -> new Office(row.number("office_no"), row.text("short_name")));
        return offices.stream()
                .map(office -> new Frame.Duty(
                        office.name(),
                        OnCall.list(connection, office.number(), now).stream()
                                .map(duty -> duty.recipient().person().name())
                                .collect(Collectors.joining(", "))))
                .toList();
    }
}
