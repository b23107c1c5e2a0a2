package kr.dolbom.caseworker.phone;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;

/// The numbers that cannot be used.
@Controller("/api/v1/phone-troubles")
@Tag(name = "phones")
@Secured(Role.OPERATOR)
@ExecuteOn(TaskExecutors.BLOCKING)
public class PhoneTroubleApi {
    private final Transactions transactions;
    private final Clock clock;

    PhoneTroubleApi(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A number that cannot be used by one channel.
    ///
    /// @param troubleId the public id
    /// @param phone E.164
    /// @param channel `sms`, `voice` or `alimtalk`
    /// @param code the provider's
    /// @param reason what it means
    /// @param since when the provider said so first, in UTC
    /// @param seenAt when it said so last, in UTC
    @Introspected
    public record TroubledPhone(
            UUID troubleId,
            String phone,
            String channel,
            String code,
            String reason,
            OffsetDateTime since,
            OffsetDateTime seenAt) {}

    /// All of them, latest first.
    @Get
    List<TroubledPhone> list(@Parameter(hidden = true) Viewer viewer) {
        return transactions
                .run(connection -> {
                    AuditLog.write(connection, viewer.actor(), "phone-troubles-listed", (Integer) null);
                    return PhoneTroubles.list(connection);
                })
                .stream()
                .map(trouble -> new TroubledPhone(
                        trouble.troubleId(),
                        trouble.phone(),
                        trouble.channel().word(),
                        trouble.code(),
                        trouble.reason(),
                        trouble.since().atOffset(ZoneOffset.UTC),
                        trouble.seenAt().atOffset(ZoneOffset.UTC)))
                .toList();
    }

    /// Has a number tried again.
    @Delete("/{troubleId}")
    @Status(HttpStatus.NO_CONTENT)
    void clear(UUID troubleId, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(connection -> {
            PhoneTrouble trouble = PhoneTroubles.find(connection, troubleId)
                    .orElseThrow(() -> Problem.notFound("phone trouble", troubleId));
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "phone-trouble-cleared",
                    null,
                    Map.of(
                            "trouble",
                            troubleId.toString(),
                            "channel",
                            trouble.channel().word(),
                            "code",
                            trouble.code()));
            return PhoneTroubles.clear(connection, trouble.phone(), trouble.channel(), clock.instant());
        });
    }
}
