package kr.dolbom.caseworker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "kr.dolbom.caseworker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("kr.dolbom.caseworker.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule twilioIsKnownToItsOwnPackageAlone = noClasses()
            .that()
            .resideOutsideOfPackage("kr.dolbom.caseworker.twilio")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.twilio..");

    @ArchTest
    static final ArchRule webPushIsKnownToItsOwnPackageAlone = noClasses()
            .that()
            .resideOutsideOfPackage("kr.dolbom.caseworker.push")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.zerodeplibs..");

    @ArchTest
    static final ArchRule noOtherProgramIsUsed = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kr.dolbom.risk..", "kr.dolbom.broker..", "kr.dolbom.sim..");
}
