package kr.dolbom.db.server;

/// What sort of server a [DatabaseServer] is.
public enum DatabaseKind {
    /// A server that others run, named by `DOLBOM_DB_URL`.
    EXTERNAL,
    /// PostgreSQL with TimescaleDB (the Apache edition), unpacked from Debian's packages.
    TIMESCALE,
    /// PostgreSQL alone, from Maven Central. Hypertables are off.
    PLAIN
}
