package kr.dolbom.caseworker.intake;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kr.dolbom.caseworker.registry.Residents;

/// The residents of an office, by name and year of birth, as files name them.
final class Homes {
    private final Map<String, List<Residents.Known>> byName = new HashMap<>();

    /// @param residents those who are looked after
    Homes(List<Residents.Known> residents) {
        residents.forEach(resident -> byName.computeIfAbsent(
                        key(resident.entry().name(), resident.entry().birthYear()), key -> new ArrayList<>())
                .add(resident));
    }

    static Homes of(Connection connection, int officeNo) {
        return new Homes(list(connection, officeNo));
    }

    /// Those who are looked after.
    static List<Residents.Known> list(Connection connection, int officeNo) {
        return Residents.list(connection, officeNo).stream()
                .filter(resident -> resident.leftAt() == null)
                .toList();
    }

    static String key(String name, int birthYear) {
        return name + " " + birthYear;
    }

    /// All with this name and year.
    List<Residents.Known> list(String name, int birthYear) {
        return byName.getOrDefault(key(name, birthYear), List.of());
    }

    /// The resident of a guardian or a device; of several with the same name and year the one who lives at this
    /// address.
    Optional<Residents.Known> find(Reading row, String name, int birthYear) {
        String address = row.raw("address");
        List<Residents.Known> known = list(name, birthYear);
        List<Residents.Known> there = address.isEmpty()
                ? known
                : known.stream()
                        .filter(resident -> resident.entry().address().equals(address))
                        .toList();
        if (there.isEmpty()) {
            row.fault("resident", known.isEmpty() ? "resident" : "resident-address", name);
        } else if (there.size() > 1) {
            row.fault("resident", "resident-several", name);
        }
        return there.size() == 1 ? Optional.of(there.getFirst()) : Optional.empty();
    }
}
