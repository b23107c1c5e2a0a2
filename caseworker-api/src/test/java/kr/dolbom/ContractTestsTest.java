package kr.dolbom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kr.dolbom.contract.rule.Requirement;
import kr.dolbom.contract.rule.Requirements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/// Every requirement of the firmware contract names its tests; here, in the module that is built last, the compiled
/// tests of all modules are there to look them up.
class ContractTestsTest {
    private final Map<String, List<Path>> filesByTest = new HashMap<>();

    @Test
    void everyTestThatARequirementNamesIsThere() throws Exception {
        List<String> missing = new ArrayList<>();
        for (Requirement requirement : Requirements.listAll()) {
            for (String test : requirement.tests()) {
                if (!exists(test)) {
                    missing.add(requirement.id() + " names " + test);
                }
            }
        }
        assertEquals(List.of(), missing, "tests that do not exist, or whose class is there twice in its module");
    }

    /// @param test `module:Class#method`
    private boolean exists(String test) throws Exception {
        String module = test.substring(0, test.indexOf(':'));
        String name = test.substring(test.indexOf(':') + 1, test.indexOf('#'));
        String method = test.substring(test.indexOf('#') + 1);
        String key = module + ":" + name;
        if (!filesByTest.containsKey(key)) {
            filesByTest.put(key, find(Path.of("..", module, "target", "test-classes"), name + ".class"));
        }
        List<Path> files = filesByTest.get(key);
        return files.size() == 1
                && new ClassFileImporter()
                        .importPaths(files).stream()
                                .map(JavaClass::getMethods)
                                .flatMap(methods -> methods.stream())
                                .anyMatch(each -> each.getName().equals(method) && isTest(each));
    }

    private static boolean isTest(JavaMethod method) {
        return method.isAnnotatedWith(Test.class) || method.isAnnotatedWith(ParameterizedTest.class);
    }

    private static List<Path> find(Path folder, String file) throws Exception {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.getFileName().toString().equals(file))
                    .toList();
        }
    }
}
