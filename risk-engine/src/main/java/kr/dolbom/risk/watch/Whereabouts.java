package kr.dolbom.risk.watch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import kr.dolbom.contract.telemetry.PresenceReport;

/// Where a resident is, by the latest word or sign.
final class Whereabouts {
    private Place place = Place.HOME;
    private long at; // milliseconds since the epoch

    /// Where one can be.
    enum Place {
        HOME,
        OUT,
        HOSPITAL
    }

    /// The resident or the device said so.
    void report(PresenceReport.State state, Instant said) {
        report(
                switch (state) {
                    case GOING_OUT -> Place.OUT;
                    case RETURNED -> Place.HOME;
                    case HOSPITAL -> Place.HOSPITAL;
                },
                said);
    }

    /// The resident was seen in the home.
    void seenAtHome(Instant seen) {
        report(Place.HOME, seen);
    }

    private void report(Place next, Instant since) {
        long millis = since.toEpochMilli();
        if (millis >= at) {
            place = next;
            at = millis;
        }
    }

    Place place() {
        return place;
    }

    /// Since when that is known.
    Instant since() {
        return Instant.ofEpochMilli(at);
    }

    int glance() {
        return (int) at;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(place.name());
        out.writeLong(at);
    }

    void read(DataInput in) throws IOException {
        place = Place.valueOf(in.readUTF());
        at = in.readLong();
    }
}
