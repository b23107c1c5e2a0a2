package kr.dolbom;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The borders between modules that ARCHITECTURE.md draws, over the compiled main classes of all of them. It stands in
/// the module that is built last.
class ModuleBordersTest {
    private static final String CONTRACT = "kr.dolbom.contract..";
    private static final String DATABASE = "kr.dolbom.db..";
    private static final String BROKER = "kr.dolbom.broker..";
    private static final String RISK = "kr.dolbom.risk..";
    private static final String CASEWORKER = "kr.dolbom.caseworker..";
    private static final String SIMULATION = "kr.dolbom.sim..";

    private static JavaClasses all;

    @BeforeAll
    static void read() {
        List<Path> folders = List.of(
                        "firmware-contract", "care-db", "broker-ext", "risk-engine", "caseworker-api", "device-sim")
                .stream()
                .map(module -> Path.of("..", module, "target", "classes"))
                .toList();
        for (Path folder : folders) {
            assertTrue(Files.isDirectory(folder), folder + " is missing; build all modules: ./dolbom test");
        }
        all = new ClassFileImporter().importPaths(folders);
    }

    @Test
    void theContractKnowsNoneOfUs() {
        noClasses()
                .that()
                .resideInAPackage(CONTRACT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DATABASE, BROKER, RISK, CASEWORKER, SIMULATION)
                .check(all);
    }

    @Test
    void theDatabaseKnowsNoneOfUs() {
        noClasses()
                .that()
                .resideInAPackage(DATABASE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CONTRACT, BROKER, RISK, CASEWORKER, SIMULATION)
                .check(all);
    }

    @Test
    void noApplicationModuleKnowsAnother() {
        keepsAwayFrom(BROKER, RISK, CASEWORKER, SIMULATION);
        keepsAwayFrom(RISK, BROKER, CASEWORKER, SIMULATION);
        keepsAwayFrom(CASEWORKER, BROKER, RISK, SIMULATION);
        keepsAwayFrom(SIMULATION, BROKER, RISK, CASEWORKER, DATABASE);
    }

    @Test
    void theFixtureOfTestsIsUsedInTestsAlone() {
        noClasses()
                .that()
                .resideInAnyPackage(BROKER, RISK, CASEWORKER, SIMULATION)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("kr.dolbom.db.fixture..")
                .check(all);
    }

    @Test
    void onlyTheResponseSideKnowsTwilio() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CASEWORKER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.twilio..")
                .check(all);
    }

    @Test
    void onlyTheBrokerKnowsHiveMq() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BROKER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.hivemq..")
                .check(all);
    }

    private static void keepsAwayFrom(String module, String... others) {
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(all);
    }
}
