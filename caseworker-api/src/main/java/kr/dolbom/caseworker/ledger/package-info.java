/// The ledger that proves whom an alert reached and when: reading it, sealing it, and finding any change. Read
/// [LedgerEntry][kr.dolbom.caseworker.ledger.LedgerEntry] for what is hashed, then
/// [Chain][kr.dolbom.caseworker.ledger.Chain] for how a change is told, then
/// [LedgerCheck][kr.dolbom.caseworker.ledger.LedgerCheck].
///
/// Nothing here writes entries: the database chains every event of a timeline in the transaction that adds it,
/// whichever program does.
@NullMarked
package kr.dolbom.caseworker.ledger;

import org.jspecify.annotations.NullMarked;
