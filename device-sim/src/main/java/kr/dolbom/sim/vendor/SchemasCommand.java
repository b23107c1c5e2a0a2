package kr.dolbom.sim.vendor;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.JsonSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./dolbom schemas`: writes the contract's JSON Schemas into a folder.
@Command(
        name = "schemas",
        mixinStandardHelpOptions = true,
        description = "Writes the JSON Schema 2020-12 of every kind of message into a folder, one file each.")
public final class SchemasCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "The folder; made where it is missing.")
    private Path folder = Path.of(".");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// Made by the command line.
    public SchemasCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Files.createDirectories(folder);
            for (JsonSchema schema : Contract.schemas()) {
                Path file = folder.resolve(schema.name() + ".schema.json");
                Files.writeString(file, schema.json());
                out.println(file);
            }
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("Cannot write the schemas into " + folder + ": " + e);
            return 1;
        }
    }
}
