package kr.dolbom.sim.phone;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import kr.dolbom.sim.phone.line.Account;
import kr.dolbom.sim.phone.line.Pace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Runs the phone simulator until it is stopped.
@Command(
        name = "phones",
        description = "Stands in for Twilio and for the phones that it calls, with a web page that shows them.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class PhonesCommand implements Callable<Integer> {
    @Option(names = "--bind", description = "Address to listen on.", defaultValue = "127.0.0.1")
    private String bind = "127.0.0.1";

    @Option(
            names = "--port",
            description = "Port to listen on, 0 for any free one; or DOLBOM_PHONES_PORT.",
            defaultValue = "${env:DOLBOM_PHONES_PORT:-8090}")
    private int port;

    @Option(
            names = "--account-sid",
            description = "Account SID that clients log in with; or DOLBOM_TWILIO_ACCOUNT_SID.",
            defaultValue = "${env:DOLBOM_TWILIO_ACCOUNT_SID}",
            showDefaultValue = Visibility.NEVER)
    private String accountSid = "";

    @Option(
            names = "--auth-token",
            description = "Auth token of the account, also the key of webhook signatures; or DOLBOM_TWILIO_AUTH_TOKEN.",
            defaultValue = "${env:DOLBOM_TWILIO_AUTH_TOKEN}",
            showDefaultValue = Visibility.NEVER)
    private String authToken = "";

    @Option(
            names = "--speech",
            description = "Share of real time that talking takes: 1 as in life, 0 at once.",
            defaultValue = "0.4")
    private double speech;

    @Option(
            names = "--patience",
            description = "Share of real time that a phone rings and a call waits for a key.",
            defaultValue = "1")
    private double patience;

    @Option(
            names = "--phone",
            paramLabel = "NUMBER=OWNER",
            description = "A phone to show from the start; repeatable.",
            showDefaultValue = Visibility.NEVER)
    private Map<String, String> owners = new LinkedHashMap<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        CountDownLatch stopped = new CountDownLatch(1);
        try (PhoneSimulator simulator = PhoneSimulator.start(settings())) {
            owners.forEach((number, owner) -> simulator.phone(number).owner(owner));
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop-phones"));
            out.printf("Phones: %s/phones   (stop with Ctrl-C)%n", simulator.url());
            out.flush();
            stopped.await();
            return 0;
        } catch (UncheckedIOException e) {
            err.println(e.getMessage());
            return 1;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private PhoneSimulatorSettings settings() {
        if (accountSid == null || accountSid.isBlank() || authToken == null || authToken.isBlank()) {
            throw new IllegalArgumentException(
                    "The account is not known: give --account-sid and --auth-token, or set DOLBOM_TWILIO_ACCOUNT_SID"
                            + " and DOLBOM_TWILIO_AUTH_TOKEN to the values that the application uses.");
        }
        Account account = new Account(accountSid, authToken);
        return PhoneSimulatorSettings.of(account.sid(), account.authToken())
                .withAddress(bind, port)
                .withPace(new Pace(speech, patience));
    }
}
