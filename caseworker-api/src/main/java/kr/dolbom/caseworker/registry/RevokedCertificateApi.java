package kr.dolbom.caseworker.registry;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;

/// Certificates that no device may come by any more, whoever issued them. That is for good.
@Controller("/api/v1/revoked-certificates")
@Tag(name = "registry")
@Secured(Role.OPERATOR)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class RevokedCertificateApi {
    private final Transactions transactions;

    RevokedCertificateApi(Transactions transactions) {
        this.transactions = transactions;
    }

    /// A certificate to revoke.
    ///
    /// @param fingerprint SHA-256 in hexadecimal digits, with or without colons
    /// @param note why
    @Introspected
    public record NewRevocation(
            @NotNull(message = Fingerprint.EXPECTED) @Pattern(regexp = Fingerprint.FORM, message = Fingerprint.EXPECTED) String fingerprint,

            @NotBlank(message = "a reason of 1 to 200 characters") @Size(max = 200, message = "a reason of 1 to 200 characters") String note) {}

    /// A revoked certificate.
    ///
    /// @param fingerprint SHA-256 in 64 lower-case hexadecimal digits
    /// @param revokedAt since when
    /// @param note why
    @Introspected
    public record RevokedCertificate(String fingerprint, Instant revokedAt, String note) {}

    /// Revokes a certificate; a device that is connected by it is disconnected within five seconds.
    @Post
    HttpResponse<RevokedCertificate> revoke(
            @Body @Valid NewRevocation wanted, @Parameter(hidden = true) Viewer viewer) {
        byte[] fingerprint = Fingerprint.bytes(wanted.fingerprint());
        String text = Fingerprint.text(fingerprint);
        RevokedCertificate revoked = transactions.run(connection -> {
            int added = Sql.on(connection, """
                            insert into revoked_certificate (fingerprint, note) values (:fingerprint, :note)
                            on conflict (fingerprint) do nothing""")
                    .with("fingerprint", fingerprint)
                    .with("note", wanted.note())
                    .update();
            if (added > 0) {
                AuditLog.write(connection, viewer.actor(), "certificate-revoked", null, Map.of("fingerprint", text));
                Devices.changed(connection, "");
            }
            return list(connection).stream()
                    .filter(one -> one.fingerprint().equals(text))
                    .findFirst()
                    .orElseThrow();
        });
        return HttpResponse.created(revoked);
    }

    /// All revoked certificates, the first revoked first.
    @Get
    List<RevokedCertificate> list() {
        return transactions.run(RevokedCertificateApi::list);
    }

    private static List<RevokedCertificate> list(Connection connection) {
        return Sql.on(connection, """
                        select encode(fingerprint, 'hex') as fingerprint, revoked_at, note
                          from revoked_certificate order by revoked_at, fingerprint""")
                .list(row ->
                        new RevokedCertificate(row.text("fingerprint"), row.instant("revoked_at"), row.text("note")));
    }
}
