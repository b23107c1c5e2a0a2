package kr.dolbom.risk.preview;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kr.dolbom.contract.telemetry.PresenceReport;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.risk.family.weather.Tightening;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.preview.Side.Moments;
import kr.dolbom.risk.setting.Wishes;
import kr.dolbom.risk.silence.Population;
import kr.dolbom.risk.watch.Signs;

/// Plays one home to both settings, in order of time.
///
/// - An alert counts where it would be raised within the period, before the resident's next sign, from the home's
///   third day on. While the resident is not judged it waits. One silence counts once, in its highest tier.
/// - Time counts while a device was proven alive by a message, and the resident was judged.
/// - Silences are injected as in the evaluation: at every second full hour of every fifth day, where the device was
///   alive, the resident judged, and neither settings had raised an alert before.
/// - A true case belongs to the silence in which its alert was raised.
final class HomeReplay {
    private static final int HOUR = 3600;
    private static final long ONSET_STEP = 2L * HOUR;
    private static final int ONSET_DAYS = 5;
    private static final int DAY_BEGINS = 7;
    private static final int DAY_ENDS = 21;
    private static final Duration WARM_UP = Duration.ofDays(2);
    private static final long NEVER = Long.MIN_VALUE;

    private final PreviewHome home;
    private final Side now;
    private final Side proposed;
    private final Tally tally;
    private final Wishes wishes;
    private final int onsetDay;
    private final List<Case> cases;
    private long judgedFrom;
    private long watchedTo = NEVER;
    private long inHospitalSince = NEVER;
    private Tightening weather = Tightening.NONE;

    HomeReplay(
            PreviewHome home,
            Wishes wishes,
            Wishes supposed,
            Population population,
            Population supposedPopulation,
            Duration proofWindow,
            Tally tally) {
        int office = home.home().officeNo();
        this.home = home;
        this.wishes = wishes;
        this.now = new Side(home, population, wishes.settingsOf(home.residentNo(), office), proofWindow);
        this.proposed = new Side(home, supposedPopulation, supposed.settingsOf(home.residentNo(), office), proofWindow);
        this.tally = tally;
        this.judgedFrom = tally.from();
        this.onsetDay = new SplittableRandom(home.residentNo()).nextInt(ONSET_DAYS);
        this.cases = new ArrayList<>(home.cases());
    }

    void apply(TelemetryRow row) {
        if (row.data() instanceof Status status && status.state() == Status.State.OFFLINE) {
            return; // written when the device connected: its time proves nothing
        }
        Instant at = row.at().isBefore(row.receivedAt()) ? row.at() : row.receivedAt();
        long second = at.getEpochSecond();
        heedWeather(at);
        List<Signs.Sign> signs = Signs.list(row.data(), at);
        watch(signs.isEmpty() ? second : Math.min(second, signs.getFirst().at().getEpochSecond()));
        now.series().alive(second, second);
        proposed.series().alive(second, second);
        for (Signs.Sign sign : signs) {
            if (!sign.isAtExit()) {
                leavesHospital(sign.at().getEpochSecond());
            }
            seen(sign);
        }
        if (row.data() instanceof PresenceReport report) {
            apply(report, at);
        }
    }

    private void heedWeather(Instant at) {
        Tightening next =
                wishes.tighteningOf(home.home().officeNo(), home.home().neighbourhood(), at);
        if (!next.equals(weather)) {
            weather = next;
            now.setWeather(next);
            proposed.setWeather(next);
        }
    }

    private void apply(PresenceReport report, Instant at) {
        switch (report.state()) {
            case GOING_OUT -> {
                leavesHospital(at.getEpochSecond());
                now.series().goesOut(at);
                proposed.series().goesOut(at);
            }
            case RETURNED -> leavesHospital(at.getEpochSecond());
            case HOSPITAL -> {
                if (inHospitalSince == NEVER) {
                    inHospitalSince = at.getEpochSecond();
                }
            }
        }
    }

    private void leavesHospital(long second) {
        if (inHospitalSince != NEVER) {
            home.unwatched().add(inHospitalSince, second);
            inHospitalSince = NEVER;
        }
    }

