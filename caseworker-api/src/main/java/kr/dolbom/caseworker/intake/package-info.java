/// Import: many residents, guardians, caseworkers or devices from a spreadsheet's file. Read
/// [Intake][kr.dolbom.caseworker.intake.Intake] first: a file is looked at, told what would become of each row,
/// and done whole or not at all, when a person confirms it and nothing has changed in between.
///
/// [Sheet][kr.dolbom.caseworker.intake.Sheet] reads the file,
/// [Reading][kr.dolbom.caseworker.intake.Reading] what people type (forms use it too), one class for each kind of file
/// makes the [Plan][kr.dolbom.caseworker.intake.Plan]. How it is shown stands with the pages.
@NullMarked
package kr.dolbom.caseworker.intake;

import org.jspecify.annotations.NullMarked;
