/// The reports as a page: the monthly report's figures drawn, a year's trend, and who carries how much. Read
/// [ReportPages][kr.dolbom.caseworker.console.report.ReportPages] first. The figures themselves are package `report`.
@NullMarked
package kr.dolbom.caseworker.console.report;

import org.jspecify.annotations.NullMarked;
