package kr.dolbom.risk.evaluate;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.evaluate.Alerts.Alert;
import kr.dolbom.risk.resident.HomeGroups;
import kr.dolbom.risk.sight.Sight;
import kr.dolbom.risk.silence.Population;
import kr.dolbom.risk.watch.Rehearsal;
import org.jspecify.annotations.Nullable;

/// All homes together before one [Sight], minute by minute. It hears only what was recorded, no made-up
/// heartbeat: what is harder.
final class FleetPlay {
    private static final int MINUTE = 60;
    private static final long GRACE_SECONDS = 1800;

    private final List<RecordedHome> heard;
    private final Messages[] ear;
    private final Sight sight;
    private final List<Incident> incidents = new ArrayList<>();
    private Outcome.@Nullable IncidentBegan open;

    /// @param heard homes as they were recorded
    private FleetPlay(List<RecordedHome> heard) {
        this.heard = heard;
        this.ear = new Messages[heard.size()];
        List<HomeGroups> groups = new ArrayList<>();
        for (int i = 0; i < ear.length; i++) {
            RecordedHome home = heard.get(i);
            var always = new Outages(List.of(new Outages.Span(Long.MIN_VALUE, 0, Long.MAX_VALUE)));
            ear[i] = new Messages(i + 1, home, always, home.first());
            groups.add(HomePlay.groups(i + 1));
        }
        this.sight = Sight.of(groups);
    }

    /// A silence of all homes together that was noticed, and is over.
    ///
    /// @param homes how many were missed
    /// @param expected of how many a sign was expected by then
    /// @param heard of how many there was one
    record Incident(Outages.Span span, int homes, double expected, int heard) {
        static Outages outages(List<Incident> incidents) {
            return new Outages(incidents.stream().map(Incident::span).toList());
        }
    }

    /// What came of it.
    ///
    /// @param incidents in order of time
    /// @param alerts of each home, about persons and devices
    record Result(List<Incident> incidents, List<List<Alert>> alerts) {
        /// Whether an incident lasted, or had ended within the half hour before.
        boolean isDuringIncident(long at) {
            return incidents.stream()
                    .map(Incident::span)
                    .anyMatch(span -> at >= span.from() && at < span.to() + GRACE_SECONDS);
        }

        /// How many alerts were raised during incidents.
        ///
        /// @param areAboutPersons else about devices
        int countDuringIncidents(boolean areAboutPersons) {
            return (int) alerts.stream()
                    .flatMap(List::stream)
                    .filter(alert -> alert.isAboutPerson() == areAboutPersons && isDuringIncident(alert.at()))
                    .count();
        }
    }

    /// The times in which the whole fleet was silent, as the engine notices them.
    static List<Incident> findIncidents(List<RecordedHome> homes) {
        return new FleetPlay(homes).play(new HomePlay[0], List.of());
    }

    /// Plays all homes to the whole engine.
    ///
    /// @param recorded as they were recorded
    /// @param judged the homes that are judged, some thinned, some of the recorded ones left out
    /// @param outages in which no device sends anything
    /// @param others the population without a home, by its index among those judged
    static Result play(
            List<RecordedHome> recorded, List<RecordedHome> judged, Outages outages, IntFunction<Population> others) {
        var fleet = new FleetPlay(recorded);
        HomePlay[] plays = new HomePlay[recorded.size()];
        List<HomePlay> inOrder = new ArrayList<>();
        int index = 0;
        for (RecordedHome home : judged) {
            int slot = fleet.indexOf(home.id());
            var messages = new Messages(slot + 1, home, outages, home.first());
            plays[slot] = new HomePlay(new Rehearsal(slot + 1, others.apply(index++), fleet.sight), messages);
            inOrder.add(plays[slot]);
        }
        List<Incident> incidents = fleet.play(plays, judged);
        List<List<Alert>> alerts =
                inOrder.stream().map(home -> home.alerts().list()).toList();
        return new Result(incidents, alerts);
    }

    private int indexOf(String id) {
        for (int i = 0; i < heard.size(); i++) {
            if (heard.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no home " + id);
    }

    private List<Incident> play(HomePlay[] plays, List<RecordedHome> judged) {
        long from = heard.stream().mapToLong(RecordedHome::first).min().orElse(0);
        long to = heard.stream().mapToLong(RecordedHome::last).max().orElse(0);
        long[] ends = new long[plays.length];
        judged.forEach(home -> ends[indexOf(home.id())] = home.last() + 1);
        List<Outcome> outcomes = new ArrayList<>();
        for (long minute = (Math.floorDiv(from, (long) MINUTE) + 1) * MINUTE; minute <= to; minute += MINUTE) {
            for (Messages home : ear) {
                while (home.nextAt() < minute) {
                    sight.heard(home.next());
                }
            }
            for (int i = 0; i < plays.length; i++) {
                if (plays[i] != null) {
                    plays[i].playUntil(Math.min(minute, ends[i]));
                }
            }
            for (int residentNo : review(minute, outcomes)) {
                int slot = residentNo - 1;
                if (slot < plays.length && plays[slot] != null && minute < ends[slot]) {
                    plays[slot].look(minute);
                }
            }
        }
        return List.copyOf(incidents);
    }

    private Set<Integer> review(long minute, List<Outcome> outcomes) {
        outcomes.clear();
        Set<Integer> touched;
        try {
            touched = sight.review(Instant.ofEpochSecond(minute), outcomes);
        } catch (SQLException e) {
            throw new IllegalStateException("there is no database", e);
        }
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.IncidentBegan began -> open = began;
                case Outcome.IncidentEnded ended -> end(ended);
                case Outcome.Raise _,
                        Outcome.Keep _,
                        Outcome.Retract _,
                        Outcome.Score _,
                        Outcome.Gap _,
                        Outcome.GapWithdrawn _ -> {}
            }
        }
        return touched;
    }

    private void end(Outcome.IncidentEnded ended) {
        Outcome.IncidentBegan began = open;
        if (began == null) {
            throw new IllegalStateException("what ended had not begun: " + ended);
        }
        var span = new Outages.Span(
                began.incident().beganAt().getEpochSecond(),
                began.noticedAt().getEpochSecond(),
                ended.endedAt().getEpochSecond());
        incidents.add(new Incident(span, began.homes(), began.expected(), began.heard()));
        open = null;
    }
}
