package kr.dolbom.caseworker.response;

import jakarta.inject.Singleton;
import java.util.UUID;
import kr.dolbom.caseworker.database.NotificationListener;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.robot.Robot;

/// Hears what became of commands to devices, above all the answer to the robot's question.
@Singleton
final class AnswerListener implements NotificationListener {
    private final Transactions transactions;
    private final Robot robot;
    private final AlertResponse response;

    AnswerListener(Transactions transactions, Robot robot, AlertResponse response) {
        this.transactions = transactions;
        this.robot = robot;
        this.response = response;
    }

    @Override
    public String channel() {
        return "dolbom_command_state";
    }

    @Override
    public void hear(String payload) {
        transactions
                .run(connection -> robot.findAlert(connection, UUID.fromString(payload)))
                .ifPresent(response::advance);
    }

    /// Nothing: the alerts' own listener looks at all that are open.
    @Override
    public void lookAround() {}
}
