package kr.dolbom.caseworker.alimtalk;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.AlimTalkSettings;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.response.AlertResponse;
import kr.dolbom.caseworker.response.Dispatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the provider reports. The world can reach this path: nothing happens without the provider's
/// signature over the body. Reports may come twice, and two days late.
@Controller("/alimtalk")
@Hidden
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AlimTalkWebhook {
    private static final Logger LOG = LoggerFactory.getLogger(AlimTalkWebhook.class);

    private final AlimTalkSettings settings;
    private final Transactions transactions;
    private final Dispatch dispatch;
    private final AlertResponse response;

    AlimTalkWebhook(AlimTalkSettings settings, Transactions transactions, Dispatch dispatch, AlertResponse response) {
        this.settings = settings;
        this.transactions = transactions;
        this.dispatch = dispatch;
        this.response = response;
    }

    /// A message was delivered, or failed.
    @Post("/status/{attemptId}")
    @Consumes(MediaType.APPLICATION_JSON)
    HttpResponse<?> status(
            UUID attemptId, @Header("X-AlimTalk-Signature") @Nullable String signature, @Body byte[] body) {
        if (!settings.isSetUp() || !isSigned(body, signature)) {
            LOG.warn("Refused a report of AlimTalk with a wrong signature attempt={}", attemptId);
            return HttpResponse.status(HttpStatus.FORBIDDEN);
        }
        Optional<Attempt> attempt = transactions
                .run(connection -> Attempts.find(connection, attemptId))
                .filter(found -> found.channel() == Channel.ALIMTALK);
        if (attempt.isEmpty()) {
            return HttpResponse.status(HttpStatus.NOT_FOUND);
        }
        Optional<AlimTalkStatus> status = AlimTalkStatus.read(body);
        if (status.isEmpty()) {
            LOG.warn("A report of AlimTalk has no known status attempt={}", attemptId);
            return HttpResponse.noContent();
        }
        AlimTalkStatus known = status.get();
        dispatch.report(attemptId, known.state(), known.id(), known.error(), known.report());
        response.advance(attempt.get().alertId());
        return HttpResponse.noContent();
    }

    private boolean isSigned(byte[] body, @Nullable String signature) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(settings.key().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] expected = HexFormat.of().formatHex(mac.doFinal(body)).getBytes(StandardCharsets.US_ASCII);
            return signature != null && MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
