package kr.dolbom.sim.vendor;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.publish.PublishedContract;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./dolbom contract`: writes the firmware contract into a folder for vendors, or renews the published one in this
/// checkout, which it refuses where devices that follow it would break.
@Command(
        name = "contract",
        mixinStandardHelpOptions = true,
        description = "Writes the firmware contract into a folder: AsyncAPI 3, JSON Schemas, reference in Markdown and"
                + " HTML, golden and broken payloads.")
public final class ContractCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "DIR", description = "The folder; made where it is missing.")
    private @Nullable Path folder;

    @Option(
            names = "--publish",
            description = "Renew what this checkout publishes (firmware-contract/published) after the declarations"
                    + " have changed, and the table of refusals in docs/reference/errors.md.")
    private boolean publish;

    @Option(names = "--root", hidden = true, description = "The checkout.")
    private Path root = Path.of(System.getProperty("dolbom.root", "."));

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// Made by the command line.
    public ContractCommand() {}

    @Override
    public Integer call() {
        if (publish == (folder != null)) {
            throw new ParameterException(spec.commandLine(), "Say either a folder or --publish");
        }
        Path target = folder != null ? folder : root.resolve("firmware-contract/published/v" + Contract.MAJOR);
        try {
            if (folder != null) {
                write(target, PublishedContract.listAll());
                return 0;
            }
            return renew(target);
        } catch (IOException e) {
            spec.commandLine().getErr().println("Cannot write the contract into " + target + ": " + e);
            return 1;
        }
    }

    private int renew(Path target) throws IOException {
        List<String> breaks = PublishedContract.listBreaks(read(target));
        if (!breaks.isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("Nothing is written: devices that follow the published contract would break.");
            breaks.forEach(each -> err.println("  " + each));
            err.println("Change it additively, or make a new major version: Contract.MAJOR, and with it the topics.");
            return 1;
        }
        write(target, PublishedContract.listGenerated());
        Path errors = root.resolve("docs/reference/errors.md");
        Files.writeString(errors, PublishedContract.renewErrors(Files.readString(errors)));
        spec.commandLine().getOut().println(errors);
        return 0;
    }

    private void write(Path target, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> each : files.entrySet()) {
            Path file = target.resolve(each.getKey());
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(file, each.getValue());
            spec.commandLine().getOut().println(file);
        }
    }

    private static Map<String, String> read(Path published) throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (Files.isDirectory(published)) {
            try (Stream<Path> paths = Files.walk(published)) {
                for (Path path : paths.filter(Files::isRegularFile).toList()) {
                    files.put(published.relativize(path).toString().replace('\\', '/'), Files.readString(path));
                }
            }
        }
        return files;
    }
}
