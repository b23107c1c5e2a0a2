package kr.dolbom.sim.live;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class HomeAndDevicePackagesTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("kr.dolbom.sim.home", "kr.dolbom.sim.device", "kr.dolbom.sim.live");

    @Test
    void aHomeKnowsNoDevice() {
        noClasses()
                .that()
                .resideInAPackage("kr.dolbom.sim.home")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kr.dolbom.sim.device", "kr.dolbom.sim.live", "org.eclipse.paho..")
                .check(classes);
    }

    @Test
    void aDeviceKnowsNeitherThePlayerNorThePhones() {
        noClasses()
                .that()
                .resideInAPackage("kr.dolbom.sim.device")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kr.dolbom.sim.live", "kr.dolbom.sim.phone..", "picocli..")
                .check(classes);
    }
}
