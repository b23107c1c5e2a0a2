package kr.dolbom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.dolbom.contract.rule.Requirement;
import kr.dolbom.contract.rule.Requirements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/// Every requirement of the firmware contract names its tests; here, in the module that is built last, the compiled
/// tests of all modules are there to look them up.
class ContractTestsTest {
    private static final Set<String> ANNOTATIONS =
            Set.of(Test.class.descriptorString(), ParameterizedTest.class.descriptorString());

    private final Map<String, Set<String>> methodsByTest = new HashMap<>();

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
    private boolean exists(String test) throws IOException {
        String module = test.substring(0, test.indexOf(':'));
        String name = test.substring(test.indexOf(':') + 1, test.indexOf('#'));
        String method = test.substring(test.indexOf('#') + 1);
        String key = module + ":" + name;
        if (!methodsByTest.containsKey(key)) {
            methodsByTest.put(key, listTests(Path.of("..", module, "target", "test-classes"), name + ".class"));
        }
        return methodsByTest.get(key).contains(method);
    }

    /// The test methods of the one class file of this name; none where there are two.
    private static Set<String> listTests(Path folder, String file) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> found = paths.filter(path -> path.endsWith(file)).toList();
            return found.size() == 1
                    ? ClassFile.of().parse(found.getFirst()).methods().stream()
                            .filter(ContractTestsTest::isTest)
                            .map(method -> method.methodName().stringValue())
                            .collect(Collectors.toSet())
                    : Set.of();
        }
    }

    private static boolean isTest(MethodModel method) {
        return method.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(annotations -> annotations.annotations().stream())
                .anyMatch(annotation ->
                        ANNOTATIONS.contains(annotation.className().stringValue()));
    }
}
