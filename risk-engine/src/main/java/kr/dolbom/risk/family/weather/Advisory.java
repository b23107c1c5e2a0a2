package kr.dolbom.risk.family.weather;

import java.time.Instant;

/// A weather advisory for a district: one row of `weather_advisory`.
///
/// @param kind of what
/// @param startsAt inclusive
/// @param endsAt exclusive
public record Advisory(Kind kind, Instant startsAt, Instant endsAt) {
    /// @throws IllegalArgumentException where it ends before it starts
    public Advisory {
        if (!endsAt.isAfter(startsAt)) {
            throw new IllegalArgumentException(
                    "advisory ends at %s, that must be after its start at %s".formatted(endsAt, startsAt));
        }
    }

    boolean isInForce(Instant now) {
        return !now.isBefore(startsAt) && now.isBefore(endsAt);
    }

    /// What is warned of.
    public enum Kind {
        /// Heat wave (폭염).
        HEAT_WAVE("heat-wave"),
        /// Cold wave (한파).
        COLD_WAVE("cold-wave");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /// As the database has it.
        public String id() {
            return id;
        }

        /// The kind that the database has under this name.
        ///
        /// @throws IllegalArgumentException where there is none
        public static Kind getById(String id) {
            for (Kind kind : values()) {
                if (kind.id.equals(id)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("'%s' is no kind of weather advisory".formatted(id));
        }
    }
}
