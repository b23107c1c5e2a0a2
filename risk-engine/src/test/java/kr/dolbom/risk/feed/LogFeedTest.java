package kr.dolbom.risk.feed;

import java.sql.SQLException;
import java.util.List;
import kr.dolbom.contract.telemetry.Status;

class LogFeedTest extends TelemetryFeedContract {
    private final LogFeed.Log log = new LogFeed.Log();

    @Override
    TelemetryFeed open(String reader, int batchRows) throws SQLException {
        return LogFeed.open(log, database.connection(), reader, batchRows);
    }

    @Override
    void store(List<Message> messages) {
        log.append(messages.stream()
                .map(message -> new TelemetryRow(
                        message.at(),
                        message.at(),
                        message.residentNo(),
                        message.residentNo(),
                        message.id(),
                        0,
                        new Status(Status.State.HEARTBEAT, "1", "1.0", null, null, null, List.of(), null)))
                .toList());
    }
}
