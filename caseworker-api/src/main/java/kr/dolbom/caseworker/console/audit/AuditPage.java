package kr.dolbom.caseworker.console.audit;

import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.words.Words;

/// What stands on the page of the audit log.
///
/// @param frame what is around it
/// @param maySeeNames whether residents are shown by name
/// @param form what is looked for, as the form has it
/// @param accounts to choose from
/// @param actions to choose from, with what they mean
/// @param candidates residents whom a searched name may mean
/// @param searched the name that was searched for; empty for none
/// @param about whom it is about, in words; empty for everything
/// @param missing what has to be said before there is an answer, as a key of words; empty for nothing
/// @param refusal why a download was refused, in words; empty for nothing
/// @param rows what was found
/// @param older the number before which older ones are; empty: there are none
public record AuditPage(
        Frame frame,
        boolean maySeeNames,
        Map<String, String> form,
        List<String> accounts,
        List<Choice> actions,
        List<Choice> candidates,
        String searched,
        String about,
        String missing,
        String refusal,
        List<Row> rows,
        String older) {

    /// In which language.
    public Words words() {
        return frame.words();
    }

    /// Whether the viewer may have the whole log checked.
    public boolean mayCheck() {
        return !frame.role().equals(Role.SUPERVISOR);
    }

    /// A field of the form.
    public String field(String name) {
        return form.getOrDefault(name, "");
    }

    /// Something to choose.
    ///
    /// @param value as forms name it
    /// @param text in words
    public record Choice(String value, String text) {}

    /// An entry, or several counted together.
    ///
    /// @param at when, or when last
    /// @param actor who; empty where they are counted together
    /// @param action what, or how often
    /// @param resident whom; empty for nobody
    /// @param residentId the public id; empty for nobody
    /// @param address from where; empty where they are counted together
    /// @param detail what else is known
    public record Row(
            String at,
            String actor,
            String action,
            String resident,
            String residentId,
            String address,
            String detail) {}

    /// A month's review.
    ///
    /// @param frame what is around it
    /// @param month such as `2026-11`
    /// @param monthName in words
    /// @param months to choose from
    /// @param rows one for each account
    /// @param signatures who signed it off, with what they said
    /// @param isOver whether the month is
    /// @param maySign whether the viewer may sign it off, and nobody has
    public record Review(
            Frame frame,
            String month,
            String monthName,
            List<Choice> months,
            List<Reviewed> rows,
            List<String> signatures,
            boolean isOver,
            boolean maySign) {
        /// In which language.
        public Words words() {
            return frame.words();
        }
    }

    /// What one account did.
    ///
    /// @param actor the login
    /// @param role in words
    /// @param views looks at residents
    /// @param exports what was taken away
    /// @param residents at how many it looked
    /// @param outside of them those who are another's
    /// @param night looks by night
    public record Reviewed(String actor, String role, int views, int exports, int residents, int outside, int night) {}
}
