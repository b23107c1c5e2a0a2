package kr.dolbom.risk.watch;

import java.time.Duration;
import kr.dolbom.risk.family.weather.Tightening;
import kr.dolbom.risk.fusion.Mode;
import kr.dolbom.risk.setting.RiskSettings;
import kr.dolbom.risk.silence.Limits;
import org.jspecify.annotations.Nullable;

/// What holds for a resident at a look, whatever was heard.
///
/// @param settings bounds and margins, as people have set them
/// @param entered the mode that somebody has entered and that holds now; null: none
/// @param weather in the resident's district
record Circumstances(RiskSettings settings, kr.dolbom.risk.setting.@Nullable Mode entered, Tightening weather) {
    /// The bounds of silence: those that are set, with the caps that the weather leaves of them.
    Limits limits(Duration proofWindow) {
        Duration floor = settings.floor();
        Duration cap = tightened(settings.cap(), floor);
        return new Limits(
                floor,
                cap,
                tightened(settings.capOut(), cap),
                floor.compareTo(Limits.MEASURED.checkInFloor()) < 0 ? floor : Limits.MEASURED.checkInFloor(),
                settings.margin(),
                proofWindow);
    }

    private Duration tightened(Duration cap, Duration atLeast) {
        if (weather.capFactor() == 1) {
            return cap.compareTo(atLeast) < 0 ? atLeast : cap;
        }
        Duration less = Duration.ofSeconds(Math.round(cap.toSeconds() * weather.capFactor()));
        return less.compareTo(atLeast) < 0 ? atLeast : less;
    }

    /// The mode to judge by.
    Mode mode(Whereabouts whereabouts) {
        if (whereabouts == Whereabouts.HOSPITAL) {
            return Mode.HOSPITAL;
        }
        if (entered == null) {
            return Mode.HOME;
        }
        return switch (entered.kind()) {
            case AWAY -> Mode.AWAY;
            case HOSPITAL -> Mode.HOSPITAL;
        };
    }
}
