package kr.dolbom.db.server;

/// The whole `postgresql.conf` of a server that we start.
final class ServerConfiguration {
    private ServerConfiguration() {}

    static String text(DatabaseKind kind, int port, boolean durable) {
        String common = """
                # Written anew at every start.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = 200
                shared_buffers = 128MB
                max_wal_size = 1GB
                password_encryption = 'scram-sha-256'
                timezone = 'UTC'
                log_timezone = 'UTC'
                # The just-in-time compiler is not unpacked.
                jit = off
                """.formatted(port);
        String timescale = """
                shared_preload_libraries = 'timescaledb'
                timescaledb.telemetry_level = 'off'
                # The jobs of the workers are the Community edition's; in this one they only fail.
                timescaledb.max_background_workers = 0
                """;
        String fastAndLoose = """
                fsync = off
                synchronous_commit = off
                full_page_writes = off
                """;
        return common + (kind == DatabaseKind.TIMESCALE ? timescale : "") + (durable ? "" : fastAndLoose);
    }
}
