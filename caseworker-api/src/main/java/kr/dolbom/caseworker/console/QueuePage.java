package kr.dolbom.caseworker.console;

import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.words.When;
import org.jspecify.annotations.Nullable;

/// The list of open alerts.
///
/// @param frame what is around it
/// @param version the board's name, from which the page goes on
/// @param me the public id of the caseworker who looks; empty for others
/// @param filter what is shown of it
/// @param offices whose alerts can be chosen; empty where there is one only
/// @param rows the alerts as HTML, in order; those that the filter leaves out are hidden
/// @param shown how many are not hidden
/// @param open how many there are
/// @param more that there are others which are not shown, in words; empty: there are none
/// @param watched proof of life for an empty list
public record QueuePage(
        Frame frame,
        String version,
        String me,
        Filter filter,
        List<Office> offices,
        List<String> rows,
        int shown,
        int open,
        String more,
        Watched watched) {

    /// An office to choose.
    ///
    /// @param id the public id
    /// @param name the short name
    public record Office(String id, String name) {}

    /// What is shown of the list.
    ///
    /// @param who `todo` (what nobody has, and what the viewer has), `mine` or `all`
    /// @param tier one tier; empty for all
    /// @param office the public id of one office; empty for all
    public record Filter(String who, String tier, String office) {
        private static final List<String> WHO = List.of("todo", "mine", "all");

        /// What was asked for; what cannot be is left out.
        static Filter of(String who, String tier, String office) {
            return new Filter(
                    WHO.contains(who) ? who : "todo",
                    Tier.find(tier).map(Tier::word).orElse(""),
                    office.matches("[0-9a-fA-F-]{36}") ? office : "");
        }

        /// The words to choose from.
        public List<String> everyWho() {
            return WHO;
        }

        boolean shows(OpenAlert open, @Nullable UUID me) {
            var owner = open.alert().acknowledgedBy();
            boolean isMine = owner != null && owner.id().equals(me);
            boolean isWanted = switch (who) {
                case "mine" -> isMine;
                case "all" -> true;
                default -> owner == null || isMine;
            };
            return isWanted
                    && (tier.isEmpty() || open.alert().tier().word().equals(tier))
                    && (office.isEmpty() || open.officeId().toString().equals(office));
        }
    }

    /// One alert.
    ///
    /// @param alertId the public id
    /// @param tier `critical`, `urgent`, `check-in` or `review`
    /// @param tierWord that in words
    /// @param drill the word for an exercise; empty for a real alert
    /// @param who name, age and neighbourhood
    /// @param name the name alone
    /// @param office the public id of the office
    /// @param officeName its short name; empty where the viewer has one only
    /// @param owner the public id of whoever has it; empty for nobody
    /// @param reason the one sentence
    /// @param raised when
    /// @param raisedMinute the same as a time of day
    /// @param progress what has happened so far
    /// @param call the call that goes on; null for none
    /// @param take the button's word; empty where it is not there
    public record Row(
            String alertId,
            String tier,
            String tierWord,
            String drill,
            String who,
            String name,
            String office,
            String officeName,
            String owner,
            String reason,
            When raised,
            String raisedMinute,
            String progress,
            @Nullable Call call,
            String take) {}

    /// A call that goes on.
    ///
    /// @param text who is called
    /// @param since since when, for machines
    /// @param length how long that is, minutes and seconds
    public record Call(String text, String since, String length) {}

    /// What is watched.
    ///
    /// @param households how many homes have a connected device, grouped digits
    /// @param lastSignal time of the last sign of life of any device, `-` when there was none
    public record Watched(String households, String lastSignal) {}
}
