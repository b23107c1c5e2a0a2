package kr.dolbom.sim.stack;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `./dolbom up`.
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts the platform in the background and returns once all of it is ready.",
        footer = {
            "",
            "Without DOLBOM_TWILIO_ACCOUNT_SID the phone simulator stands in for Twilio.",
            "Without DOLBOM_DB_URL a database of its own is started; its data stay over restarts."
        })
public final class UpCommand implements Callable<Integer> {
    /// Made by the command line.
    public UpCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Stack stack = new Stack(StackSettings.ofThisProcess("dolbom", Map.of()), System.out::println);
        StackAddresses at = stack.up(false);
        System.out.println();
        System.out.println("Console  " + at.consoleUrl());
        if (System.getenv().getOrDefault("DOLBOM_OPERATOR_PASSWORD", "").isBlank()) {
            System.out.println("Login    operator / " + stack.operatorPassword()
                    + "  (until you choose another under My account)");
        }
        if (at.simulatedPhones()) {
            System.out.println("Phones   " + at.phonesUrl() + "  (simulated; set DOLBOM_TWILIO_… for real ones)");
        }
        System.out.println("Broker   " + at.brokerUrl());
        System.out.println("Next     ./dolbom status, ./dolbom logs, ./dolbom down");
        return 0;
    }
}
