package kr.dolbom.contract.rule;

import java.util.List;

/// One sentence of the contract.
///
/// @param id stable: `DC-CON-005`; a requirement that goes takes its id with it
/// @param level how binding it is
/// @param sentence plain English, with the level's word in it
/// @param tests what checks it, each as `module:Class#method`
public record Requirement(String id, Level level, String sentence, List<String> tests) {
    /// Copies the tests.
    public Requirement {
        tests = List.copyOf(tests);
    }

    static Requirement must(String id, String sentence, String... tests) {
        return new Requirement(id, Level.MUST, sentence, List.of(tests));
    }

    static Requirement should(String id, String sentence, String... tests) {
        return new Requirement(id, Level.SHOULD, sentence, List.of(tests));
    }

    /// The area: `CON` of `DC-CON-005`.
    public String area() {
        return id.substring(3, 6);
    }
}
