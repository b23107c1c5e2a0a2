package kr.dolbom.risk;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.runtime.Micronaut;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.TimeZone;
import kr.dolbom.risk.follow.Engine;
import kr.dolbom.risk.follow.EngineStatus;
import kr.dolbom.risk.follow.FollowSettings;
import kr.dolbom.risk.watch.WatchSettings;

/// The program. Its settings come from the environment, see [WatchSettings], [FollowSettings] and
/// `application.properties`.
@Factory
public final class RiskEngine {
    RiskEngine() {}

    /// Starts the engine and its HTTP server, and runs until the process is ended.
    public static void main(String[] arguments) {
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Seoul"));
        Micronaut.run(RiskEngine.class, arguments);
    }

    @Singleton
    EngineStatus status() {
        return new EngineStatus();
    }

    @Context
    @Bean(preDestroy = "close")
    Engine engine(
            DatabaseSettings database,
            WatchSettings watch,
            FollowSettings follow,
            InstantSource clock,
            EngineStatus status) {
        var engine = new Engine(database.toConnection(), watch, follow, clock, status);
        engine.start();
        return engine;
    }
}
