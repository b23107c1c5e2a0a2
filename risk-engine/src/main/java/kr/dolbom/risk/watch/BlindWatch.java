package kr.dolbom.risk.watch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import kr.dolbom.risk.alert.Visibility;
import kr.dolbom.risk.feed.TelemetryRow;
import org.jspecify.annotations.Nullable;

/// When one resident could not be seen although the home was heard: messages were lost, its sensors are
/// broken, or he or she is known to be elsewhere. Such time is neither silence nor experience; but for
/// the last it is a monitoring gap.
final class BlindWatch implements Holes.Times {
    private final SilenceWatch silence;
    private final Judgement judgement;
    private final DeviceWatch device;
    private final Holes holes = new Holes();
    private @Nullable Instant unseeableSince;
    private @Nullable Instant hospitalSince;
    private @Nullable Instant awaySince;

    BlindWatch(SilenceWatch silence, Judgement judgement, DeviceWatch device) {
        this.silence = silence;
        this.judgement = judgement;
        this.device = device;
    }

    /// A message came; tell it before what the message says.
    ///
    /// @param at when it was observed
    void heard(TelemetryRow row, Instant at) {
        tellWhatLasts(at);
        holes.count(row, at, this);
    }

    /// What the message says has been taken in.
    ///
    /// @return whether the home's sensors broke with it, or work again
    boolean observed(Whereabouts whereabouts, Instant at) {
        Instant before = unseeableSince;
        unseeableSince = judgement.findUnseeableSince(at);
        hospitalSince = whereabouts.place() == Whereabouts.Place.HOSPITAL ? whereabouts.since() : null;
        if (before != null && unseeableSince == null) {
            device.prove(at, at);
            device.addGap(before, at);
        }
        return (before != null) != isUnseeable();
    }

    /// How it stands now.
    ///
    /// @param entered since when somebody has set that the resident is elsewhere; null: nobody has
    void look(@Nullable Instant entered, Instant now) {
        tellWhatLasts(now);
        awaySince = entered;
        unseeableSince = judgement.findUnseeableSince(now);
        tellWhatLasts(now);
        if (unseeableSince != null) {
            device.blind(unseeableSince, Visibility.DEVICE_SILENT, now);
        }
    }

    private void tellWhatLasts(Instant until) {
        tell(unseeableSince, until);
        tell(hospitalSince, until);
        tell(awaySince, until);
    }

    /// Whether the home's sensors are broken.
    boolean isUnseeable() {
        return unseeableSince != null;
    }

    @Override
    public void missed(Instant from, Instant to) {
        tell(from, to);
        device.addGap(from, to);
    }

    @Override
    public void complete(Instant from, Instant to) {
        silence.notBlind(from, to);
        device.takeGapBack(from, to);
    }

    private void tell(@Nullable Instant from, Instant to) {
        if (from != null) {
            silence.blind(from, to);
            judgement.blind(from, to);
        }
    }

    int glance() {
        return holes.glance();
    }

    void write(DataOutput out) throws IOException {
        holes.write(out);
        SavedMoment.write(unseeableSince, out);
        SavedMoment.write(hospitalSince, out);
        SavedMoment.write(awaySince, out);
    }

    void read(DataInput in) throws IOException {
        holes.read(in);
        unseeableSince = SavedMoment.find(in);
        hospitalSince = SavedMoment.find(in);
        awaySince = SavedMoment.find(in);
    }
}
