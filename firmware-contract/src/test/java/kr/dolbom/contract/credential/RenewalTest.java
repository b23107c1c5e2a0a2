package kr.dolbom.contract.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.topic.DeviceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RenewalTest {
    private static final RenewalMessage MESSAGE = new RenewalMessage(
            UUID.fromString("01980d3e-7d2c-7c4e-9a55-0d6f8a1b2c3e"),
            OffsetDateTime.parse("2026-03-01T07:10:00+09:00"),
            new DeviceSecret("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO-_"));

    @Test
    void aMessageSurvivesWritingAndReading() {
        byte[] body = Contract.write(MESSAGE);

        assertEquals(
                "{\"id\":\"01980d3e-7d2c-7c4e-9a55-0d6f8a1b2c3e\",\"time\":\"2026-03-01T07:10:00+09:00\","
                        + "\"data\":{\"secret\":\"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO-_\"}}",
                new String(body, StandardCharsets.UTF_8));
        assertEquals(MESSAGE, Contract.readRenewal(body).orElseThrow());
        assertFalse(MESSAGE.toString().contains("abcdef"));
    }

    @ParameterizedTest
    @CsvSource({
        "{'secret':'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO-_'}, /id",
        "{'secret':'short'}, /data/secret",
        "{'secret':'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO+/'}, /data",
        "{'secret':42}, /data/secret",
        "{}, /data/secret",
    })
    void aSecretOfAnotherFormIsRefused(String data, String pointer) {
        String text = new String(Contract.write(MESSAGE), StandardCharsets.UTF_8);
        String head = pointer.equals("/id") ? "{" : text.substring(0, text.indexOf("\"data\""));
        byte[] body = (head + "\"data\":" + data.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8);

        Fault fault = assertInstanceOf(ReadResult.Invalid.class, Contract.readRenewal(body))
                .fault();

        assertEquals(Reason.SCHEMA_VIOLATION, fault.reason());
        assertEquals(pointer, fault.pointer());
    }

    @Test
    void theTopicIsReadBack() {
        RenewalTopic topic = new RenewalTopic(new DeviceId("robot-17"));

        assertEquals("dolbom/v1/robot-17/credential/renew", topic.text());
        assertEquals(Optional.of(topic), RenewalTopic.find(topic.text()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dolbom/v1/credential/renew",
                "dolbom/v1//credential/renew",
                "dolbom/v1/robot-17/credential/renew/",
                "dolbom/v1/robot-17/credential/Renew",
                "dolbom/v1/robot-17/x/credential/renew",
                "dolbom/v1/../robot-17/credential/renew",
                "dolbom/v1/+/credential/renew",
                "dolbom/v2/robot-17/credential/renew",
            })
    void anyOtherTopicIsNone(String topic) {
        assertEquals(Optional.empty(), RenewalTopic.find(topic));
    }
}
