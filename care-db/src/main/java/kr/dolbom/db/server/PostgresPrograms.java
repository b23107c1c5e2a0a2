package kr.dolbom.db.server;

import java.nio.file.Path;

/// PostgreSQL's programs, unpacked.
///
/// @param kind what they can do: [DatabaseKind#TIMESCALE] or [DatabaseKind#PLAIN]
/// @param bin  the folder of `postgres`, `initdb` and `pg_ctl`
record PostgresPrograms(DatabaseKind kind, Path bin) {

    String path(String program) {
        return bin.resolve(program).toString();
    }
}
