package kr.dolbom.sim.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kr.dolbom.contract.identity.ClaimCode;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.telemetry.CheckInAnswer.By;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.topic.DeviceId;
import kr.dolbom.sim.device.Backfill;
import kr.dolbom.sim.device.DeviceConfig;
import kr.dolbom.sim.device.DeviceThreads;
import kr.dolbom.sim.device.DeviceTls;
import kr.dolbom.sim.device.SecretFile;
import kr.dolbom.sim.device.Secrets;
import kr.dolbom.sim.device.SimulatedDevice;
import kr.dolbom.sim.device.Temper;
import kr.dolbom.sim.export.ExportCommand;
import kr.dolbom.sim.home.Profile;
import kr.dolbom.sim.home.Timeline;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Plays simulated homes against a broker until it is interrupted. Exit codes: 0 ended as asked, 1 no
/// device could connect, 2 wrong usage.
@Command(
        name = "sim",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = ExportCommand.class,
        description = {
            "Simulates homes: connects devices to a broker and plays their residents' days.",
            "",
            "One device is given by --device-id and --secret, several by --devices. What happens is printed line by line;"
                    + " with one device everything, with several only what matters.",
            "",
            "A device with a claim code enrols: it makes a secret and sets it. Each renews its secret when it is told to."
                    + " Where --keep names a folder the secrets are kept there, in ID.json, and tried before all others"
                    + " the next time; without it they are forgotten at the end."
        },
        footer = {
            "",
            "Keys while it runs, each followed by Enter and, if there are several devices, by a device id:",
            "  s  the resident calls for help     b  the resident presses the button",
            "  f  the resident falls              n  the resident lies still from now on",
            "  x  the device loses its power      q  end",
            "",
            "Examples:",
            "  ./dolbom sim --device-id hyodol-0001 --secret-from-env --backfill-days 7",
            "  ./dolbom sim --devices fleet.csv --broker broker.example:1883 --answers silent",
            "  ./dolbom sim --device-id hyodol-0001 --secret SECRET --sos-after 10",
            "  ./dolbom sim --device-id hyodol-0002 --claim-code 4KQ7M-... --keep run/secrets",
            "  ./dolbom sim --device-id hyodol-0003 --certificate doll.p12 --trust broker.p12 --broker HOST:8883 --tls",
            "",
            "Passwords of the PKCS#12 files: DOLBOM_DEVICE_TRUST_PASSWORD, DOLBOM_DEVICE_CERTIFICATE_PASSWORD."
        })
public final class SimCommand implements Callable<Integer> {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final Duration HEARTBEAT_IN_HISTORY = Duration.ofMinutes(30);
    private static final String SOS_WORDS = "살려줘";
    private static final String SECRET_VARIABLE = "DOLBOM_DEVICE_SECRET";

    private final InputStream keyboard;

    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup // not multiplicity 1: subcommands need none
    private Which which = new Which();

