package kr.dolbom.db.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// PostgreSQL with TimescaleDB out of Debian's packages.
final class TimescalePackages {
    private static final String SUITE = "trixie";
    private static final String POSTGRES = "17";
    private static final String BIN = "usr/lib/postgresql/" + POSTGRES + "/bin";
    private static final Path A_TIME_ZONE = Path.of("/usr/share/zoneinfo/Asia/Seoul");

    // What only the installed system or the just-in-time compiler (switched off when we start the server) would need.
    private static final String UNNEEDED = String.join(
            "|",
            "adduser|base-passwd|debconf|init-system-helpers|libdebconf.*|libc-l10n|locales|login.defs|netbase|openssl",
            "passwd|perl.*|libperl.*|lib(io-pty|ipc|json|text)-.*-perl|postgresql-(client-)?common",
            "postgresql-common-dev|procps|libproc2.*|libncursesw.*|sensible-utils|ssl-cert|sysvinit.*|ucf|libdb5.*",
            "libgdbm.*|libllvm.*|libz3.*|libpam-(modules.*|runtime)|libsemanage.*|libsepol.*");

    private static final DebianPackages PACKAGES = new DebianPackages(
            "timescaledb-" + SUITE + "-" + POSTGRES,
            SUITE,
            "postgresql-" + POSTGRES + "-timescaledb",
            UNNEEDED,
            Stream.of("postgres", "initdb", "pg_ctl", "pg_dump", "pg_restore", "psql")
                    .map(program -> BIN + "/" + program)
                    .toList(),
            "113 MB");

    private TimescalePackages() {}

    /// The programs in the cache folder; unpacks them the first time.
    ///
    /// @throws DatabaseServerException when that is not possible on this machine; the message says why
    static PostgresPrograms unpacked(Path cache) throws IOException {
        if (!Files.exists(A_TIME_ZONE)) {
            throw new DatabaseServerException("TimescaleDB needs the time zones; install the package tzdata");
        }
        return new PostgresPrograms(
                DatabaseKind.TIMESCALE, PACKAGES.unpacked(cache).resolve(BIN));
    }
}
