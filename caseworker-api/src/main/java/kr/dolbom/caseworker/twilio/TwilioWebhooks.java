package kr.dolbom.caseworker.twilio;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.checkin.CheckInCalls;
import kr.dolbom.caseworker.checkin.CheckInQuestion;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.readiness.TestRings;
import kr.dolbom.caseworker.response.Dispatch;
import kr.dolbom.caseworker.supervisor.SupervisorTexts;
import kr.dolbom.caseworker.task.TaskTelling;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What Twilio asks and reports. The world can reach these paths: nothing happens without Twilio's signature over the
/// public address and the form. Reports may come twice, late and in any order.
@Controller("/twilio")
@Hidden
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class TwilioWebhooks {
    private static final Logger LOG = LoggerFactory.getLogger(TwilioWebhooks.class);

    private final Signatures signatures;
    private final PublicAddress address;
    private final Transactions transactions;
    private final Conversation conversation;
    private final Dispatch dispatch;
    private final TestRings rings;
    private final SupervisorTexts supervisorTexts;
    private final CheckInCalls checkInCalls;
    private final CheckInTalk checkInTalk;
    private final TaskTelling taskTelling;
    private final PhoneCallTalk phoneCalls;

    TwilioWebhooks(
            Signatures signatures,
            PublicAddress address,
            Transactions transactions,
            Conversation conversation,
            Dispatch dispatch,
            TestRings rings,
            SupervisorTexts supervisorTexts,
            CheckInCalls checkInCalls,
            CheckInTalk checkInTalk,
            TaskTelling taskTelling,
            PhoneCallTalk phoneCalls) {
        this.signatures = signatures;
        this.address = address;
        this.transactions = transactions;
        this.conversation = conversation;
        this.dispatch = dispatch;
        this.rings = rings;
        this.supervisorTexts = supervisorTexts;
        this.checkInCalls = checkInCalls;
        this.checkInTalk = checkInTalk;
        this.taskTelling = taskTelling;
        this.phoneCalls = phoneCalls;
    }

    /// Somebody answered: what to say.
    @Post("/voice/{attemptId}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> voice(HttpRequest<?> request, String attemptId, @Body Map<String, String> form) {
        return handle(request, attemptId, form, attempt -> twiml(conversation.begin(attempt)));
    }

    /// Somebody pressed a key.
    @Post("/key/{attemptId}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> key(HttpRequest<?> request, String attemptId, @Body Map<String, String> form) {
        return handle(
                request, attemptId, form, attempt -> twiml(conversation.key(attempt, form.getOrDefault("Digits", ""))));
    }

    /// A call or a text came further.
    @Post("/status/{attemptId}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> status(HttpRequest<?> request, String attemptId, @Body Map<String, String> form) {
        return handle(request, attemptId, form, attempt -> {
            Optional<TwilioStatus> status = TwilioStatus.read(form);
            if (status.isEmpty()) {
                LOG.warn("A status callback has no known status attempt={}", attempt.attemptId());
                return HttpResponse.noContent();
            }
            TwilioStatus known = status.get();
            dispatch.report(attempt.attemptId(), known.state(), known.sid(), known.error(), known.report());
            return HttpResponse.noContent();
        });
    }

    private HttpResponse<?> handle(
            HttpRequest<?> request,
            String attemptId,
            Map<String, String> form,
            Function<Attempt, HttpResponse<?>> answer) {
        String url = address.of(request.getUri().toString()).toString();
        String signature = request.getHeaders().get("X-Twilio-Signature");
        if (!signatures.accept(url, form, signature)) {
            LOG.warn(
                    "Refused a webhook with a wrong signature path={} refused={}",
                    request.getPath(),
                    signatures.refused());
            return HttpResponse.status(HttpStatus.FORBIDDEN);
        }
        Optional<Attempt> attempt =
                findId(attemptId).flatMap(id -> transactions.run(connection -> Attempts.find(connection, id)));
        return attempt.<HttpResponse<?>>map(answer)
                .or(() -> findId(attemptId).flatMap(id -> testRing(id, request.getPath(), form)))
                .or(() -> findId(attemptId).flatMap(id -> supervisorText(id, form)))
                .or(() -> findId(attemptId).flatMap(id -> plannedCall(id, request, form)))
                .or(() -> findId(attemptId).flatMap(id -> phoneCall(id, request, form)))
                .or(() -> findId(attemptId).flatMap(id -> taskText(id, form)))
                .orElseGet(() -> HttpResponse.status(HttpStatus.NOT_FOUND));
    }

    /// A test ring has one sentence and no keys.
    private Optional<HttpResponse<?>> testRing(UUID ringId, String path, Map<String, String> form) {
        return transactions
                .run(connection -> TestRings.find(connection, ringId))
                .map(ring -> {
                    if (path.startsWith("/twilio/voice/")) {
                        return twiml(new CallScript(ring.language()).goodbye("call.test-ring", ring.office()));
                    }
                    TwilioStatus.read(form)
                            .ifPresent(status -> rings.report(ringId, status.state(), status.sid(), status.error()));
                    return HttpResponse.noContent();
                });
    }

    private Optional<HttpResponse<?>> supervisorText(UUID textId, Map<String, String> form) {
        return TwilioStatus.read(form)
                .filter(status -> supervisorTexts.report(textId, status.state(), status.sid(), status.error()))
                .map(_ -> HttpResponse.noContent());
    }

    /// A planned conversation.
    private Optional<HttpResponse<?>> plannedCall(UUID callId, HttpRequest<?> request, Map<String, String> form) {
        if (!checkInCalls.isCall(callId)) {
            return Optional.empty();
        }
        if (request.getPath().startsWith("/twilio/voice/")) {
            return Optional.of(twiml(checkInTalk.begin(callId)));
        }
        if (request.getPath().startsWith("/twilio/key/")) {
            boolean isAgain = request.getParameters().contains("again")
                    && request.getParameters().get("again", Boolean.class, false);
            return request.getParameters()
                    .getFirst("question")
                    .flatMap(CheckInQuestion::find)
                    .map(question -> twiml(checkInTalk.answer(callId, question, isAgain, form)));
        }
        TwilioStatus.read(form)
                .ifPresent(status -> checkInCalls.report(callId, status.state(), status.sid(), status.error()));
        return Optional.of(HttpResponse.noContent());
    }

    /// A call that somebody makes from the console.
    private Optional<HttpResponse<?>> phoneCall(UUID legId, HttpRequest<?> request, Map<String, String> form) {
        if (request.getPath().startsWith("/twilio/voice/")) {
            return phoneCalls.begin(legId).map(TwilioWebhooks::twiml);
        }
        if (request.getPath().startsWith("/twilio/key/")) {
            return phoneCalls.goOn(legId, request, form).map(TwilioWebhooks::twiml);
        }
        return phoneCalls.report(legId, form) ? Optional.of(HttpResponse.noContent()) : Optional.empty();
    }

    /// A text that tells of tasks.
    private Optional<HttpResponse<?>> taskText(UUID textId, Map<String, String> form) {
        return TwilioStatus.read(form)
                .filter(status -> taskTelling.report(textId, status.state(), status.sid(), status.error()))
                .map(status -> HttpResponse.noContent());
    }

    private static Optional<UUID> findId(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static HttpResponse<String> twiml(String xml) {
        return HttpResponse.ok(xml).contentType(MediaType.of("text/xml;charset=utf-8"));
    }
}
