package kr.dolbom.sim.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The programs of the platform in the order in which they start: database, broker, risk engine, caseworker API, and
/// the phone simulator where no Twilio account is set. Not safe for use by several threads.
public final class Stack {
    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final List<String> NAMES = List.of("database", "phones", "caseworker-api", "risk-engine", "broker");

    /// How a JVM runs the risk engine: millions of small objects that live for good and are visited in no
    /// order, so that pages, headers and what lies beside what are most of its time.
    public static final List<String> ENGINE_OPTIONS =
            List.of("-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders", "-XX:+UseTransparentHugePages");

    /// How a JVM runs the caseworkers' program. A page of hundreds of alerts is half a megabyte: in
    /// G1's regions of one megabyte each would be a huge object, and most collections their doing.
    public static final List<String> API_OPTIONS =
            List.of("-Xmx512m", "-XX:G1HeapRegionSize=4m", "--sun-misc-unsafe-memory-access=allow");

    private final StackSettings settings;
    private final RunFolder run;
    private final Launcher launcher;
    private final Consumer<String> progress;

    /// @param progress told in one line what happens now
    public Stack(StackSettings settings, Consumer<String> progress) {
        this.settings = settings;
        this.run = new RunFolder(settings.root().resolve("run"));
        this.launcher = new Launcher(run);
        this.progress = progress;
    }

    /// Starts everything and returns once all of it is ready.
    ///
    /// @param fresh true: the database is made anew first, and all that it held is lost
    /// @throws StackException when something cannot be started; what was started by then has been ended
    public StackAddresses up(boolean fresh) throws InterruptedException {
        for (String name : NAMES) {
            if (run.find(name).isPresent()) {
                throw new StackException(name
                        + " of this checkout is running already. ./dolbom status tells more, ./dolbom down ends it");
            }
        }
        try {
            StackAddresses addresses = addresses();
            Program database = database(databaseInfo(), fresh);
            // a taken port is told before anything is started
            launcher.requireFree(database);
            programs(addresses, Map.of()).forEach(launcher::requireFree);
            start(database);
            Map<String, String> shared = sharedSettings(addresses);
            for (Program program : programs(addresses, shared)) {
                start(program);
            }
            return addresses;
        } catch (StackException | InterruptedException e) {
            down();
            throw e;
        }
    }

    /// Ends one of the running programs and starts it again.
    ///
    /// @param more settings of its own beside those that all share
    public void restart(String name, Map<String, String> more) throws InterruptedException {
        StackAddresses addresses = addresses();
        Map<String, String> settings = sharedSettings(addresses);
        settings.putAll(more);
        Program program = programs(addresses, settings).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no program " + name));
        stop(name);
        start(program);
    }

    /// Ends one of the programs. Does nothing where it does not run.
    public void stop(String name) {
        if (launcher.stop(name)) {
            progress.accept("stopped " + name);
        }
    }

    /// Ends what this checkout started, last first. Does nothing where nothing runs.
    ///
    /// @return the names of what was ended
    public List<String> down() {
        List<String> stopped = new ArrayList<>();
        for (String name : NAMES.reversed()) {
            if (launcher.stop(name)) {
                stopped.add(name);
                progress.accept("stopped " + name);
            }
        }
        return stopped;
    }

    /// How each program does.
    public List<ProgramStatus> status() throws InterruptedException {
        List<ProgramStatus> all = new ArrayList<>();
        for (String name : NAMES) {
            var process = run.find(name);
            boolean ready = process.isPresent() && launcher.isReady(run.readiness(name));
            all.add(new ProgramStatus(
                    name,
                    process.map(ProcessHandle::pid),
                    process.flatMap(handle -> handle.info().startInstant()),
                    ready,
                    run.log(name)));
        }
        return all;
    }

    /// A secret of this checkout, generated at its first use.
    public String secret(String name) {
        return run.secret(name);
    }

    /// The password with which the account `operator` was made: the one that was set, or one that lies beside the keys
    /// of our own database, so that every checkout that uses this database knows it.
    public String operatorPassword() {
        String chosen = settings.text("DOLBOM_OPERATOR_PASSWORD");
        if (!chosen.isBlank()) {
            return chosen;
        }
        String keyset = database().getProperty("DOLBOM_KEYSET");
        return keyset == null
                ? run.secret("operator-password")
                : Secrets.get(Path.of(keyset.replace(".keyset.json", "") + ".secrets.properties"), "operator-password");
    }

    private void start(Program program) throws InterruptedException {
        long began = System.nanoTime();
        progress.accept("starting " + program.name() + " …");
        launcher.start(program);
        progress.accept("%s is ready (%.1f s)".formatted(program.name(), (System.nanoTime() - began) / 1e9));
    }

    private StackAddresses addresses() {
        boolean simulated = settings.text("DOLBOM_TWILIO_ACCOUNT_SID").isBlank();
        return new StackAddresses(
                settings.port("DOLBOM_DB_PORT", 15_432),
                settings.port("DOLBOM_MQTT_PORT", 1883),
                settings.port("DOLBOM_BROKER_HEALTH_PORT", 8082),
                settings.port("DOLBOM_ENGINE_PORT", 8081),
                settings.port("DOLBOM_API_PORT", 8080),
                settings.port("DOLBOM_PHONES_PORT", 8090),
                simulated);
    }

