package kr.dolbom.caseworker.response;

import java.sql.Connection;
import java.time.Instant;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.notice.Notices;

/// Tells supervisors of alerts for which nobody is on call, or nobody was reached. All methods work
/// in the caller's transaction.
final class Unreached {
    private Unreached() {}

    /// Raises the notice; of what is urgent they are told at night too. A drill tells nobody.
    ///
    /// @param type [EventType#NOBODY_ON_CALL] or [EventType#NOBODY_REACHED], which name the
    ///     notice's kind
    static void tell(Connection connection, Alert alert, EventType type, Instant now) {
        if (!alert.drill()) {
            Notices.raiseFor(
                    connection,
                    alert.office().officeNo(),
                    type.word(),
                    alert.alertId().toString(),
                    alert.tier().isUrgent() ? now : null,
                    now);
        }
    }

    /// Ends the notices about alerts that somebody has by now, or that are over, whoever has
    /// changed that.
    ///
    /// @return how many
    static int end(Connection connection, Instant now) {
        return Sql.on(connection, """
                        update notice set ended_at = :now
                         where kind in ('nobody-on-call', 'nobody-reached') and ended_at is null
                           and not exists (
                               select from alert
                                where alert_id = case when kind in ('nobody-on-call', 'nobody-reached') then about::uuid end
                                  and state = 'escalating')""").with("now", now).update();
    }
}
