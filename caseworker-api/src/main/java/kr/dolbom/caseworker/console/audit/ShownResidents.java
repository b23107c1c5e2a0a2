package kr.dolbom.caseworker.console.audit;

import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.registry.NamePart;
import kr.dolbom.caseworker.registry.ResidentNames;
import kr.dolbom.caseworker.registry.ResidentNames.Named;
import org.jspecify.annotations.Nullable;

/// The residents of whom the log tells a viewer. Auditors see nobody's name.
final class ShownResidents {
    private static final int MOST_CANDIDATES = 20;

    private final Map<UUID, Named> known;
    private final boolean areNamed;

    private ShownResidents(Map<UUID, Named> known, boolean areNamed) {
        this.known = known;
        this.areNamed = areNamed;
    }

    /// Whether a viewer may see residents by name.
    static boolean mayBeNamed(Viewer viewer) {
        return !viewer.account().role().equals(Role.AUDITOR);
    }

    /// Those of these, null aside, whom the viewer may see; it is noted of each whose name is
    /// shown.
    static ShownResidents of(Connection connection, Viewer viewer, Stream<@Nullable UUID> residentIds) {
        var shown = new ShownResidents(
                ResidentNames.among(
                        connection,
                        viewer.officeNo(),
                        residentIds.filter(Objects::nonNull).toList()),
                mayBeNamed(viewer));
        if (shown.areNamed) {
            note(connection, viewer, shown.known.values());
        }
        return shown;
    }

    /// Whom a name may mean, at most 20; nobody for a viewer who may not see names.
    static List<Named> candidates(Connection connection, Viewer viewer, String name) {
        NamePart wanted = NamePart.of(name);
        if (wanted.isEmpty() || !mayBeNamed(viewer)) {
            return List.of();
        }
        return ResidentNames.list(connection, viewer.officeNo()).stream()
                .filter(resident -> wanted.fits(resident.name()))
                .limit(MOST_CANDIDATES)
                .toList();
    }

    private static void note(Connection connection, Viewer viewer, Collection<Named> residents) {
        AuditLog.write(
                connection,
                viewer.actor(),
                "audit-read",
                residents.stream().map(Named::number).toList());
    }

    /// Whether this one is there for the viewer.
    boolean has(UUID residentId) {
        return known.containsKey(residentId);
    }

    /// The name; empty where there is none to be seen.
    String name(@Nullable UUID residentId) {
        Named resident = residentId == null ? null : known.get(residentId);
        return areNamed && resident != null ? resident.name() : "";
    }

    /// The name, or the public id where that may not be seen; empty for nobody.
    String who(@Nullable UUID residentId) {
        String name = name(residentId);
        return name.isEmpty() ? Objects.toString(residentId, "") : name;
    }
}
