package kr.dolbom.caseworker.twilio;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.escalation.LinkSigner;
import kr.dolbom.caseworker.escalation.LinkToken;
import kr.dolbom.caseworker.escalation.SilentAttempts;
import kr.dolbom.caseworker.response.Dispatch;
import kr.dolbom.caseworker.timer.Chore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks Twilio what became of attempts that stayed silent, and notes the answer as if a webhook had brought it.
@Singleton
final class Reconciliation implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration BACK_OFF = Duration.ofMinutes(1);
    private static final int AT_ONCE = 20;
    private static final int IN_A_ROW = 10;

    /// How far apart our clock and Twilio's may be, and how long a request may take.
    private static final Duration BEFORE = Duration.ofSeconds(5);

    private static final Duration AFTER = Duration.ofSeconds(30);

    /// Before anything goes out a second time: however far the clocks may be apart.
    private static final Duration LONG_BEFORE = Duration.ofHours(1);

    private final Transactions transactions;
    private final TwilioInquiry inquiry;
    private final TwilioSettings settings;
    private final LinkSigner links;
    private final Dispatch dispatch;
    private final Clock clock;
    // The scheduler gives this chore one thread at a time, not always the same.
    private volatile Instant notBefore = Instant.MIN;

    Reconciliation(
            Transactions transactions,
            TwilioInquiry inquiry,
            TwilioSettings settings,
            LinkSigner links,
            Dispatch dispatch,
            Clock clock) {
        this.transactions = transactions;
        this.inquiry = inquiry;
        this.settings = settings;
        this.links = links;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "twilio-reconciliation";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        boolean goesOn = !now.isBefore(notBefore);
        // After a crash in a storm there are many, and phones stay silent for them.
        for (int times = 0; goesOn && times < IN_A_ROW; times++) {
            List<Attempt> silent = transactions.run(
                    connection -> SilentAttempts.take(connection, settings.ringTimeout(), AT_ONCE, now));
            goesOn = ask(silent, now) && silent.size() == AT_ONCE;
        }
    }

    /// @return false when Twilio wants no more questions for the moment
    private boolean ask(List<Attempt> silent, Instant now) {
        for (Attempt attempt : silent) {
            try {
                ask(attempt);
            } catch (ApiException e) {
                LOG.warn("Twilio does not tell of an attempt attempt={} code={}", attempt.attemptId(), e.getCode());
                if (TwilioRequest.isToBeRepeated(e)) {
                    notBefore = now.plus(BACK_OFF);
                    return false;
                }
            } catch (TwilioException e) {
                LOG.warn("Twilio does not answer; it is asked again later reason=\"{}\"", e.getMessage());
                return false;
            }
        }
        return true;
    }

    private void ask(Attempt attempt) {
        String sid = attempt.sid();
        Optional<TwilioStatus> found = sid == null ? search(attempt) : inquiry.fetch(attempt.channel(), sid);
        if (found.isEmpty()) {
            return;
        }
        TwilioStatus status = found.get();
        if (sid != null && !attempt.state().isOvertakenBy(status.state())) {
            // It still waits or rings. Perhaps it was to be taken back, and the request for that was lost.
            dispatch.cancelCalls(attempt.alertId());
            return;
        }
        LOG.info("Twilio tells of a silent attempt attempt={} state={}", attempt.attemptId(), status.state());
        dispatch.report(attempt.attemptId(), status.state(), status.sid(), status.error(), status.report());
    }

    /// The call or text that this attempt has become: a text by the link in it, whenever that was by Twilio's
    /// clock; a call, or a text whose words Twilio does not show, when it is the only one to this number at that
    /// time that belongs to nothing else. Empty when there is none, or more than one could be it.
    private Optional<TwilioStatus> search(Attempt attempt) {
        Instant placedAt = Objects.requireNonNullElse(attempt.placedAt(), attempt.startedAt());
        List<TwilioInquiry.Sent> found = inquiry.list(attempt.channel(), attempt.destination());
        for (TwilioInquiry.Sent sent : found) {
            Optional<LinkToken> link = link(sent.body());
            if (link.isPresent() && isOf(attempt, link.get())) {
                return Optional.of(sent.status());
            }
        }
        Set<String> known = transactions.run(connection -> SilentAttempts.known(
                connection, found.stream().map(sent -> sent.status().sid()).toList()));
        List<TwilioInquiry.Sent> nameless = found.stream()
                .filter(sent -> sent.body().isEmpty())
                .filter(sent -> !known.contains(sent.status().sid()))
                .filter(sent -> sent.createdAt().isAfter(placedAt.minus(LONG_BEFORE)))
                .toList();
        boolean isWhole = found.size() < TwilioInquiry.LATEST
                || found.stream().anyMatch(sent -> sent.createdAt().isBefore(placedAt.minus(LONG_BEFORE)));
        // Of a call that failed the next people were called at once.
        boolean isMissed = attempt.state() == AttemptState.STARTING || attempt.channel() == Channel.SMS;
        if (nameless.isEmpty() && isWhole && isMissed) {
            sendNow(attempt);
        }
        List<TwilioStatus> thatTime = nameless.stream()
                .filter(sent -> !sent.createdAt().isBefore(placedAt.minus(BEFORE))
                        && !sent.createdAt().isAfter(placedAt.plus(AFTER)))
                .map(TwilioInquiry.Sent::status)
                .toList();
        return thatTime.size() == 1 && transactions.run(connection -> SilentAttempts.isAlone(connection, attempt))
                ? Optional.of(thatTime.getFirst())
                : Optional.empty();
    }

    /// The one-time link at the end of a text; empty where there is none of ours.
    private Optional<LinkToken> link(String body) {
        return links.verify(body.substring(body.lastIndexOf('/') + 1));
    }

    private boolean isOf(Attempt attempt, LinkToken link) {
        return transactions.run(connection -> SilentAttempts.isOf(connection, attempt, link));
    }

    /// Twilio has no such text or call: whoever was about to ask for it was killed, or Twilio failed.
    private void sendNow(Attempt attempt) {
        if (transactions.run(connection -> SilentAttempts.putBack(connection, attempt, clock.instant()))) {
            LOG.info(
                    "It was never asked for, and is now attempt={} channel={}",
                    attempt.attemptId(),
                    attempt.channel().word());
            dispatch.send();
        }
    }
}
