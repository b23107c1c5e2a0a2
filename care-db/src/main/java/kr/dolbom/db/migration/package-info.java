/// Brings a database up to the schema of this build. Read [Migrations] first.
///
/// The migrations are the SQL files under `db/migration` in this module's resources. They are append-only: a file that
/// was ever released is never changed, a correction is a new file.
@NullMarked
package kr.dolbom.db.migration;

import org.jspecify.annotations.NullMarked;
