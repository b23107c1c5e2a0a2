package kr.dolbom.sim.phone;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import kr.dolbom.sim.phone.line.Account;
import kr.dolbom.sim.phone.line.Pace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Runs the phone simulator until it is stopped.
@Command(
        name = "phones",
        description = {
            "Stands in for Twilio and for the phones that it calls, with a web page that shows them;",
            "also for a provider of AlimTalk (/alimtalk/v1) and a web push service (/push)."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        footerHeading = "%nWhat can go wrong, and how to make it so:%n",
        footer = {
            "  On the page http://127.0.0.1:8090/phones: the settings under each phone, and those for every phone.",
            "  By REST under /phones/api (docs/reference/phone-simulator.md has all of it):",
            "    PUT phones/NUMBER/faults      {\"BUSY\": null, \"API_500\": 2}; null: for ever. For phones BUSY,",
            "                                  NO_ANSWER, VOICEMAIL, UNREACHABLE, LANDLINE, OPTED_OUT, INVALID_NUMBER,",
            "                                  CALL_STUCK, TEXT_LOST, NO_RECEIPT ...; for the API API_400, API_429,",
            "                                  API_500, API_503, API_HANG, API_CLOSE, API_LOST_REPLY, API_NO_REPLY",
            "    PUT faults                    the same for every number, only API_...",
            "    PUT phones/NUMBER/behaviour   {\"kind\": \"answer\", \"afterSeconds\": 3, \"keys\": \"9\"}: a wrong key",
            "    PUT phones/NUMBER/links       {\"afterSeconds\": 300, \"times\": 2}: opens links late, and twice",
            "    PUT callbacks                 {\"delaySeconds\": 20, \"copies\": 2, \"swapped\": true, \"lost\": \"all\"}",
            "    PUT signer                    {\"signer\": \"SECONDARY\"}, or PRIMARY, FORGED",
            "    POST webhooks                 {\"url\": ..., \"parameters\": {...}}: a signed webhook nobody asked for",
            "    PUT alimtalk/faults/NUMBER    {\"fault\": \"NEVER_ANSWERS\"}, TWO_DAYS_LATE, TEMPLATE_REJECTED ...",
            "    POST push/subscriptions       a web push subscription; PUT push/subscriptions/ID {\"answer\": \"GONE\"}"
        })
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
            names = "--secondary-auth-token",
            description =
                    "The account's second auth token, as good as the first; or DOLBOM_TWILIO_SECONDARY_AUTH_TOKEN.",
            defaultValue = "${env:DOLBOM_TWILIO_SECONDARY_AUTH_TOKEN}",
            showDefaultValue = Visibility.NEVER)
    private @Nullable String secondaryAuthToken;

    @Option(
            names = "--alimtalk-key",
            description = "Key of the AlimTalk provider; or DOLBOM_ALIMTALK_KEY.",
            defaultValue = "${env:DOLBOM_ALIMTALK_KEY:-" + PhoneSimulatorSettings.ALIMTALK_KEY + "}",
            showDefaultValue = Visibility.NEVER)
    private String alimTalkKey = PhoneSimulatorSettings.ALIMTALK_KEY;

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
                .withSecondaryAuthToken(secondaryAuthToken == null ? "" : secondaryAuthToken)
                .withAlimTalkKey(alimTalkKey)
                .withAddress(bind, port)
                .withPace(new Pace(speech, patience));
    }
}
