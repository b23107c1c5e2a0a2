package kr.dolbom.sim.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import kr.dolbom.contract.MessageKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ContractCommandTest {
    private final StringWriter errors = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void layOutACheckout() throws Exception {
        Files.createDirectories(folder.resolve("docs/reference"));
        Files.writeString(
                folder.resolve("docs/reference/errors.md"),
                "# Before\n<!-- made from the contract: ./dolbom contract --publish -->\nold\n<!-- end -->\nafter\n");
    }

    @Test
    void aVendorGetsEverythingInOneFolder() throws Exception {
        Path target = folder.resolve("new/contract");

        assertEquals(0, execute(target.toString()));

        for (MessageKind kind : MessageKind.listAll()) {
            assertTrue(Files.exists(target.resolve("schemas/" + kind.name() + ".schema.json")), kind.name());
            assertTrue(Files.exists(target.resolve("payloads/" + kind.name() + ".json")), kind.name());
        }
        assertTrue(Files.readString(target.resolve("contract.html")).startsWith("<!doctype html>"));
        assertTrue(Files.readString(target.resolve("contract.md")).startsWith("# Dolbom firmware contract"));
        assertEquals(
                "3.0.0",
                new ObjectMapper()
                        .readTree(target.resolve("asyncapi.json").toFile())
                        .path("asyncapi")
                        .asText());
    }

    @Test
    void publishingRenewsTheCheckout() throws Exception {
        assertEquals(0, execute("--publish", "--root", folder.toString()), errors.toString());

        assertTrue(Files.exists(folder.resolve("firmware-contract/published/v1/asyncapi.json")));
        assertFalse(Files.exists(folder.resolve("firmware-contract/published/v1/contract.html")));
        String page = Files.readString(folder.resolve("docs/reference/errors.md"));
        assertTrue(page.contains("`schema-violation`") && page.endsWith("<!-- end -->\nafter\n"), page);
        assertFalse(page.contains("old"));
    }

    @Test
    void publishingWhatWouldBreakDevicesIsRefusedAndWritesNothing() throws Exception {
        assertEquals(0, execute("--publish", "--root", folder.toString()), errors.toString());
        Path schema = folder.resolve("firmware-contract/published/v1/schemas/telemetry.activity.schema.json");
        String wider = Files.readString(schema).replace("10000", "20000");
        Files.writeString(schema, wider);

        assertEquals(1, execute("--publish", "--root", folder.toString()));

        assertTrue(
                errors.toString().contains("telemetry.activity: data.counts[].count: maximum was 20000 and is 10000"),
                errors.toString());
        assertEquals(wider, Files.readString(schema));
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path taken = Files.writeString(folder.resolve("taken"), "a file");

        assertEquals(1, execute(taken.toString()));

        assertTrue(errors.toString().contains("Cannot write the contract into " + taken), errors.toString());
    }

    @Test
    void oneOfTheTwoMustBeSaid() {
        assertEquals(2, execute());
        assertEquals(2, execute("--publish", folder.toString()));
    }

    private int execute(String... arguments) {
        return new CommandLine(new ContractCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}
