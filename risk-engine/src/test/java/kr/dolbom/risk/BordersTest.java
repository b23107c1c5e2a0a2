package kr.dolbom.risk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// What the packages' descriptions promise.
@AnalyzeClasses(packages = "kr.dolbom.risk", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
    @ArchTest
    static final ArchRule theModelIsPure = classes()
            .that()
            .resideInAPackage("..silence..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "kr.dolbom.risk.silence",
                    "kr.dolbom.contract.telemetry",
                    "java.io..",
                    "java.lang..",
                    "java.io..",
                    "java.util..",
                    "java.time..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule sentencesKnowNoDatabase = noClasses()
            .that()
            .resideInAPackage("..reason..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule noPackageNeedsItselfAgain =
            slices().matching("kr.dolbom.risk.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noOtherProgram = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kr.dolbom.broker..", "kr.dolbom.caseworker..", "kr.dolbom.sim..");
}
