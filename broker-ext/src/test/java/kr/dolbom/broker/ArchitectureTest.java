package kr.dolbom.broker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The borders within the module.
@AnalyzeClasses(packages = "kr.dolbom.broker", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_EXTENSION_DOES_NOT_KNOW_ITS_LAUNCHER = noClasses()
            .that()
            .resideOutsideOfPackage("..launcher..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..launcher..", "com.hivemq.embedded..", "com.hivemq.configuration..");

    @ArchTest
    static final ArchRule NO_OTHER_MODULE_BUT_THE_CONTRACT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kr.dolbom.db..", "kr.dolbom.risk..", "kr.dolbom.caseworker..", "kr.dolbom.sim..");

    @ArchTest
    static final ArchRule RULES_KNOW_NO_DATABASE = noClasses()
            .that()
            .resideInAnyPackage("..ingest..", "..presence..")
            .and()
            .haveSimpleNameNotStartingWith("BrokerLife")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.postgresql..");

    @ArchTest
    static final ArchRule THE_DRIVER_IS_KNOWN_TO_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("..database..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.postgresql..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("kr.dolbom.broker.(*)..").should().beFreeOfCycles();
}
