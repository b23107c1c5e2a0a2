package kr.dolbom.sim.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import kr.dolbom.contract.command.CommandKind;
import kr.dolbom.contract.telemetry.TelemetryKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SchemasCommandTest {
    @TempDir
    Path folder;

    @Test
    void everyKindGetsAFile() throws Exception {
        Path target = folder.resolve("new/schemas");

        assertEquals(0, new CommandLine(new SchemasCommand()).execute(target.toString()));

        try (Stream<Path> files = Files.list(target)) {
            assertEquals(TelemetryKind.values().length + CommandKind.values().length + 1, files.count());
        }
        var emergency = new ObjectMapper()
                .readTree(target.resolve("telemetry.emergency.schema.json").toFile());
        assertEquals(
                "https://json-schema.org/draft/2020-12/schema",
                emergency.path("$schema").asText());
        assertTrue(emergency
                .at("/properties/data/properties/trigger/enum")
                .toString()
                .contains("sos-voice"));
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path taken = Files.writeString(folder.resolve("taken"), "a file");
        StringWriter errors = new StringWriter();

        int code = new CommandLine(new SchemasCommand())
                .setErr(new PrintWriter(errors, true))
                .execute(taken.toString());

        assertEquals(1, code);
        assertTrue(errors.toString().contains("Cannot write the schemas into " + taken), errors.toString());
    }
}
