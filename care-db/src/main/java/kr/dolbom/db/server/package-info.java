/// Starts a database where none is given: real PostgreSQL with TimescaleDB out of Debian's packages, or plain
/// PostgreSQL out of a jar, from a cache folder and without installing anything. Read [DatabaseServer] first, then
/// [Cluster], which makes, starts and stops a server, and [TimescalePackages], where its programs come from.
/// [DatabaseCommand] is the same for the command line.
///
/// It is for one machine: a developer's, a demo, a test. A city runs its own server and sets `DOLBOM_DB_URL`. The
/// schema does not belong here, nor does anything that must work on a server that others run.
@NullMarked
package kr.dolbom.db.server;

import org.jspecify.annotations.NullMarked;