    /// What lies between the message before and this moment was watched as long as that message proves it.
    private void watch(long second) {
        if (watchedTo == NEVER) {
            judgedFrom = Math.max(judgedFrom, second + WARM_UP.toSeconds());
            watchedTo = second;
            return;
        }
        long alive = Math.min(second, now.series().aliveUntil().getEpochSecond());
        long from = Math.max(watchedTo, judgedFrom);
        long to = Math.min(alive, tally.to());
        if (home.counts() && inHospitalSince == NEVER && from < to) {
            tally.addWatched(home.unwatched().secondsOutside(from, to));
            for (long onset = (Math.floorDiv(from, ONSET_STEP) + 1) * ONSET_STEP; onset <= to; onset += ONSET_STEP) {
                inject(onset);
            }
        }
        watchedTo = Math.max(watchedTo, second);
    }

    private void inject(long onset) {
        ZoneId zone = home.home().zone();
        var local = Instant.ofEpochSecond(onset).atZone(zone);
        boolean isItsDay = Math.floorMod(local.toLocalDate().toEpochDay(), ONSET_DAYS) == onsetDay;
        if (!isItsDay || home.unwatched().contains(onset) || now.series().lastSeenSecond() == NEVER) {
            return;
        }
        long urgentNow = now.moments(onset).urgent();
        long urgentThen = proposed.moments(onset).urgent();
        if (urgentNow >= onset && urgentThen >= onset) {
            boolean isByDay = local.getHour() >= DAY_BEGINS && local.getHour() < DAY_ENDS;
            tally.now().addDelay(urgentNow - onset, isByDay);
            tally.proposed().addDelay(urgentThen - onset, isByDay);
        }
    }

    private void seen(Signs.Sign sign) {
        long at = sign.at().getEpochSecond();
        long since = now.series().lastSeenSecond();
        Moments byNow = null;
        Moments byProposed = null;
        if (since != NEVER && at > since && isWorthAsking(since, at)) {
            byNow = now.moments(at);
            byProposed = proposed.moments(at);
        }
        boolean _ = now.series().seen(at, sign.room());
        boolean _ = proposed.series().seen(at, sign.room());
        if (byNow != null && byProposed != null && now.series().lastSeenSecond() != since) {
            end(since, at, at, byNow, byProposed);
        }
    }

    private boolean isWorthAsking(long since, long at) {
        return at >= Math.min(now.series().findEarliest(), proposed.series().findEarliest())
                || cases.stream().anyMatch(real -> isWithin(real, since, at));
    }

    private static boolean isWithin(Case real, long since, long until) {
        return real.raisedAt() > since && real.raisedAt() <= until;
    }

    /// The end of all that is replayed: a silence that lasts has raised what it has raised by then.
    void finish() {
        long end = tally.to();
        watch(end);
        leavesHospital(Long.MAX_VALUE);
        long since = now.series().lastSeenSecond();
        if (since != NEVER && since < end) {
            end(since, end, Long.MAX_VALUE, now.moments(end), proposed.moments(end));
        }
        cases.forEach(real -> tally.add(CaseOutcome.notReplayed(real, home.residentId())));
        cases.clear();
    }

    /// @param until when it ended, or the end of what is known of it
    /// @param seenAgain [Long#MAX_VALUE] where it lasts
    private void end(long since, long until, long seenAgain, Moments byNow, Moments byProposed) {
        if (home.counts()) {
            count(tally.now(), byNow, until);
            count(tally.proposed(), byProposed, until);
        }
        cases.removeIf(real -> {
            if (!isWithin(real, since, until)) {
                return false;
            }
            tally.add(CaseOutcome.of(
                    real,
                    home.residentId(),
                    byNow.of(real, home.unwatched()),
                    byProposed.of(real, home.unwatched()),
                    seenAgain));
            return true;
        });
    }

    private void count(Figures figures, Moments moments, long until) {
        if (isRaised(moments.urgent(), until)) {
            figures.addUrgent();
        } else if (isRaised(moments.checkIn(), until)) {
            figures.addCheckIn();
        }
    }

    private boolean isRaised(long due, long until) {
        long moment = home.unwatched().firstOutside(due);
        return moment <= until && moment >= judgedFrom && moment < tally.to();
    }
}
