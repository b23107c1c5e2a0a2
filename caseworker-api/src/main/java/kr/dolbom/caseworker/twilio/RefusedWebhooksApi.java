package kr.dolbom.caseworker.twilio;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;
import kr.dolbom.caseworker.account.Role;

/// How many webhooks were not Twilio's.
@Controller("/api/v1/twilio/refused-webhooks")
@Tag(name = "twilio")
@Secured(Role.OPERATOR)
public class RefusedWebhooksApi {
    private final Signatures signatures;

    RefusedWebhooksApi(Signatures signatures) {
        this.signatures = signatures;
    }

    /// A count.
    ///
    /// @param refused webhooks with a wrong signature, or none, since this instance of the program began
    @Introspected
    public record Count(long refused) {}

    /// Counts them.
    @Get
    Count count() {
        return new Count(signatures.refused());
    }
}
