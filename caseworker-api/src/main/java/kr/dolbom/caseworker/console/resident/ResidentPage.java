package kr.dolbom.caseworker.console.resident;

import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.console.people.Form;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.words.When;
import kr.dolbom.caseworker.words.Words;

/// What stands on the page of a resident, in words.
///
/// @param frame what is around it
/// @param id the public id
/// @param name their name
/// @param age with the year of birth
/// @param notice what came of a form just now
/// @param now how they are now
/// @param phone how they are called
/// @param guardians those who may be called first
/// @param open alerts that are open
/// @param history the other ones, newest first
/// @param heat thirty days by the hour
/// @param counted up to when that was counted; empty: not yet
/// @param score the score's chart
/// @param charts the other charts
/// @param table all charts as a table
/// @param rules what the robot may say
/// @param mode the mode that runs or null, and those of before
/// @param agreements what was agreed
/// @param may what this viewer may do
public record ResidentPage(
        Frame frame,
        String id,
        String name,
        String age,
        String neighbourhood,
        String address,
        String caseworker,
        Notice notice,
        Now now,
        Contact phone,
        List<Contact> guardians,
        List<Alert> open,
        List<Alert> history,
        HeatMap heat,
        String counted,
        Chart score,
        List<Chart> charts,
        List<HeatMap.Line> table,
        List<Device> devices,
        List<Note> notes,
        Modes mode,
        Agreements agreements,
        Rules rules,
        Spoken spoken,
        CheckIns checkIns,
        List<String> tasks,
        May may) {

    /// What came of a form just now.
    ///
    /// @param part of the page that it belongs to
    /// @param text what was done; empty for nothing
    /// @param form what was typed and refused; empty for nothing
    public record Notice(String part, String text, Form form) {
        static final Notice NONE = new Notice("", "", Form.of(Map.of()));

        /// Something was done.
        ///
        /// @param what the end of one of the texts `resident.notice.…`
        static Notice done(String what, Words words) {
            String part = switch (what) {
                case "note-added" -> "notes";
                case "mode-set", "mode-ended" -> "mode";
                case "consent-changed" -> "consent";
                case "rules-changed" -> "robot";
                default -> "speak";
            };
            return new Notice(part, words.text("resident.notice." + what), NONE.form());
        }

        /// It was not, and the form comes back.
        static Notice refused(String part, Form form) {
            return new Notice(part, "", form);
        }
    }

    /// What was typed into a part of the page and refused; empty for nothing.
    public Form form(String part) {
        return notice.part().equals(part) ? notice.form() : Notice.NONE.form();
    }

    /// The same of one agreement.
    public Form form(Agreement agreement) {
        Form typed = form("consent");
        return typed.value("consent").equals(agreement.consent())
                        && typed.value("guardian").equals(agreement.guardian())
                ? typed
                : Notice.NONE.form();
    }

    /// What was done just now in a part of the page; empty for nothing.
    public String notice(String part) {
        return notice.part().equals(part) ? notice.text() : "";
    }

    /// In which language.
    public Words words() {
        return frame.words();
    }

    /// How they are now.
    ///
    /// @param sight the state of visibility, `home` and so on
    /// @param sightWord that in words
    /// @param sightDetail since when, or what to do
    /// @param score 0 to 100; empty: the home is not judged now
    /// @param unjudged why it is not, a sentence; empty: it is judged
    /// @param reasons why it is so, sentences
    /// @param lastSeen when they were seen last; empty: not known
    /// @param mode the mode that runs, in words; empty for none
    /// @param asOf when all this was read
    public record Now(
            String sight,
            String sightWord,
            String sightDetail,
            String score,
            String unjudged,
            List<String> reasons,
            String lastSeen,
            String mode,
            When asOf) {}

    /// Somebody with a telephone.
    ///
    /// @param name who
    /// @param detail who they are to the resident
    /// @param phone E.164; empty for none
    /// @param phoneText for people
    /// @param party what click-to-call is told
    /// @param isOpen whether they may be called
    public record Contact(String name, String detail, String phone, String phoneText, String party, boolean isOpen) {}

    /// An alert.
    public record Alert(
            String alertId, String tier, String tierWord, String reason, When raised, String outcome, String drill) {}

    /// A device.
    public record Device(
            String id,
            String make,
            String presence,
            boolean connected,
            String since,
            String battery,
            boolean isLow,
            String firmware) {}

    /// A note.
    public record Note(String id, String text, String by, When at) {}

    /// A mode.
    public record Mode(String word, String span, String by, String reason) {}

    /// Modes.
    ///
    /// @param running whether one runs
    /// @param earliest of an end, for the form: `2026-11-22T14:05`
    /// @param usual an end to begin with
    /// @param latest of an end
    public record Modes(boolean running, List<Mode> list, String earliest, String usual, String latest) {}

    /// Something that may be agreed to.
    ///
    /// @param consent `transcript`, `check-in-call` or `guardian`
    /// @param guardian the guardian's public id; empty for the others
    /// @param id of its fields on the page
    public record Agreement(String consent, String guardian, String id, String word, boolean given, String state) {}

    /// What was agreed, and how that came.
    public record Agreements(List<Agreement> list, List<String> history) {}

    /// What the robot may say.
    public record Rules(
            String spokenName,
            String answerSeconds,
            String usualSeconds,
            String quietBegins,
            String quietEnds,
            String questions) {}

    /// What the robot was to say.
    ///
    /// @param isOnItsWay whether one is still under way, so that the page looks again
    public record Spoken(Frame frame, String id, List<Line> lines, boolean isOnItsWay) {
        /// By which the page asks whether anything is new.
        public String seen() {
            return Integer.toHexString(lines.stream()
                    .map(line -> line.at().iso() + line.state())
                    .toList()
                    .hashCode());
        }

        /// One sentence.
        public record Line(String text, String by, When at, String state, boolean failed) {}
    }

    /// How they were asked.
    ///
    /// @param plan when they are asked
    public record CheckIns(String plan, List<String> lines) {}

    /// What a viewer may do.
    ///
    /// @param act write notes, set modes and what the robot may say
    /// @param speak through the robot, and call
    /// @param agree change what was agreed
    public record May(boolean act, boolean speak, boolean agree) {}
}
