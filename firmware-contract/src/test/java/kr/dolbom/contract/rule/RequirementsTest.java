package kr.dolbom.contract.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.dolbom.contract.Reason;
import org.junit.jupiter.api.Test;

class RequirementsTest {
    private static final Pattern ID = Pattern.compile("DC-[A-Z]{3}-[0-9]{3}");
    private static final Pattern TEST = Pattern.compile("[a-z-]+:[A-Z][A-Za-z0-9]*Test#[a-z][A-Za-z0-9]*");
    private static final List<Requirement> ALL = Requirements.listAll();

    @Test
    void everyIdIsWellFormedOfAKnownAreaAndThereOnce() {
        Set<String> seen = new HashSet<>();
        for (Requirement requirement : ALL) {
            assertTrue(ID.matcher(requirement.id()).matches(), requirement.id());
            Area.valueOf(requirement.area());
            assertTrue(seen.add(requirement.id()), requirement.id() + " is there twice");
        }
    }

    @Test
    void noDeclarationIsLostOnTheWayToTheList() {
        long declared = Stream.of(ConnectionRules.ALL, CredentialRules.ALL, MessageRules.ALL)
                .mapToLong(List::size)
                .sum();
        assertTrue(ALL.size() > declared);
        assertTrue(ALL.containsAll(ConnectionRules.ALL));
        assertTrue(ALL.containsAll(CredentialRules.ALL));
        assertTrue(ALL.containsAll(MessageRules.ALL));
    }

    @Test
    void everySentenceHasItsLevelInIt() {
        for (Requirement requirement : ALL) {
            assertTrue(requirement.sentence().contains(requirement.level().name()), requirement.id());
            assertTrue(requirement.sentence().endsWith("."), requirement.id());
        }
    }

    @Test
    void everyRequirementNamesItsTests() {
        for (Requirement requirement : ALL) {
            assertFalse(requirement.tests().isEmpty(), requirement.id() + " names no test");
            for (String test : requirement.tests()) {
                assertTrue(TEST.matcher(test).matches(), requirement.id() + ": " + test);
            }
        }
    }

    @Test
    void everyReasonThatIsOneRequirementNamesOneThatExists() {
        Set<String> ids = ALL.stream().map(Requirement::id).collect(Collectors.toSet());
        assertEquals(
                Set.of(),
                Stream.of(Reason.values())
                        .map(Reason::requirement)
                        .filter(Objects::nonNull)
                        .filter(id -> !ids.contains(id))
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyAreaHasARequirement() {
        for (Area area : Area.values()) {
            assertTrue(ALL.stream().anyMatch(each -> each.area().equals(area.code())), area.code());
        }
    }
}
