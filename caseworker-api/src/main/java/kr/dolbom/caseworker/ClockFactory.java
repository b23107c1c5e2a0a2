package kr.dolbom.caseworker;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;

/// The clock that everything here reads.
@Factory
final class ClockFactory {
    /// Where the offices are.
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    @Singleton
    Clock clock() {
        return Clock.system(SEOUL);
    }
}
