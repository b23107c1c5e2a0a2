package kr.dolbom.caseworker.console.roster;

import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.roster.Duty;
import kr.dolbom.caseworker.roster.Span;

/// What the forms of the page are filled with. Immutable; for one use.
///
/// @param words how it is said
record RosterForms(RosterWords words) {
    private static final int MOST_SHIFTS = 400;
    private static final Set<String> TIMES = Set.of("override", "add");

    /// For whom may change nothing.
    static RosterPage.Forms none() {
        return new RosterPage.Forms(List.of(), List.of(), "1", "", "", "", "", "", false, "");
    }

    /// With what a wish has chosen.
    RosterPage.Forms of(RosterReader.Wish wish) {
        List<Duty> written = words.read().roster().written().stream()
                .filter(duty -> duty.officeNo() == words.read().office().number())
                .sorted(Comparator.comparing((Duty duty) -> duty.span().start()).thenComparingInt(Duty::position))
                .toList();
        Optional<Duty> chosen =
                written.stream().filter(duty -> duty.id().equals(wish.shift())).findFirst();
        LocalDateTime from = chosen.map(duty -> words.local(
                        duty.span().start().isBefore(words.now())
                                ? words.now()
                                : duty.span().start()))
                .orElse(wish.from());
        LocalDateTime to = chosen.map(Duty::span)
                .filter(span -> !span.end().equals(Span.NEVER))
                .map(span -> words.local(span.end()))
                .orElse(wish.to());
        String open = chosen.map(duty -> movable(duty) ? "swap" : "override").orElse(from == null ? "" : "add");
        RosterForm typed = wish.typed();
        UUID person = typed == null ? null : typed.findUuid("caseworker");
        RosterForm times = typed != null && TIMES.contains(wish.open()) ? typed : null;
        return new RosterPage.Forms(
                written.stream()
                        .filter(this::movable)
                        .limit(MOST_SHIFTS)
                        .map(duty -> new RosterPage.Choice(
                                duty.id().toString(),
                                words.told(duty),
                                duty.id().equals(wish.shift()),
                                typed != null && duty.id().equals(typed.findUuid("second"))))
                        .toList(),
                words.read().people().stream()
                        .map(one -> new RosterPage.Choice(
                                one.id().toString(), one.name(), one.id().equals(person), false))
                        .toList(),
                times != null
                        ? times.value("position")
                        : Integer.toString(chosen.map(Duty::position).orElse(1)),
                times != null ? times.value("from") : from == null ? "" : RosterWords.field(from),
                times != null ? times.value("to") : to == null ? "" : RosterWords.field(to),
                typed == null ? "" : typed.value("reason"),
                chosen.map(words::told).orElse(""),
                chosen.map(duty -> duty.id().toString()).orElse(""),
                chosen.map(Duty::standsIn).orElse(false),
                TIMES.contains(wish.open()) || wish.open().equals("swap") ? wish.open() : open);
    }

    private boolean movable(Duty duty) {
        return !duty.standsIn() && duty.span().start().isAfter(words.now());
    }
}
