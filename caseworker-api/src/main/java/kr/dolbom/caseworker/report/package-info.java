/// The monthly report: how soon people were reached, how many alarms were false, how long homes were not watched. Read
/// [MonthlyReport][kr.dolbom.caseworker.report.MonthlyReport] for the figures and
/// [Figures][kr.dolbom.caseworker.report.Figures] for how they are computed; `docs/reference/monthly-report.md` defines
/// them.
@NullMarked
package kr.dolbom.caseworker.report;

import org.jspecify.annotations.NullMarked;
