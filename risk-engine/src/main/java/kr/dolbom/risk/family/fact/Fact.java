package kr.dolbom.risk.family.fact;

import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.Voice;
import org.jspecify.annotations.Nullable;

/// Something that happened in one home. Times are seconds since 1970 (UTC).
public sealed interface Fact {
    /// When it happened; of a span, when it began.
    long at();

    /// The resident was noticed.
    ///
    /// @param room null: not known
    /// @param count how often within the message's window, from 1
    record Seen(long at, @Nullable Room room, int count) implements Fact {}

    /// Speech was recognised.
    record Talked(long at, Voice voice) implements Fact {}

    /// A device told what became of a dose.
    record Dose(long at, Medication.Slot slot, Medication.Outcome outcome) implements Fact {}

    /// A device told how it is.
    ///
    /// @param deviceNo which of the home's devices
    /// @param clockAheadSeconds by how much its time lay after the time of receipt; 0 where it did not
    record DeviceReport(long at, int deviceNo, Status status, long clockAheadSeconds) implements Fact {}

    /// The resident said, or the device noticed, that he or she goes out.
    ///
    /// @param expectedBack when the resident means to return; 0: not said
    record WentOut(long at, long expectedBack) implements Fact {}

    /// The resident said, or the device noticed, that he or she is back.
    record Returned(long at) implements Fact {}

    /// The resident is in hospital, until a sign at home or [Returned].
    record Hospital(long at) implements Fact {}

    /// From `at` to `to` nothing could be seen: the device, the network or the platform was at fault, or the resident
    /// was known to be away for days. It counts neither as rest nor as experience. Tell it before anything that
    /// happened after it, and before judging: a home whose device is silent now is blind up to now.
    record Blind(long at, long to) implements Fact {}

    /// All that was usual is so no more (a move, a return from hospital): every baseline begins anew.
    record Relearn(long at) implements Fact {}
}
