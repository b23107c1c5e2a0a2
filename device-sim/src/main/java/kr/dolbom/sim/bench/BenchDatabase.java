package kr.dolbom.sim.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.identity.SecretHash;
import kr.dolbom.sim.stack.StackException;
import org.postgresql.PGConnection;

/// What a measurement asks the database: devices to be, and what became of their messages.
final class BenchDatabase implements AutoCloseable {
    private final Properties address;
    private final Connection connection;

    private BenchDatabase(Properties address, Connection connection) {
        this.address = address;
        this.connection = connection;
    }

    /// A registered device.
    record Device(int number, String id, DeviceSecret secret) {}

    /// Opens what the file names that `care-db start --info` wrote.
    static BenchDatabase open(Path info) {
        Properties address = new Properties();
        try (var in = Files.newBufferedReader(info)) {
            address.load(in);
            return new BenchDatabase(
                    address,
                    DriverManager.getConnection(
                            address.getProperty("DOLBOM_DB_URL"),
                            address.getProperty("DOLBOM_DB_USER"),
                            address.getProperty("DOLBOM_DB_PASSWORD")));
        } catch (IOException | SQLException e) {
            throw new StackException("The database cannot be reached: " + e.getMessage(), e);
        }
    }

    /// How to reach it, as `DOLBOM_DB_…`.
    Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>();
        address.stringPropertyNames().forEach(name -> variables.put(name, address.getProperty(name)));
        return variables;
    }

    List<Device> register(int count) throws SQLException {
        List<Device> devices = new ArrayList<>();
        long resident = number("""
                with office as (
                    insert into office (name_ko, name_en, short_name) values ('측정과', 'Bench', '측정') returning office_no
                )
                insert into resident (office_no, name, birth_year, neighbourhood, address)
                select office_no, '측정', 1940, '측정동', '측정로 1' from office
                returning resident_no""");
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("""
                with made as (
                    insert into device (device_id, resident_no, vendor, model) values (?, ?, 'Simulated', 'Bench')
                    returning device_no
                )
                insert into device_credential (device_no, kind, salt, hash) select device_no, 'secret', ?, ? from made
                returning device_no""")) {
            for (int i = 0; i < count; i++) {
                DeviceSecret secret = DeviceSecret.generate();
                SecretHash hash = secret.hash();
                String id = "bench-%05d".formatted(i + 1);
                insert.setString(1, id);
                insert.setLong(2, resident);
                insert.setBytes(3, hash.salt());
                insert.setBytes(4, hash.hash());
                try (ResultSet row = insert.executeQuery()) {
                    row.next();
                    devices.add(new Device(row.getInt(1), id, secret));
                }
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
        return devices;
    }

    /// Whether a commit waits for the disk.
    boolean isDurable() throws SQLException {
        return number("select (current_setting('fsync') = 'on' and current_setting('synchronous_commit') = 'on')::int")
                == 1;
    }

    String version() throws SQLException {
        return text("""
                select 'PostgreSQL ' || current_setting('server_version')
                       || coalesce(', TimescaleDB ' || (select extversion from pg_extension where extname = 'timescaledb'), '')""");
    }

    /// The server's processes: those that serve a connection and those that write.
    List<Long> processes() throws SQLException {
        List<Long> pids = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pid from pg_stat_activity")) {
            while (row.next()) {
                pids.add(row.getLong(1));
            }
        }
        return pids;
    }

    long rows() throws SQLException {
        return number("select count(*) from telemetry");
    }

    /// How many messages stand there more than once.
    long duplicates() throws SQLException {
        return number("select count(*) - count(distinct (device_no, message_id)) from telemetry");
    }

    /// Bytes on disk of all messages, rows and indexes.
    long bytes(String table) throws SQLException {
        checkpoint();
        return isHypertable(table)
                ? number("select hypertable_size('" + table + "')")
                : number("select pg_total_relation_size('" + table + "')");
    }

    /// One part of a table on disk.
    ///
    /// @param part `rows`, or the name of an index
    record Size(String part, long bytes) {}

    /// Where the bytes are: the rows, and each index.
    List<Size> sizes(String table) throws SQLException {
        String relations = isHypertable(table)
                ? "select format('%I.%I', chunk_schema, chunk_name)::regclass as part from timescaledb_information.chunks"
                        + " where hypertable_name = '" + table + "'"
                : "select '" + table + "'::regclass as part";
        List<Size> sizes = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        with part as (%s), size as (
                            select 'rows' as name, pg_table_size(part) as bytes from part
                            union all
                            select regexp_replace(indexrelid::regclass::text, '^.*_chunk_|"', '', 'g'), pg_relation_size(indexrelid)
                              from pg_index join part on indrelid = part
                        )
                        select name, sum(bytes)::bigint as bytes from size group by name order by name = 'rows' desc, name""".formatted(relations))) {
            while (row.next()) {
                sizes.add(new Size(row.getString(1), row.getLong(2)));
            }
        }
        return sizes;
    }

    private boolean isHypertable(String table) throws SQLException {
        return number("select count(*) from pg_extension where extname = 'timescaledb'") == 1
                && number("select count(*) from timescaledb_information.hypertables where hypertable_name = '" + table
                                + "'")
                        == 1;
    }

    /// So that no measurement pays for what another wrote.
    void checkpoint() throws SQLException {
        execute("checkpoint");
    }

    /// An empty table beside `telemetry`, with its columns, its indexes and its chunks.
    void makeCopyTable() throws SQLException {
        execute("drop table if exists telemetry_copy");
        execute("create table telemetry_copy (like telemetry including all)");
        if (isHypertable("telemetry")) {
            execute("""
                    select create_hypertable('telemetry_copy', 'at', chunk_time_interval => interval '7 days',
                                             create_default_indexes => false)""");
        }
    }

    /// Rows of a table as `COPY` writes them.
    byte[] readAll(String query) throws SQLException, IOException {
        try (var bytes = new java.io.ByteArrayOutputStream()) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy (" + query + ") to stdout", bytes);
            return bytes.toByteArray();
        }
    }

    /// Writes rows by plain `COPY`, in one transaction.
    long copy(String into, byte[] rows, int offset, int length) throws SQLException, IOException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(
                        "copy " + into + " from stdin",
                        new java.io.ByteArrayInputStream(rows, offset, length),
                        64 * 1024);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The one number that a query gives.
    long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /// The folder of its files, as the server names it.
    Path folder() throws SQLException {
        return Path.of(text("show data_directory"));
    }

    /// Deletes the files of a database that was ours and has stopped.
    static void deleteFolder(Path folder) {
        if (!folder.toString().contains("/data/" + BenchStage.DATABASE)) {
            throw new IllegalArgumentException(folder + " is no folder of a bench");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new StackException("The bench's database in " + folder + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // it is gone already
        }
    }
}
