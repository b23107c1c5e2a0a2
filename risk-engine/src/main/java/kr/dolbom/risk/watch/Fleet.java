package kr.dolbom.risk.watch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.resident.Home;
import kr.dolbom.risk.resident.Residents;
import kr.dolbom.risk.resident.Slots;
import kr.dolbom.risk.setting.Wishes;
import kr.dolbom.risk.sight.Sight;
import kr.dolbom.risk.silence.Population;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All residents who were ever heard of, and when to look at each next.
///
/// First [#replay] what is known, then [#resume]; from then on [#apply] new messages and [#review] once they have all
/// come. One thread uses it; after an exception it is thrown away and built anew.
public final class Fleet {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(1);
    private static final int STATE_BYTES = 8192;
    /// More would be gone from the nearest cache when its turn comes.
    private static final int AT_A_GLANCE = 48;

    private final Residents residents;
    private final WatchSettings settings;
    private final Population population = new Population();
    private final Slots slots = new Slots();
    private ResidentWatch[] watches = new ResidentWatch[64];
    private final Moments moments = new Moments();
    private final SlotSet touched = new SlotSet();
    private final SlotQueue changed = new SlotQueue();
    private final List<Outcome> unwritten = new ArrayList<>();
    private final Sight sight;
    private boolean isSightLoaded;
    private final WishBoard wishes;
    /// Of no meaning, but no compiler may leave the reading out.
    @SuppressWarnings("UnusedVariable")
    private int glances;

    /// An empty fleet.
    public Fleet(Residents residents, WatchSettings settings) {
        this.residents = residents;
        this.settings = settings;
        this.sight = new Sight(residents);
        this.wishes = new WishBoard(residents.database());
    }

    /// Learns from a message whose outcomes were written before.
    ///
    /// @param isKnownOfAll whether it had come before [#writeCommon], so that it is news of its resident alone
    public void replay(TelemetryRow row, boolean isKnownOfAll) throws SQLException {
        loadSight();
        sight.replay(row, isKnownOfAll);
        applyToResident(row, unwritten);
        unwritten.clear();
    }

    private void loadSight() throws SQLException {
        if (!isSightLoaded) {
            sight.load();
            isSightLoaded = true;
        }
    }

    /// Takes up the alerts and scores that an earlier engine left.
    public void resume(Connection connection) throws SQLException {
        loadSight();
        sight.resume();
        Standing.read(connection, (residentNo, standing) -> {
            int slot = slots.find(residentNo);
            if (slot != Slots.NONE) {
                watches[slot].resume(standing);
            }
        });
        for (int slot = 0; slot < slots.size(); slot++) {
            touched.add(slot);
        }
    }

    /// Takes up what is known of a resident, before any message of this resident.
    ///
    /// @param state what [#takeChanged] gave
    /// @return whether there is such a resident
    /// @throws IOException where the state cannot be read; the fleet is then as it was
    public boolean restore(int residentNo, byte[] state) throws SQLException, IOException {
        Optional<Home> home = residents.findHome(residentNo);
        if (home.isEmpty()) {
            return false;
        }
        loadSight();
        var watch = new ResidentWatch(residentNo, home.get(), settings, population, sight);
        try {
            watch.read(new DataInputStream(new ByteArrayInputStream(state)));
        } catch (RuntimeException e) {
            throw new IOException("not a state: " + e, e);
        }
        add(watch, residentNo);
        return true;
    }

