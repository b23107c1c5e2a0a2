package kr.dolbom.risk.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Many homes that are silent together, named by their group and by when it began.
///
/// @param scope `all`, `district` or `vendor`
/// @param officeNo whose district it is; null where it is none
/// @param name of the district or the vendor; empty: all homes
/// @param beganAt when
public record Incident(String scope, @Nullable Integer officeNo, String name, Instant beganAt) {
    /// @throws IllegalArgumentException where office and name do not fit the scope
    public Incident {
        if (scope.equals("district") != (officeNo != null) || scope.equals("all") != name.isEmpty()) {
            throw new IllegalArgumentException(
                    "scope '%s', officeNo %s, name '%s': expected an office for a district alone, and a name for all scopes but 'all'"
                            .formatted(scope, officeNo, name));
        }
    }
}
