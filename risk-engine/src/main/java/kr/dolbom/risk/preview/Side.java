package kr.dolbom.risk.preview;

import java.time.Duration;
import java.time.Instant;
import kr.dolbom.risk.family.weather.Tightening;
import kr.dolbom.risk.setting.RiskSettings;
import kr.dolbom.risk.silence.Limits;
import kr.dolbom.risk.silence.Population;
import kr.dolbom.risk.silence.Silence;
import kr.dolbom.risk.silence.SilenceSeries;
import kr.dolbom.risk.watch.Circumstances;

/// One home under one of the two settings.
final class Side {
    private final RiskSettings settings;
    private final Duration proofWindow;
    private final SilenceSeries series;

    Side(PreviewHome home, Population population, RiskSettings settings, Duration proofWindow) {
        this.settings = settings;
        this.proofWindow = proofWindow;
        this.series = new SilenceSeries(home.home().zone(), population, limits(Tightening.NONE));
    }

    private Limits limits(Tightening weather) {
        return Circumstances.limits(settings, weather, proofWindow);
    }

    void setWeather(Tightening weather) {
        series.setLimits(limits(weather));
    }

    SilenceSeries series() {
        return series;
    }

    /// How the silence stands; there must have been a sign before.
    Moments moments(long now) {
        Silence silence = series.find(Instant.ofEpochSecond(now)).orElseThrow();
        return new Moments(
                silence.checkInAt().getEpochSecond(), silence.deadline().getEpochSecond());
    }

    /// When a silence is worth an alert, if it goes on.
    ///
    /// @param checkIn the robot asks
    /// @param urgent people are called
    record Moments(long checkIn, long urgent) {
        /// The one that counts for a case.
        long of(Case real, Unwatched unwatched) {
            return unwatched.firstOutside(real.isUrgent() ? urgent : checkIn);
        }
    }
}
