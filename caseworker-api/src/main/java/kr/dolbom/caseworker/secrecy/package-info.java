/// Names, phone numbers and addresses are encrypted where they are stored. Read
/// [SecretColumn][kr.dolbom.caseworker.secrecy.SecretColumn] and [Secrecy][kr.dolbom.caseworker.secrecy.Secrecy] first.
/// Statements bind `SecretColumn.X.of(value)` and rows read `row.secret("column", SecretColumn.X)`. Nothing here knows
/// the database: what is checked and encrypted there at the start is in `keys`.
@NullMarked
package kr.dolbom.caseworker.secrecy;

import org.jspecify.annotations.NullMarked;
