package kr.dolbom.contract.command;

import static kr.dolbom.contract.json.Field.optional;
import static kr.dolbom.contract.json.JsonTypes.integer;

import kr.dolbom.contract.json.Field;
import kr.dolbom.contract.json.ObjectType;
import org.jspecify.annotations.Nullable;

/// Change settings; what is null stays as it is.
///
/// @param heartbeatSeconds how often to send a heartbeat, 60 to 3600
/// @param activityWindowSeconds length of an activity window, 10 to 3600
public record Configure(
        @Nullable Long heartbeatSeconds, @Nullable Long activityWindowSeconds) implements Command {
    private static final Field<Configure, Long> HEARTBEAT_SECONDS = optional(
                    "heartbeatSeconds",
                    integer(60, 3600),
                    Configure::heartbeatSeconds,
                    "How often to send a heartbeat.")
            .rule("DC-CMD-131");
    private static final Field<Configure, Long> ACTIVITY_WINDOW_SECONDS = optional(
                    "activityWindowSeconds",
                    integer(10, 3600),
                    Configure::activityWindowSeconds,
                    "Length of an activity window.")
            .rule("DC-CMD-132");

    static final ObjectType<Configure> TYPE = ObjectType.object(
            "Change settings; what is missing stays as it is.",
            v -> new Configure(v.find(HEARTBEAT_SECONDS), v.find(ACTIVITY_WINDOW_SECONDS)),
            HEARTBEAT_SECONDS,
            ACTIVITY_WINDOW_SECONDS);

    @Override
    public CommandKind kind() {
        return CommandKind.CONFIGURE;
    }
}
