package kr.dolbom.contract.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import kr.dolbom.contract.command.CommandKind;
import kr.dolbom.contract.telemetry.TelemetryKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {
    private static final DeviceId DEVICE = new DeviceId("robot-0001");

    @Test
    void topicsSurviveReadingAndWriting() {
        for (TelemetryKind kind : TelemetryKind.values()) {
            TelemetryTopic topic = new TelemetryTopic(DEVICE, kind);
            assertEquals(Optional.of(topic), TelemetryTopic.find(topic.text()));
            assertEquals(Optional.empty(), CommandTopic.find(topic.text()));
        }
        for (CommandKind kind : CommandKind.values()) {
            CommandTopic topic = new CommandTopic(DEVICE, kind);
            assertEquals(Optional.of(topic), CommandTopic.find(topic.text()));
        }
        assertEquals(
                "dolbom/v1/robot-0001/telemetry/check-in", new TelemetryTopic(DEVICE, TelemetryKind.CHECK_IN).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "dolbom",
                "/dolbom/v1/robot-0001/telemetry/activity",
                "dolbom/v1/robot-0001/telemetry/activity/",
                "dolbom/v1//telemetry/activity",
                "dolbom/v2/robot-0001/telemetry/activity",
                "Dolbom/v1/robot-0001/telemetry/activity",
                "dolbom/v1/Robot-0001/telemetry/activity",
                "dolbom/v1/robot-0001/telemetry/Activity",
                "dolbom/v1/+/telemetry/activity",
                "dolbom/v1/#",
                "dolbom/v1/../telemetry/activity",
                "dolbom/v1/robot-0001/telemetry/unheard-of",
                "$share/g/dolbom/v1/robot-0001/telemetry/activity",
            })
    void aTopicOfAnotherFormIsNotFound(String topic) {
        assertEquals(Optional.empty(), TelemetryTopic.find(topic));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "-abc", "ABC", "a b c", "a/b", "로봇-0001"})
    void aDeviceIdOfAnotherFormIsRefused(String value) {
        assertThrows(IllegalArgumentException.class, () -> new DeviceId(value));
    }
}
