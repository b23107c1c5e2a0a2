package kr.dolbom.caseworker.console.account;

import java.util.List;
import kr.dolbom.caseworker.console.people.Form;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.words.When;
import org.jspecify.annotations.Nullable;

/// The accounts that somebody keeps.
///
/// @param frame what is around it
/// @param notice what came of what was just done; empty for nothing
/// @param first a password that is told once; empty for none
/// @param rows the accounts
/// @param people who has no account yet
/// @param isOperator whether accounts without a person may be added
/// @param offices for an auditor of one office
/// @param person the form of a caseworker's account, with what is to be mended in it
/// @param other the form of any other account
public record AccountsPage(
        Frame frame,
        String notice,
        String first,
        List<Row> rows,
        List<Choice> people,
        boolean isOperator,
        List<Choice> offices,
        Form person,
        Form other) {

    /// An account.
    ///
    /// @param id the public id
    /// @param login the name to sign in with
    /// @param who the person's name; empty for none
    /// @param role in words
    /// @param where office or vendor; empty for neither
    /// @param state what is to be known of it: closed, first password, one-time codes
    /// @param seen when somebody was last signed in; null when that is not known
    /// @param isOpen whether one may sign in with it
    /// @param mayReopen whether it can be opened again; closed for good when its owner has left
    /// @param otherRole the role to change to; empty when there is none
    /// @param makeOther what the button for that says
    /// @param hasCodes whether it has one-time codes
    /// @param isOwn whether it is the viewer's
    public record Row(
            String id,
            String login,
            String who,
            String role,
            String where,
            String state,
            @Nullable When seen,
            boolean isOpen,
            boolean mayReopen,
            String otherRole,
            String makeOther,
            boolean hasCodes,
            boolean isOwn) {}

    /// Something to choose.
    ///
    /// @param id the public id
    /// @param text what is read
    public record Choice(String id, String text) {}
}
