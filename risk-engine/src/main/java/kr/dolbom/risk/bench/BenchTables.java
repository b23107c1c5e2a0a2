package kr.dolbom.risk.bench;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.compact.CompactJson;
import kr.dolbom.db.DatabaseConnection;
import kr.dolbom.risk.feed.TelemetryRow;
import org.postgresql.PGConnection;

/// Fills the database as the registry and the broker would.
final class BenchTables {
    private final DatabaseConnection database;

    BenchTables(DatabaseConnection database) {
        this.database = database;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    /// Residents from 1 on, each with a device of the same number that is connected.
    void register(int residents) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into office (name_ko, name_en, short_name) values ('측정과', 'Bench', '측정');
                    insert into resident (office_no, name, birth_year, neighbourhood, address)
                    select 1, '측정', 1940, '측정동', '측정로 1' from generate_series(1, %d);
                    insert into device (device_id, resident_no, vendor, model)
                    select 'bench-' || resident_no, resident_no, 'Simulated', 'Bench' from resident order by resident_no;
                    insert into device_presence (device_no, connected, changed_at, reason)
                    select device_no, true, now() - interval '10 days', 'connect' from device;
                    analyze""".formatted(residents));
        }
    }

    /// Stores rows in one transaction and tells the feed.
    static void store(Connection connection, List<TelemetryRow> rows) throws SQLException, IOException {
        var text = new StringBuilder(rows.size() * 160);
        for (TelemetryRow row : rows) {
            text.append(row.at())
                    .append('\t')
                    .append(row.receivedAt())
                    .append("\t1\t")
                    .append(row.deviceNo())
                    .append('\t')
                    .append(row.residentNo())
                    .append('\t')
                    .append(row.data().kind().number())
                    .append('\t')
                    .append(UUID.randomUUID())
                    .append("\t\\\\x")
                    .append(HexFormat.of().formatHex(CompactJson.encode(Contract.writeData(row.data()))))
                    .append('\n');
        }
        connection.setAutoCommit(false);
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn("""
                copy telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data) from stdin""", new StringReader(text.toString()));
        try (Statement notify = connection.createStatement()) {
            notify.execute("notify dolbom_telemetry");
        }
        connection.commit();
    }

    /// Stores a call for help and tells the lane, as the broker does.
    static void storeSos(Connection connection, int residentNo, UUID messageId) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    with message as (
                        insert into telemetry (at, received_at, seq, device_no, resident_no, kind, message_id, data)
                        values (now(), now(), 1, %1$d, %1$d, 6, '%2$s', convert_to('{"trigger":"sos-button"}', 'UTF8'))
                        returning device_no, message_id, at)
                    select pg_notify('dolbom_emergency',
                                     device_no || ',' || message_id || ','
                                     || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
                           pg_notify('dolbom_telemetry', '')
                    from message""".formatted(residentNo, messageId));
        }
    }

    long number(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    String text(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