    /// What is known of all residents together, for [#restoreCommon].
    public byte[] writeCommon() {
        var bytes = new ByteArrayOutputStream(200_000);
        try {
            sight.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /// Takes up what is known of all residents together, before any message.
    ///
    /// @param state what [#writeCommon] gave
    /// @throws IOException where the state cannot be read; the fleet is then as it was
    public void restoreCommon(byte[] state) throws SQLException, IOException {
        loadSight();
        try {
            sight.read(new DataInputStream(new ByteArrayInputStream(state)));
        } catch (RuntimeException e) {
            throw new IOException("not a state: " + e, e);
        }
    }

    /// Takes out who stands first in the line of those of whom more has become known since they were taken out of it
    /// last. Nobody stands in it twice.
    ///
    /// @param states takes what is known
    /// @throws java.util.NoSuchElementException where nobody stands in the line
    public void takeChanged(StateConsumer states) {
        int slot = changed.take();
        if (slot == Slots.NONE) {
            throw new NoSuchElementException("nobody has changed");
        }
        var bytes = new ByteArrayOutputStream(STATE_BYTES);
        try {
            watches[slot].write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        int residentNo = slots.residentNo(slot);
        states.accept(residentNo, bytes.toByteArray(), wishes.take(residentNo));
    }

    /// Takes what is known of residents.
    @FunctionalInterface
    public interface StateConsumer {
        /// Takes what is known of one.
        ///
        /// @param state for [#restore]
        /// @param heeded the wishes that are fulfilled by keeping the state
        void accept(int residentNo, byte[] state, Heeded heeded);
    }

    /// How often anybody was put in that line.
    public long countChanged() {
        return changed.added();
    }

    /// How often anybody was taken out of it.
    public long countTaken() {
        return changed.taken();
    }

    /// Applies messages in order.
    ///
    /// @param outcomes takes what the messages themselves bring about
    public void apply(List<TelemetryRow> rows, List<Outcome> outcomes) throws SQLException {
        for (int i = 0; i < rows.size(); i++) {
            if (i % AT_A_GLANCE == 0) {
                glanceAt(rows.subList(i, Math.min(i + AT_A_GLANCE, rows.size())));
            }
            apply(rows.get(i), outcomes);
        }
    }

    /// Reads a little of what the next messages need. Residents stand far apart in memory, and what is known of
    /// one is found step by step: a processor that is asked for several in turn waits for all of them at once.
    /// Changes nothing.
    private void glanceAt(List<TelemetryRow> rows) {
        for (TelemetryRow row : rows) {
            int slot = slots.find(row.residentNo());
            if (slot != Slots.NONE) {
                glances += watches[slot].glance() + sight.glance(row.residentNo());
            }
        }
    }

    private void apply(TelemetryRow row, List<Outcome> outcomes) throws SQLException {
        sight.heard(row);
        applyToResident(row, outcomes);
    }

    private void applyToResident(TelemetryRow row, List<Outcome> outcomes) throws SQLException {
        int slot = slots.find(row.residentNo());
        if (slot == Slots.NONE) {
            Optional<Home> home = residents.findHome(row.residentNo());
            if (home.isEmpty()) {
                if (!residents.isCanary(row.residentNo())) {
                    LOG.warn(
                            "Passed over a message for nobody residentNo={} deviceNo={} messageId={}",
                            row.residentNo(),
                            row.deviceNo(),
                            row.messageId());
                }
                return;
            }
            slot = add(new ResidentWatch(row.residentNo(), home.get(), settings, population, sight), row.residentNo());
            touched.add(slot);
        }
        changed.add(slot);
        try {
            if (watches[slot].apply(row, outcomes)) {
                touched.add(slot);
            }
        } catch (RuntimeException e) {
            // One message that we cannot deal with must not keep the others from being read.
            LOG.error(
                    "Passed over a message that failed residentNo={} deviceNo={} messageId={}",
                    row.residentNo(),
                    row.deviceNo(),
                    row.messageId(),
                    e);
        }
    }

    private int add(ResidentWatch watch, int residentNo) {
        int slot = slots.add(residentNo);
        if (slot == watches.length) {
            watches = Arrays.copyOf(watches, slot * 2);
        }
        watches[slot] = watch;
        return slot;
    }

    /// Looks at every resident whom a message touched or whose moment has come. Call it only when nothing that is
    /// stored has been left unread.
    ///
    /// @param outcomes takes what came of it, beside what messages brought about
    public void review(Instant now, List<Outcome> outcomes) throws SQLException {
        heedWishes(now);
        for (int residentNo : sight.review(now, outcomes)) {
            int slot = slots.find(residentNo);
            if (slot != Slots.NONE) {
                touched.add(slot);
            }
        }
        if (sight.isUnsure(now)) {
            return;
        }
        long millis = now.toEpochMilli();
        for (int slot = moments.takeDue(millis); slot != Slots.NONE; slot = moments.takeDue(millis)) {
            touched.add(slot);
        }
        for (int i = 0; i < touched.size(); i++) {
            if (i % AT_A_GLANCE == 0) {
                glanceAtTouched(i, Math.min(i + AT_A_GLANCE, touched.size()));
            }
            review(touched.get(i), now, outcomes);
        }
        touched.clear();
    }

    private void glanceAtTouched(int from, int to) {
        for (int i = from; i < to; i++) {
            glances += watches[touched.get(i)].glance();
        }
    }

    /// Heeds what people have set; where it has changed everybody is looked at.
    private void heedWishes(Instant now) throws SQLException {
        if (!wishes.readWhereDue(now)) {
            return;
        }
        Wishes next = wishes.newest();
        for (Wishes.Relearning relearning : next.relearnings()) {
            int slot = slots.find(relearning.residentNo());
            if (slot != Slots.NONE && wishes.heed(relearning)) {
                watches[slot].relearn(now);
                changed.add(slot);
                touched.add(slot);
            }
        }
        for (Wishes.FalseAlarm alarm : next.falseAlarms()) {
            int slot = slots.find(alarm.residentNo());
            if (slot != Slots.NONE && wishes.heed(alarm)) {
                watches[slot].falseAlarm(alarm.family(), alarm.tier());
                changed.add(slot);
            }
        }
        if (wishes.isNew()) {
            for (int slot = 0; slot < slots.size(); slot++) {
                touched.add(slot);
            }
        }
    }

    private void review(int slot, Instant now, List<Outcome> outcomes) throws SQLException {
        int before = outcomes.size();
        try {
            Optional<Instant> next = watches[slot].review(now, residents::getDevices, wishes.current(), outcomes);
            if (outcomes.size() > before) {
                changed.add(slot);
            }
            if (next.isPresent()) {
                moments.set(slot, millisFrom(next.get()));
            } else {
                moments.clear(slot);
            }
        } catch (RuntimeException e) {
            // One resident whom we cannot judge must not keep the others from being watched.
            LOG.error("Could not judge a resident, looking again in a minute residentNo={}", slots.residentNo(slot), e);
            moments.set(slot, millisFrom(now.plus(AFTER_A_FAILURE)));
        }
    }

    /// The first full millisecond that is not before.
    private static long millisFrom(Instant moment) {
        long millis = moment.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(moment) ? millis + 1 : millis;
    }

    /// When [#review] has something to do next without a new message.
    public Optional<Instant> findNextMoment() {
        long first = moments.first();
        return first == Moments.NONE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(first));
    }

    /// How many residents are watched.
    public int size() {
        return slots.size();
    }
}
