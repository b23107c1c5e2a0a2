package kr.dolbom.risk.watch;

import java.time.Duration;
import java.time.Instant;
import kr.dolbom.risk.family.weather.Tightening;
import kr.dolbom.risk.fusion.Mode;
import kr.dolbom.risk.setting.QuietHours;
import kr.dolbom.risk.setting.RiskSettings;
import kr.dolbom.risk.silence.Limits;
import org.jspecify.annotations.Nullable;

/// What holds for a resident at a look, whatever was heard.
///
/// @param settings bounds and margins, as people have set them
/// @param entered the mode that somebody has entered and that holds now; null: none
/// @param weather in the resident's district
/// @param quiet when the robot asks nothing
public record Circumstances(
        RiskSettings settings, kr.dolbom.risk.setting.@Nullable Mode entered, Tightening weather, QuietHours quiet) {
    /// The bounds of silence: those that are set, with the caps that the weather leaves of them.
    Limits limits(Duration proofWindow) {
        return limits(settings, weather, proofWindow);
    }

    /// The bounds of silence that settings and weather make.
    public static Limits limits(RiskSettings settings, Tightening weather, Duration proofWindow) {
        Duration floor = settings.floor();
        Duration cap = tightened(settings.cap(), weather, floor);
        return new Limits(
                floor,
                cap,
                tightened(settings.capOut(), weather, cap),
                floor.compareTo(Limits.MEASURED.checkInFloor()) < 0 ? floor : Limits.MEASURED.checkInFloor(),
                settings.margin(),
                proofWindow);
    }

    private static Duration tightened(Duration cap, Tightening weather, Duration atLeast) {
        if (weather.capFactor() == 1) {
            return cap.compareTo(atLeast) < 0 ? atLeast : cap;
        }
        Duration less = Duration.ofSeconds(Math.round(cap.toSeconds() * weather.capFactor()));
        return less.compareTo(atLeast) < 0 ? atLeast : less;
    }

    /// Since when somebody has set that the resident is elsewhere; null: nobody has.
    @Nullable Instant elsewhereSince() {
        return entered == null ? null : entered.from();
    }

    /// The mode to judge by.
    Mode mode(Whereabouts whereabouts) {
        if (whereabouts.place() == Whereabouts.Place.HOSPITAL) {
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
