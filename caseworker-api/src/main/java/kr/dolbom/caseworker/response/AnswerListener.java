package kr.dolbom.caseworker.response;

import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.database.NotificationListener;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.robot.Robot;

/// Hears what became of commands to devices, above all the answer to the robot's question.
@Singleton
final class AnswerListener implements NotificationListener {
    private final Transactions transactions;
    private final Robot robot;
    private final Looks looks;

    AnswerListener(Transactions transactions, Robot robot, Looks looks) {
        this.transactions = transactions;
        this.robot = robot;
        this.looks = looks;
    }

    @Override
    public Set<String> channels() {
        return Set.of(Robot.ANSWERS);
    }

    @Override
    public void hear(String payload) {
        transactions
                .run(connection -> robot.findAskedAbout(connection, UUID.fromString(payload)))
                .ifPresent(looks::add);
    }

    /// Nothing: the alerts' own listener looks at all that are open.
    @Override
    public void lookAround() {}
}
