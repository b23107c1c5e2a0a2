/// Connections to the database. Read [Session] first: a connection that opens itself again. No SQL of any feature
/// stands here.
@NullMarked
package kr.dolbom.broker.database;

import org.jspecify.annotations.NullMarked;
