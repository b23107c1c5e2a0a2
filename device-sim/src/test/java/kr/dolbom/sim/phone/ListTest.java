package kr.dolbom.sim.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Asking Twilio what became of texts and calls, hour by hour on a clock that the test sets.
class ListTest extends SimulatorTest {
    private static final ZonedDateTime NOON = ZonedDateTime.of(2026, 3, 1, 12, 0, 0, 0, ZoneOffset.UTC);

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON.toInstant());

    @Override
    PhoneSimulatorSettings settings() {
        InstantSource clock = now::get;
        return super.settings().withClock(clock);
    }

    @BeforeEach
    void threeHours() {
        for (int hour = 0; hour < 3; hour++) {
            now.set(NOON.plusHours(hour).toInstant());
            text(MINA, "Text " + hour).create(twilio);
            simulator.phone(MINA).awaitTexts(hour + 1, SOON);
            call(MINA, "/voice").create(twilio);
            if (hour == 0) {
                simulator.phone(MINA).decline();
            } else {
                simulator.phone(MINA).ringOut();
            }
        }
        text(JUNHO, "Text for another").create(twilio);
        simulator.phone(JUNHO).awaitTexts(1, SOON);
    }

    @Test
    void textsAreListedNewestFirstByReceiver() {
        assertEquals(
                List.of("Text 2", "Text 1", "Text 0"),
                bodies(Message.reader().setTo(new PhoneNumber(MINA)).read(twilio)));
        assertEquals(4, bodies(Message.reader().read(twilio)).size());
    }

    @Test
    void textsAreListedByTheTimeTheyWereSentBothEndsIncluded() {
        assertEquals(
                List.of("Text 2", "Text 1"),
                bodies(Message.reader()
                        .setTo(new PhoneNumber(MINA))
                        .setDateSentAfter(NOON.plusHours(1))
                        .read(twilio)));
        assertEquals(
                List.of("Text 1", "Text 0"),
                bodies(Message.reader().setDateSentBefore(NOON.plusHours(1)).read(twilio)));
        assertEquals(
                List.of("Text 1"),
                bodies(Message.reader()
                        .setDateSentAfter(NOON.plusMinutes(30))
                        .setDateSentBefore(NOON.plusMinutes(90))
                        .read(twilio)));
    }

    @Test
    void callsAreListedByStatusAndByStart() {
        assertEquals(1, size(Call.reader().setStatus(Call.Status.BUSY).read(twilio)));
        assertEquals(2, size(Call.reader().setStatus(Call.Status.NO_ANSWER).read(twilio)));
        assertEquals(
                1,
                size(Call.reader()
                        .setTo(new PhoneNumber(MINA))
                        .setStatus(Call.Status.NO_ANSWER)
                        .setStartTimeAfter(NOON.plusHours(2))
                        .read(twilio)));
        assertEquals(0, size(Call.reader().setTo(new PhoneNumber(JUNHO)).read(twilio)));
    }

    @Test
    void aDayCanBeAskedForAsAWhole() {
        assertEquals(3, size(Call.reader().setStartTime(day(0)).read(twilio)));
        assertEquals(0, size(Call.reader().setStartTimeAfter(day(1)).read(twilio)));
    }

    @Test
    void theSdkFollowsFromPageToPageAndKeepsTheFilter() {
        assertEquals(
                List.of("Text 2", "Text 1", "Text 0"),
                bodies(Message.reader()
                        .setTo(new PhoneNumber(MINA))
                        .setPageSize(1L)
                        .read(twilio)));
        assertEquals(
                2,
                Message.reader().setPageSize(2L).firstPage(twilio).getRecords().size());
    }

    @Test
    void aPageOfNothingIsRefused() {
        assertThrows(ApiException.class, () -> Message.reader().setPageSize(0L).read(twilio));
    }

    private static ZonedDateTime day(int later) {
        return LocalDate.of(2026, 3, 1).plusDays(later).atStartOfDay(ZoneOffset.UTC);
    }

    private static List<String> bodies(Iterable<Message> messages) {
        return StreamSupport.stream(messages.spliterator(), false)
                .map(Message::getBody)
                .toList();
    }

    private static long size(Iterable<Call> calls) {
        return StreamSupport.stream(calls.spliterator(), false).count();
    }
}
