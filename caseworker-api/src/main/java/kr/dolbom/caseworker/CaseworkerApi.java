package kr.dolbom.caseworker;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import kr.dolbom.caseworker.keys.KeyCheck;
import kr.dolbom.caseworker.secrecy.KeysetException;
import kr.dolbom.caseworker.timer.ClockAtStart;
import kr.dolbom.caseworker.timer.ForwardClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program: registry, response to alerts, REST and pages.
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Dolbom",
                        version = "1",
                        description = "Registry and alerts. Every error is application/problem+json (RFC 9457)."),
        security = @SecurityRequirement(name = "bearer"))
@SecurityScheme(
        name = "bearer",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "A token of POST /api/v1/tokens. What each path needs stands in its x-required-scope.")
public final class CaseworkerApi {
    private static final Logger LOG = LoggerFactory.getLogger(CaseworkerApi.class);

    /// Where the offices are.
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private CaseworkerApi() {}

    /// Starts the program; settings come from the environment. Exits with 1 and the reason when it cannot start.
    public static void main(String[] arguments) throws InterruptedException {
        try {
            EmbeddedServer server = start(Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            LOG.info("Serving url={}", server.getURL());
        } catch (RuntimeException e) {
            if (rootOf(e) instanceof KeysetException keys) {
                KeylessHealth.tell(keys);
            }
            LOG.error("The program cannot start reason=\"{}\"", rootOf(e).getMessage(), e);
            System.exit(1);
        }
        Thread.currentThread().join();
    }

    /// Starts the program in this process and waits until it serves. Stopping the server stops all of it.
    ///
    /// @param properties settings that go before the environment's, such as `dolbom.api.port`
    /// @throws RuntimeException when it cannot start; the innermost cause names the reason
    public static EmbeddedServer start(Map<String, Object> properties) {
        return start(properties, Clock.system(SEOUL));
    }

    /// The same by another clock, which every part of the program reads.
    ///
    /// @param clock the time; its zone is where the pages are read
    public static EmbeddedServer start(Map<String, Object> properties, Clock clock) {
        ApplicationContext context = ApplicationContext.builder()
                .singletons(new ForwardClock(clock))
                .mainClass(CaseworkerApi.class)
                .packages("kr.dolbom.caseworker")
                .deduceEnvironment(false)
                .banner(false)
                .properties(properties)
                .start();
        try {
            context.getBean(KeyCheck.class).check();
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
        context.getBean(ClockAtStart.class).set();
        return context.getBean(EmbeddedServer.class).start();
    }

    private static Throwable rootOf(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = Objects.requireNonNull(cause.getCause());
        }
        return cause;
    }
}
