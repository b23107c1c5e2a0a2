package kr.dolbom.sim.phone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.rest.api.v2010.account.Message;
import java.util.List;
import java.util.OptionalInt;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.Text;
import kr.dolbom.sim.phone.rest.RequestKind;
import org.junit.jupiter.api.Test;

class TextMessageTest extends SimulatorTest {
    private static final String NOTICE = "[고양시 노인복지과] 긴급 돌봄 알림 1건 https://dolbom.example/a/k3";

    @Test
    void aTextArrivesOnThePhoneAndItsWayIsTold() {
        Message sent = text(MINA, NOTICE)
                .setStatusCallback(application.url("/sms?n=1"))
                .create(twilio);

        assertEquals(Message.Status.QUEUED, sent.getStatus());
        Text text = simulator.phone(MINA).awaitTexts(1, SOON).getFirst();
        assertEquals(NOTICE, text.body());
        assertEquals(OFFICE, text.from());
        assertEquals(List.of("sent", "delivered"), statuses(2));
        WebApplication.Asked told = application.asked("/sms").getLast();
        assertEquals(sent.getSid(), told.value("MessageSid"));
        assertEquals(sent.getSid(), told.value("SmsSid"));
        assertEquals(MINA, told.value("To"));
        assertEquals(OFFICE, told.value("From"));
        assertEquals(ACCOUNT, told.value("AccountSid"));
        assertEquals("2010-04-01", told.value("ApiVersion"));
        assertEquals(1, simulator.requests(RequestKind.CREATE_MESSAGE, MINA));
    }

    @Test
    void aTextReadsAsTheSdkExpects() {
        Message created = text(MINA, NOTICE).create(twilio);
        simulator.phone(MINA).awaitTexts(1, SOON);
        Message fetched = Message.fetcher(created.getSid()).fetch(twilio);

        assertTrue(created.getSid().matches("SM[0-9a-f]{32}"), created.getSid());
        assertNotNull(created.getDateCreated());
        assertNull(created.getDateSent());
        assertEquals(Message.Status.DELIVERED, fetched.getStatus());
        assertNotNull(fetched.getDateSent());
        assertEquals(NOTICE, fetched.getBody());
        assertEquals(Message.Direction.OUTBOUND_API, fetched.getDirection());
        assertEquals("1", fetched.getNumSegments());
        assertEquals("0", fetched.getNumMedia());
        assertNull(fetched.getPrice());
        assertNull(fetched.getErrorCode());
        assertEquals(
                "/2010-04-01/Accounts/%s/Messages/%s/Media.json".formatted(ACCOUNT, created.getSid()),
                fetched.getSubresourceUris().get("media"));
    }

    @Test
    void aTextToAPhoneOutOfCoverageEndsUndeliveredAndIsNotOnThePhone() {
        simulator.phone(MINA).fault(Fault.UNREACHABLE);
        Message sent =
                text(MINA, NOTICE).setStatusCallback(application.url("/sms")).create(twilio);

        assertEquals(List.of("sent", "undelivered"), statuses(2));
        assertEquals("30003", application.asked("/sms").getLast().value("ErrorCode"));
        assertEquals(30003, Message.fetcher(sent.getSid()).fetch(twilio).getErrorCode());
        assertEquals(List.of(), simulator.phone(MINA).texts());
    }

    @Test
    void bytesAreCountedAsKoreanCarriersDo() {
        text(MINA, "가나다 abc").create(twilio);
        text(MINA, "😀").create(twilio);

        List<Text> texts = simulator.phone(MINA).awaitTexts(2, SOON);
        assertEquals(
                List.of(OptionalInt.of(10), OptionalInt.empty()),
                texts.stream()
                        .sorted((a, b) -> b.body().length() - a.body().length())
                        .map(Text::carrierBytes)
                        .toList());
    }

    private List<String> statuses(int count) {
        await().atMost(SOON).until(() -> application.asked("/sms").size() >= count);
        return application.asked("/sms").stream()
                .map(a -> a.value("MessageStatus"))
                .toList();
    }
}
