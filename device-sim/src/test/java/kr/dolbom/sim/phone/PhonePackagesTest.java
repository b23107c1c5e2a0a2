package kr.dolbom.sim.phone;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PhonePackagesTest {
    private static final String HERE = "kr.dolbom.sim.phone";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HERE);

    @Test
    void eachPackageKnowsOnlyThoseItIsBuiltOn() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(HERE + "..")
                .layer("simulator")
                .definedBy(HERE)
                .layer("page")
                .definedBy(HERE + ".page")
                .layer("rest")
                .definedBy(HERE + ".rest")
                .layer("alimtalk")
                .definedBy(HERE + ".alimtalk")
                .layer("push")
                .definedBy(HERE + ".push")
                .layer("line")
                .definedBy(HERE + ".line")
                .layer("twiml")
                .definedBy(HERE + ".twiml")
                .layer("http")
                .definedBy(HERE + ".http")
                .whereLayer("simulator")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("page")
                .mayOnlyBeAccessedByLayers("simulator")
                .whereLayer("rest")
                .mayOnlyBeAccessedByLayers("simulator", "page")
                .whereLayer("line")
                .mayOnlyBeAccessedByLayers("simulator", "page", "rest", "alimtalk", "push")
                .whereLayer("alimtalk")
                .mayOnlyBeAccessedByLayers("simulator", "page")
                .whereLayer("push")
                .mayOnlyBeAccessedByLayers("simulator", "page")
                .whereLayer("twiml")
                .mayOnlyBeAccessedByLayers("line")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("simulator", "page", "rest", "alimtalk", "push")
                .check(classes);
    }
}