    @Option(
            names = "--broker",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:DOLBOM_MQTT_BIND:-127.0.0.1}:${env:DOLBOM_MQTT_PORT:-1883}",
            description = "The broker. Default: ${DEFAULT-VALUE}")
    private String broker = "";

    @Option(names = "--tls", description = "Connect by TLS; so it does with --trust or --certificate.")
    private boolean tls;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "PKCS#12 file with the certificate of the broker or its issuer. Default: what the JDK trusts")
    private @Nullable Path trust;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "PKCS#12 file with the device's own certificate and key; for one device.")
    private @Nullable Path certificate;

    @Option(names = "--keep", paramLabel = "FOLDER", description = "Keep the devices' secrets here. Default: nowhere")
    private @Nullable Path keep;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            completionCandidates = ProfileNames.class,
            description = "The resident's kind of days, for all devices: ${COMPLETION-CANDIDATES}. Default: ordinary;"
                    + " with --devices as the file says, else one after the other.")
    private @Nullable String profileName;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Tells one resident's life from another of the same profile; the same seed gives the same"
                    + " life. Default: 1")
    private @Nullable Long seed;

    @Option(
            names = "--backfill-days",
            paramLabel = "N",
            defaultValue = "0",
            description = "First send the last N days as history that the device buffered while offline, 0 to 400."
                    + " Default: 0")
    private int backfillDays;

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = "1",
            description = "Let the resident live X times faster, more than 0 to 10000; the device's own clock stays"
                    + " true. Default: 1")
    private double speed;

    @Option(
            names = "--window",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "Length of an activity window, 10 to 3600. Default: 600")
    private int windowSeconds;

    @Option(
            names = "--heartbeat",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How often the device says that it is alive, 60 to 3600. Default: 300")
    private int heartbeatSeconds;

    @Option(
            names = "--answers",
            paramLabel = "HOW",
            defaultValue = "fine",
            description = "What the resident answers when the robot asks: fine, help or silent. Default: fine")
    private String answers = "";

    @Option(
            names = "--answer-after",
            paramLabel = "SECONDS",
            defaultValue = "8",
            description = "How long the answer takes. Default: 8")
    private int answerAfterSeconds;

    @Option(
            names = "--sos-after",
            paramLabel = "SECONDS",
            description = "The resident of the first device calls for help after so long.")
    private @Nullable Integer sosAfterSeconds;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description = "End so long after all devices are connected, and wait no longer than that for them."
                    + " Default: on Ctrl-C or key q")
    private @Nullable Integer seconds;

    @Option(names = "--verbose", description = "Print everything with several devices as well.")
    private boolean verbose;

    /// Which devices.
    static final class Which {
        @Option(
                names = "--devices",
                required = true,
                paramLabel = "FILE",
                description = "CSV lines device_id,secret[,profile[,seed]] or a JSON array of"
                        + " {deviceId, secret, profile, seed}; a claim code may stand for the secret.")
        private @Nullable Path file;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable One one;
    }

    /// One device.
    static final class One {
        @Option(names = "--device-id", required = true, paramLabel = "ID", description = "The device's id.")
        private String id = "";

        @ArgGroup
        private @Nullable Secret secret;
    }

    /// Where the secret comes from.
    static final class Secret {
        @Option(
                names = "--secret",
                required = true,
                paramLabel = "SECRET",
                description = "Its secret, 43 characters; seen by others in the list of processes.")
        private @Nullable String text;

        @Option(
                names = "--secret-from-env",
                required = true,
                description = "Take its secret from the variable " + SECRET_VARIABLE + ".")
        private boolean fromEnvironment;

        @Option(
                names = "--claim-code",
                required = true,
                paramLabel = "CODE",
                description = "Its one-time claim code, by which it enrols.")
        private @Nullable String claimCode;
    }

    static final class ProfileNames extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        ProfileNames() {
            super(DeviceFile.names());
        }
    }

    /// A device with all that belongs to it.
    private record Home(DeviceFile.Entry entry, SimulatedDevice device, HomePlayer player, NewsLines news) {}

    /// Takes keys from the terminal.
    public SimCommand() {
        this(System.in);
    }

    SimCommand(InputStream keyboard) {
        this.keyboard = keyboard;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<DeviceFile.Entry> entries = entries();
        checkRanges();
        if (certificate != null && entries.size() > 1) {
            throw wrong("--certificate is one device's, and %d are given".formatted(entries.size()));
        }
        DeviceTls speaksTls = deviceTls();
        Clock clock = Clock.system(SEOUL);
        CountDownLatch end = new CountDownLatch(1);
        try (DeviceThreads threads = new DeviceThreads()) {
            List<Home> homes = entries.stream()
                    .map(entry -> home(entry, entries.size(), speaksTls, clock, threads))
                    .toList();
            Thread interrupted = new Thread(() -> closeAll(homes));
            Runtime.getRuntime().addShutdownHook(interrupted);
            try {
                int connected = startAll(homes, clock);
                if (connected == 0) {
                    return 1;
                }
                if (sosAfterSeconds != null) {
                    Home first = homes.getFirst();
                    var _ = threads.schedule(() -> press("s", first, end), sosAfterSeconds, TimeUnit.SECONDS);
                }
                Thread.ofVirtual().name("keys").start(() -> listenToKeys(homes, end));
                if (seconds == null) {
                    end.await();
                } else {
                    var _ = end.await(seconds, TimeUnit.SECONDS);
                }
                return 0;
            } finally {
                closeAll(homes);
                forget(interrupted);
                threads.shutdownNow();
            }
        }
    }

    private List<DeviceFile.Entry> entries() {
        Path file = which.file;
        One one = which.one;
        try {
            List<DeviceFile.Entry> entries;
            if (file != null) {
                entries = DeviceFile.read(file);
            } else if (one != null) {
                entries = List.of(new DeviceFile.Entry(new DeviceId(one.id), secrets(one.secret), Profile.ORDINARY, 1));
            } else {
                throw wrong("name a device with --device-id, or a file of devices with --devices");
            }
            return entries.stream().map(this::withOptions).toList();
        } catch (DeviceFile.BadDeviceFileException | IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private Secrets secrets(@Nullable Secret secret) {
        if (secret == null) {
            if (certificate == null && keep == null) {
                throw wrong("say by what the device comes: --secret, --secret-from-env, --claim-code, --certificate,"
                        + " or --keep with what was kept before");
            }
            return Secrets.NONE;
        }
        if (secret.claimCode != null) {
            return Secrets.of(ClaimCode.find(secret.claimCode)
                    .orElseThrow(() -> wrong("--claim-code is no claim code; it has 26 digits and letters without I, L,"
                            + " O and U, hyphens aside")));
        }
        String text = secret.fromEnvironment ? System.getenv(SECRET_VARIABLE) : secret.text;
        if (text == null) {
            throw wrong("the variable %s is not set; set it to the device's secret".formatted(SECRET_VARIABLE));
        }
        return Secrets.of(new DeviceSecret(text));
    }

    private @Nullable DeviceTls deviceTls() {
        if (!tls && trust == null && certificate == null) {
            return null;
        }
        try {
            return DeviceTls.of(
                    store(trust, "DOLBOM_DEVICE_TRUST_PASSWORD"),
                    store(certificate, "DOLBOM_DEVICE_CERTIFICATE_PASSWORD"));
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private DeviceTls.@Nullable Store store(@Nullable Path file, String variable) {
        if (file == null) {
            return null;
        }
        String password = System.getenv(variable);
        if (password == null) {
            throw wrong("the variable %s is not set; set it to the password of %s".formatted(variable, file));
        }
        return new DeviceTls.Store(file, password);
    }

    private DeviceFile.Entry withOptions(DeviceFile.Entry entry) {
        Profile profile = profileName == null ? entry.profile() : DeviceFile.findProfile(profileName);
        if (profile == null) {
            throw wrong("'%s' is no profile; there are %s".formatted(profileName, DeviceFile.names()));
        }
        return new DeviceFile.Entry(entry.id(), entry.secrets(), profile, seed == null ? entry.seed() : seed);
    }

    private void checkRanges() {
        within("--backfill-days", backfillDays, 0, 400);
        within("--window", windowSeconds, 10, 3600);
        within("--heartbeat", heartbeatSeconds, 60, 3600);
        within("--answer-after", answerAfterSeconds, 0, 3600);
        if (!(speed > 0 && speed <= 10_000)) {
            throw wrong("--speed is %s, expected more than 0 to 10000".formatted(speed));
        }
        if (!List.of("fine", "help", "silent").contains(answers)) {
            throw wrong("--answers is '%s', expected fine, help or silent".formatted(answers));
        }
        if (!broker.matches(".+:\\d{1,5}")) {
            throw wrong("--broker is '%s', expected HOST:PORT as in 127.0.0.1:1883".formatted(broker));
        }
    }

    private void within(String option, int value, int low, int high) {
        if (value < low || value > high) {
            throw wrong("%s is %d, expected %d to %d".formatted(option, value, low, high));
        }
    }

    private Home home(
            DeviceFile.Entry entry, int homes, @Nullable DeviceTls speaksTls, Clock clock, DeviceThreads threads) {
        boolean everything = verbose || homes == 1;
        NewsLines news = new NewsLines(entry.id().value(), out(), err(), clock, everything);
        int colon = broker.lastIndexOf(':');
        String host = broker.substring(0, colon);
        int port = Integer.parseInt(broker.substring(colon + 1));
        DeviceConfig config = new DeviceConfig(
                        entry.id(),
                        keep == null
                                ? Secrets.Store.inMemory(entry.secrets())
                                : new SecretFile(keep, entry.id(), entry.secrets()),
                        speaksTls == null ? DeviceConfig.tcp(host, port) : DeviceConfig.ssl(host, port),
                        speaksTls)
                .withActivityWindow(Duration.ofSeconds(windowSeconds))
                .withHeartbeat(Duration.ofSeconds(heartbeatSeconds));
        SimulatedDevice device = new SimulatedDevice(config, news, clock, threads);
        Duration after = Duration.ofSeconds(answerAfterSeconds);
        device.setTemper(
                switch (answers) {
                    case "help" -> Temper.needsHelp(By.VOICE, after);
                    case "silent" -> Temper.SILENT;
                    default -> Temper.fine(By.TOUCH, after);
                });
        return new Home(
                entry, device, new HomePlayer(life(entry), device, clock, threads, speed, news::happened), news);
    }

    private static Timeline life(DeviceFile.Entry entry) {
        return Timeline.of(entry.profile().rhythm(), entry.seed(), SEOUL);
    }

    /// Connects all, sends the history of those that are connected, begins to play.
    ///
    /// @return how many are connected
    private int startAll(List<Home> homes, Clock clock) {
        out().printf(
                        Locale.ROOT,
                        "Connecting %d device%s to %s. Ctrl-C or q and Enter to end.%n",
                        homes.size(),
                        homes.size() == 1 ? "" : "s",
                        broker);
        out().flush();
        AtomicInteger connected = new AtomicInteger();
        List<CompletableFuture<Void>> ready = new ArrayList<>();
        for (Home home : homes) {
            CompletableFuture<Void> begun = home.device().start().thenCompose(_ -> {
                connected.incrementAndGet();
                return sendHistory(home, clock.instant()).thenRun(home.player()::start);
            });
            // what failed has been told; the others go on
            ready.add(begun.exceptionally(_ -> null));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new));
        if (seconds != null) {
            all = all.completeOnTimeout(null, seconds, TimeUnit.SECONDS);
        }
        all.join();
        if (connected.get() < homes.size()) {
            err().printf("%d of %d devices could not connect.%n", homes.size() - connected.get(), homes.size());
            err().flush();
        }
        return connected.get();
    }

    private CompletableFuture<Void> sendHistory(Home home, Instant now) {
        if (backfillDays == 0) {
            return CompletableFuture.completedFuture(null);
        }
        AtomicInteger tenths = new AtomicInteger();
        Instant from = now.minus(Duration.ofDays(backfillDays));
        long begun = System.nanoTime();
        return home.device()
                .backfill(life(home.entry()), from, now, HEARTBEAT_IN_HISTORY, progress -> {
                    int tenth = (int) (progress.share() * 10);
                    if (tenth > tenths.getAndSet(tenth)) {
                        home.news().print("history %d %% (%,d messages)".formatted(tenth * 10, progress.accepted()));
                    }
                })
                .thenAccept(outcome -> home.news().print(inWords(outcome, System.nanoTime() - begun)));
    }

    private String inWords(Backfill.Outcome outcome, long nanos) {
        return String.format(
                Locale.ROOT,
                "history of %d days sent: %,d messages stored, %,d refused, %.1f s",
                backfillDays,
                outcome.accepted(),
                outcome.refused(),
                nanos / 1e9);
    }

    private void listenToKeys(List<Home> homes, CountDownLatch end) {
        BufferedReader in = new BufferedReader(new InputStreamReader(keyboard, StandardCharsets.UTF_8));
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.strip().split("\\s+", 2);
                Home home = words.length < 2
                        ? homes.getFirst()
                        : homes.stream()
                                .filter(h -> h.device().id().value().equals(words[1]))
                                .findFirst()
                                .orElse(null);
                if (home == null) {
                    err().printf("There is no device %s here.%n", words[1]);
                    err().flush();
                } else {
                    press(words[0], home, end);
                }
            }
        } catch (IOException e) {
            // without a keyboard it runs on until it is interrupted
        }
    }

    private void press(String key, Home home, CountDownLatch end) {
        SimulatedDevice device = home.device();
        if (!device.isOn() && !key.equals("q")) {
            home.news().print("the device is off");
            return;
        }
        switch (key) {
            case "s" -> {
                home.news().print("resident calls for help: " + SOS_WORDS);
                var _ = device.sosByVoice(SOS_WORDS);
            }
            case "b" -> {
                home.news().print("resident presses the button");
                var _ = device.sosByButton();
            }
            case "f" -> {
                home.news().print("resident falls");
                var _ = device.send(new Emergency(Emergency.Trigger.FALL, 0.9, Room.BATHROOM, null));
                home.player().fallSilent();
            }
            case "n" -> {
                home.news().print("nothing happens any more");
                home.player().fallSilent();
                device.setTemper(Temper.SILENT);
            }
            case "x" -> {
                home.player().fallSilent();
                device.powerOff();
            }
            case "q" -> end.countDown();
            case "" -> {}
            default -> {
                err().printf("'%s' is no key; s, b, f, n, x or q.%n", key);
                err().flush();
            }
        }
    }

    private static void closeAll(List<Home> homes) {
        homes.forEach(home -> home.player().close());
        homes.parallelStream().forEach(home -> home.device().close());
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the hook runs already, and closes what is closed here as well
        }
    }

    private CommandSpec spec() {
        CommandSpec injected = spec;
        if (injected == null) {
            throw new IllegalStateException("run SimCommand through picocli's CommandLine");
        }
        return injected;
    }

    private PrintWriter out() {
        return spec().commandLine().getOut();
    }

    private PrintWriter err() {
        return spec().commandLine().getErr();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }
}
