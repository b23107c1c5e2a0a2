/// How this program reaches the database: the pool, transactions, SQL with named parameters, and LISTEN. Read
/// [Transactions][kr.dolbom.caseworker.database.Transactions] and [Sql][kr.dolbom.caseworker.database.Sql] first. No
/// statement about residents, alerts or anything else stands here: those are next to the features that use them.
@NullMarked
package kr.dolbom.caseworker.database;

import org.jspecify.annotations.NullMarked;
