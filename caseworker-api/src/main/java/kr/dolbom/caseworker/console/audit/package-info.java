/// The audit log as people read it: who looked at whom, what was taken away and why, and a month's review. Read
/// [AuditPages][kr.dolbom.caseworker.console.audit.AuditPages] first. What is written is package `audit`.
@NullMarked
package kr.dolbom.caseworker.console.audit;

import org.jspecify.annotations.NullMarked;
