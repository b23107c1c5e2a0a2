package kr.dolbom.caseworker.response;

import java.sql.Connection;
import java.time.Instant;
import java.util.Map;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.robot.Robot;
import kr.dolbom.caseworker.words.Words;

/// Has the robot say what happens, and puts it on the timeline.
public final class RobotWords {
    private RobotWords() {}

    /// Has the robot of the alert's resident say a text.
    ///
    /// @param key the text, one of `robot.…`
    /// @param values fill the text's places
    public static void tell(
            Connection connection, Robot robot, Alert alert, String key, Instant now, Object... values) {
        String text = Words.of(alert.resident().language()).text(key, values);
        if (robot.tell(connection, alert, text, now)) {
            Timeline.add(
                    connection, alert.alertId(), now, EventType.ROBOT_TOLD, Timeline.PLATFORM, Map.of("text", key));
        }
    }
}
