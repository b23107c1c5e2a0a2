package kr.dolbom.risk.family;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// What the descriptions of the families and of fusion promise.
@AnalyzeClasses(packages = "kr.dolbom.risk", importOptions = ImportOption.DoNotIncludeTests.class)
class FamilyBordersTest {
    @ArchTest
    static final ArchRule familiesAndFusionArePure = classes()
            .that()
            .resideInAnyPackage("kr.dolbom.risk.family..", "kr.dolbom.risk.fusion..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "kr.dolbom.risk.family..",
                    "kr.dolbom.risk.fusion..",
                    "kr.dolbom.risk.alert..",
                    "kr.dolbom.risk.reason..",
                    "kr.dolbom.contract.telemetry",
                    "kr.dolbom.contract.json",
                    "java.io..",
                    "java.lang..",
                    "java.util..",
                    "java.time..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule familiesDoNotKnowEachOther =
            slices().matching("kr.dolbom.risk.family.(*)..").should().beFreeOfCycles();
}