    private Program database(Path info, boolean fresh) {
        boolean external = !settings.text("DOLBOM_DB_URL").isBlank();
        List<String> arguments =
                new ArrayList<>(List.of("start", "--name", settings.database(), "--info", info.toString()));
        if (fresh && !external) {
            arguments.add("--fresh");
        }
        return new Program(
                "database",
                jar("care-db"),
                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                arguments,
                settings.overrides(),
                external
                        ? List.of()
                        : List.of(new Program.Port(settings.port("DOLBOM_DB_PORT", 15_432), "DOLBOM_DB_PORT")),
                new Program.Readiness.File(info));
    }

    private List<Program> programs(StackAddresses at, Map<String, String> shared) {
        List<Program> programs = new ArrayList<>();
        if (at.simulatedPhones()) {
            programs.add(new Program(
                    "phones",
                    jar("device-sim"),
                    List.of("-Xmx256m", "-XX:+UseSerialGC"),
                    List.of("phones"),
                    shared,
                    List.of(new Program.Port(at.phonesPort(), "DOLBOM_PHONES_PORT")),
                    health(at.phonesPort())));
        }
        programs.add(new Program(
                "caseworker-api",
                jar("caseworker-api"),
                API_OPTIONS,
                List.of(),
                shared,
                List.of(new Program.Port(at.apiPort(), "DOLBOM_API_PORT")),
                health(at.apiPort())));
        programs.add(new Program(
                "risk-engine",
                jar("risk-engine"),
                Stream.concat(Stream.of("-Xmx1g"), ENGINE_OPTIONS.stream()).toList(),
                List.of(),
                shared,
                List.of(new Program.Port(at.enginePort(), "DOLBOM_ENGINE_PORT")),
                health(at.enginePort())));
        programs.add(new Program(
                "broker",
                jar("broker-ext"),
                List.of("-Xmx1g", "--sun-misc-unsafe-memory-access=allow"),
                List.of("--data", run.path().resolve("broker").toString()),
                shared,
                List.of(
                        new Program.Port(at.mqttPort(), "DOLBOM_MQTT_PORT"),
                        new Program.Port(at.brokerHealthPort(), "DOLBOM_BROKER_HEALTH_PORT")),
                health(at.brokerHealthPort())));
        return programs;
    }

    /// What the database's program wrote down: where it is reached, and by which keys it is read.
    private Properties database() {
        Path info = databaseInfo();
        Properties database = new Properties();
        try (var in = Files.newBufferedReader(info)) {
            database.load(in);
        } catch (IOException e) {
            throw new StackException("Cannot read " + info + ": " + e.getMessage(), e);
        }
        return database;
    }

    private Path databaseInfo() {
        return run.path().resolve("database.properties");
    }

    private Map<String, String> sharedSettings(StackAddresses at) throws InterruptedException {
        Map<String, String> shared = new HashMap<>();
        Properties database = database();
        database.stringPropertyNames().forEach(name -> shared.put(name, database.getProperty(name)));
        shared.putAll(settings.overrides());
        shared.put("DOLBOM_KEYSET", keyset(database.getProperty("DOLBOM_KEYSET")));
        shared.put("DOLBOM_OPERATOR_PASSWORD", operatorPassword());
        String publicUrl = settings.text("DOLBOM_PUBLIC_URL");
        if (publicUrl.isBlank() && !at.simulatedPhones()) {
            throw new StackException(
                    "DOLBOM_TWILIO_ACCOUNT_SID names a real account, but DOLBOM_PUBLIC_URL is not set: "
                            + "Twilio must reach this console. Set it to the address that Twilio can call, or unset the account "
                            + "to use the phone simulator");
        }
        shared.put("DOLBOM_PUBLIC_URL", publicUrl.isBlank() ? at.consoleUrl() : publicUrl);
        if (at.simulatedPhones()) {
            shared.put("DOLBOM_TWILIO_ACCOUNT_SID", "AC" + run.secret("phones-account"));
            shared.put("DOLBOM_TWILIO_AUTH_TOKEN", run.secret("phones-token"));
            shared.put("DOLBOM_TWILIO_FROM", "+82215881234");
            shared.put("DOLBOM_TWILIO_BASE_URL", "http://127.0.0.1:" + at.phonesPort());
            shared.put("DOLBOM_ALIMTALK_URL", "http://127.0.0.1:" + at.phonesPort() + "/alimtalk/v1");
            shared.put("DOLBOM_ALIMTALK_KEY", run.secret("phones-alimtalk"));
            shared.put("DOLBOM_PUSH_HOSTS", "127.0.0.1");
        }
        return shared;
    }

    /// The file with the keys by which people's names and numbers are stored. The database's program says where it lies
    /// for a database of its own; there it is made when it is missing.
    ///
    /// @param byDefault null where the database is one that others run
    private String keyset(@Nullable String byDefault) throws InterruptedException {
        String chosen = settings.text("DOLBOM_KEYSET");
        if (!chosen.isBlank()) {
            return chosen;
        }
        if (byDefault == null) {
            throw new StackException(
                    "DOLBOM_DB_URL names a database of yours, but DOLBOM_KEYSET is not set: name the file with the keys "
                            + "by which names, phone numbers and addresses are stored there. ./dolbom keyset new FILE makes "
                            + "one where nothing has been stored yet");
        }
        if (!Files.exists(Path.of(byDefault))) {
            launcher.run(
                    "keyset", jar("caseworker-api"), "kr.dolbom.caseworker.secrecy.KeysetCommand", "new", byDefault);
        }
        return byDefault;
    }

    private static Program.Readiness health(int port) {
        return new Program.Readiness.Health(URI.create("http://127.0.0.1:" + port + "/health"));
    }

    private Path jar(String module) {
        return settings.root().resolve(module + "/target/" + module + "-" + VERSION + ".jar");
    }
}
