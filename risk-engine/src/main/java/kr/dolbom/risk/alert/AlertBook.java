package kr.dolbom.risk.alert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes outcomes within the caller's transaction. Stateless; safe for use by many threads.
///
/// Born once: the finding's episode is unique, so whoever comes second with the same episode (the feed
/// after the fast lane, an engine after a crash) writes nothing at all. Only who wrote the finding
/// gives birth to an alert, and only where the resident has none open in that family; else the finding
/// joins the open one. Where it is of a higher tier the alert takes that tier and its sentence, told by
/// an event `tier-raised`; another call for help is told by an event `again`. The response side decides
/// what follows.
public final class AlertBook {
    private static final Logger LOG = LoggerFactory.getLogger(AlertBook.class);

    /// Writes all outcomes in order, and then the scores.
    public void write(Connection connection, List<Outcome> outcomes) throws SQLException {
        List<Outcome.Score> scores = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Raise(Finding finding) -> raise(connection, finding);
                case Outcome.Keep(Finding finding) -> keep(connection, finding);
                case Outcome.Retract(int residentNo, Family family) -> retract(connection, residentNo, family);
                case Outcome.Score score -> scores.add(score);
                case Outcome.IncidentBegan began -> SightBook.write(connection, began);
                case Outcome.IncidentEnded ended -> SightBook.write(connection, ended);
                case Outcome.Gap gap -> SightBook.write(connection, gap);
                case Outcome.GapWithdrawn withdrawn -> SightBook.write(connection, withdrawn);
            }
        }
        writeScores(connection, scores);
    }

    private void raise(Connection connection, Finding finding) throws SQLException {
        Optional<UUID> findingId = insert(connection, finding);
        if (findingId.isEmpty()) {
            return;
        }
        // The open alert can be resolved between the two statements, and then there is room for a new one.
        Optional<UUID> alertId = Optional.empty();
        while (alertId.isEmpty()) {
            alertId = insertAlert(connection, finding);
            if (alertId.isPresent()) {
                addEvent(connection, alertId.get(), "raised");
                LOG.info(
                        "Raised an alert alert={} residentNo={} family={} tier={} episode={}",
                        alertId.get(),
                        finding.residentNo(),
                        finding.family().id(),
                        finding.tier().id(),
                        finding.episode());
            } else {
                alertId = findOpenAlert(connection, finding.residentNo(), finding.family());
                if (alertId.isPresent()) {
                    tellThatItJoins(connection, alertId.get(), finding);
                    LOG.info(
                            "Joined a finding to the open alert alert={} residentNo={} family={} tier={} episode={}",
                            alertId.get(),
                            finding.residentNo(),
                            finding.family().id(),
                            finding.tier().id(),
                            finding.episode());
                }
            }
        }
        join(connection, findingId.get(), alertId.get());
    }

    private static void tellThatItJoins(Connection connection, UUID alertId, Finding finding) throws SQLException {
        if (raiseTier(connection, alertId, finding)) {
            addEvent(connection, alertId, "tier-raised");
            return;
        }
        switch (finding.family()) {
            case EMERGENCY, LATE_EMERGENCY -> addEvent(connection, alertId, "again");
            // Nobody asked again; the finding stands with the alert.
            case SILENCE, DEVICE, NIGHT, DECLINE, MEDICATION, MEALS, OUTING, DISTRESS, MOOD, DEVICE_HEALTH -> {}
        }
    }

    private static boolean raiseTier(Connection connection, UUID alertId, Finding finding) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                with tiers as (select array['critical', 'urgent', 'check-in', 'review'] as in_order)
                update alert set tier = ?, reason_ko = ?, reason_en = ?
                  from tiers
                 where alert_id = ? and state <> 'resolved'
                   and array_position(in_order, ?) < array_position(in_order, tier)""")) {
            update.setString(1, finding.tier().id());
            update.setString(2, finding.reason().ko());
            update.setString(3, finding.reason().en());
            update.setObject(4, alertId);
            update.setString(5, finding.tier().id());
            return update.executeUpdate() == 1;
        }
    }

    private static void keep(Connection connection, Finding finding) throws SQLException {
        if (insert(connection, finding).isPresent()) {
            LOG.info(
                    "Kept a finding about the past residentNo={} family={} episode={} moment={}",
                    finding.residentNo(),
                    finding.family().id(),
                    finding.episode(),
                    finding.moment());
        }
    }

    private static Optional<UUID> insert(Connection connection, Finding finding) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into finding (resident_no, family, tier, episode, reason_ko, reason_en, evidence, moment)
                values (?, ?, ?, ?, ?, ?, ?::jsonb, ?)
                on conflict (episode) do nothing
                returning finding_id""")) {
            insert.setInt(1, finding.residentNo());
            insert.setString(2, finding.family().id());
            insert.setString(3, finding.tier().id());
            insert.setString(4, finding.episode());
            insert.setString(5, finding.reason().ko());
            insert.setString(6, finding.reason().en());
            insert.setString(7, finding.evidence());
            insert.setObject(8, finding.moment().atOffset(ZoneOffset.UTC));
            return findId(insert);
        }
    }

    private static Optional<UUID> insertAlert(Connection connection, Finding finding) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into alert (resident_no, family, tier, reason_ko, reason_en, moment)
                values (?, ?, ?, ?, ?, ?)
                on conflict (resident_no, family) where state <> 'resolved' do nothing
                returning alert_id""")) {
            insert.setInt(1, finding.residentNo());
            insert.setString(2, finding.family().id());
            insert.setString(3, finding.tier().id());
            insert.setString(4, finding.reason().ko());
            insert.setString(5, finding.reason().en());
            insert.setObject(6, finding.moment().atOffset(ZoneOffset.UTC));
            return findId(insert);
        }
    }

    private static Optional<UUID> findOpenAlert(Connection connection, int residentNo, Family family)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select alert_id from alert where resident_no = ? and family = ? and state <> 'resolved' for key share""")) {
            select.setInt(1, residentNo);
            select.setString(2, family.id());
            return findId(select);
        }
    }

    private static void join(Connection connection, UUID findingId, UUID alertId) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update finding set alert_id = ? where finding_id = ?")) {
            update.setObject(1, alertId);
            update.setObject(2, findingId);
            update.executeUpdate();
        }
    }

    private static void retract(Connection connection, int residentNo, Family family) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update alert set state = 'resolved', outcome = 'retracted', resolved_at = now()
                where resident_no = ? and family = ? and state = 'raised'
                returning alert_id""")) {
            update.setInt(1, residentNo);
            update.setString(2, family.id());
            Optional<UUID> alertId = findId(update);
            if (alertId.isPresent()) {
                addEvent(connection, alertId.get(), "retracted");
                LOG.info(
                        "Retracted an alert that nobody had acted on alert={} residentNo={} family={}",
                        alertId.get(),
                        residentNo,
                        family.id());
            }
        }
    }

    private static void addEvent(Connection connection, UUID alertId, String type) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into alert_event (alert_id, type, actor) values (?, ?, 'platform')
                returning pg_notify('dolbom_alert', ?)""")) {
            insert.setObject(1, alertId);
            insert.setString(2, type);
            insert.setString(3, alertId.toString());
            insert.execute();
        }
    }

    /// In one statement: after a catch-up there are as many as residents.
    private static void writeScores(Connection connection, List<Outcome.Score> scores) throws SQLException {
        if (scores.isEmpty()) {
            return;
        }
        Integer[] residents = new Integer[scores.size()];
        OffsetDateTime[] times = new OffsetDateTime[residents.length];
        Integer[] values = new Integer[residents.length];
        String[] visibilities = new String[residents.length];
        for (int i = 0; i < residents.length; i++) {
            Outcome.Score score = scores.get(i);
            residents[i] = score.residentNo();
            times[i] = score.at().atOffset(ZoneOffset.UTC);
            values[i] = score.score();
            visibilities[i] = score.visibility().id();
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into risk_score (resident_no, at, score, visibility)
                select distinct on (resident_no, at) resident_no, at, score, visibility
                from unnest(?::integer[], ?::timestamptz[], ?::integer[], ?::text[])
                    with ordinality as s (resident_no, at, score, visibility, place)
                order by resident_no, at, place desc
                on conflict (resident_no, at) do update set score = excluded.score, visibility = excluded.visibility""")) {
            insert.setArray(1, connection.createArrayOf("integer", residents));
            insert.setArray(2, connection.createArrayOf("timestamptz", times));
            insert.setArray(3, connection.createArrayOf("integer", values));
            insert.setArray(4, connection.createArrayOf("text", visibilities));
            insert.executeUpdate();
        }
    }

    private static Optional<UUID> findId(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
        }
    }
}
