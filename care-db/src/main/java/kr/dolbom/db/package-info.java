/// How every program reaches the database: where it is, who asks, the pool of connections, and waiting until it is
/// there. Read [DatabaseConnection] first, then [Databases].
///
/// The schema itself is SQL under `db/migration` in this module's resources and nowhere else;
/// `kr.dolbom.db.migration` brings a database up to it, `kr.dolbom.db.server` starts a server, and
/// `kr.dolbom.db.fixture` gives tests databases of their own. What the tables mean, and every query on them, belongs to
/// the module that owns the feature.
@NullMarked
package kr.dolbom.db;

import org.jspecify.annotations.NullMarked;
