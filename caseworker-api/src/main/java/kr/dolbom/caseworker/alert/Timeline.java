package kr.dolbom.caseworker.alert;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.database.Sql;

/// The timelines of alerts: append-only, in the order of what happened.
public final class Timeline {
    /// The platform itself.
    public static final String PLATFORM = "platform";

    /// A device in the resident's home.
    public static final String ROBOT = "robot";

    /// The resident.
    public static final String RESIDENT = "resident";

    /// Who carries calls and texts.
    public static final String PROVIDER = "provider";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Timeline() {}

    /// Adds an entry.
    public static void add(
            Connection connection, UUID alertId, Instant at, EventType type, String actor, Map<String, String> detail) {
        addForLedger(connection, alertId, at, type.word(), actor, detail);
    }

    /// Adds what only the ledger has to know. Whatever is added here, the database chains it in the same transaction.
    ///
    /// @param type a word that is no [EventType]: [#list] leaves it out
    public static void addForLedger(
            Connection connection, UUID alertId, Instant at, String type, String actor, Map<String, String> detail) {
        Sql.on(connection, """
                        insert into alert_event (alert_id, at, type, actor, detail)
                        values (:alert, :at, :type, :actor, :detail::jsonb)""")
                .with("alert", alertId)
                .with("at", at)
                .with("type", type)
                .with("actor", actor)
                .with("detail", write(detail))
                .update();
    }

    /// All entries of an alert of the types we know, oldest first.
    public static List<AlertEvent> list(Connection connection, UUID alertId) {
        return Sql.on(connection, """
                        select at, type, actor, detail::text as detail from alert_event
                         where alert_id = :alert order by event_no""")
                .with("alert", alertId)
                .list(row -> EventType.find(row.text("type"))
                        .map(type ->
                                new AlertEvent(row.instant("at"), type, row.text("actor"), read(row.text("detail")))))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /// Of each of these alerts the entries of some types, oldest first. An alert without any is missing.
    public static Map<UUID, List<AlertEvent>> listOf(
            Connection connection, Collection<UUID> alertIds, Collection<EventType> types) {
        record Entry(UUID alertId, AlertEvent event) {}
        return Sql.on(connection, """
                        select alert_id, at, type, actor, detail::text as detail from alert_event
                         where alert_id = any(:alerts::uuid[]) and type = any(:types::text[]) order by event_no""")
                .with("alerts", AlertStore.texts(alertIds))
                .with("types", types.stream().map(EventType::word).toArray(String[]::new))
                .list(row -> new Entry(
                        row.uuid("alert_id"),
                        new AlertEvent(
                                row.instant("at"),
                                EventType.get(row.text("type")),
                                row.text("actor"),
                                read(row.text("detail")))))
                .stream()
                .collect(groupingBy(Entry::alertId, mapping(Entry::event, toList())));
    }

    private static String write(Map<String, String> detail) {
        try {
            return JSON.writeValueAsString(detail);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }

    private static Map<String, String> read(String detail) {
        try {
            return JSON.readValue(detail, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a timeline's detail holds something else than texts: " + detail, e);
        }
    }
}
