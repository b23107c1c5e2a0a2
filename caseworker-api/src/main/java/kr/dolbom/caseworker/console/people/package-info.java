/// People and settings: residents, guardians, caseworkers, offices, policies, thresholds and the import of files. Read
/// [PeopleDesk][kr.dolbom.caseworker.console.people.PeopleDesk] first, which holds the borders: an office's people see
/// their own, its supervisors change it, operators change all. One controller and one model for each tab; the work is
/// done by the registry, the policies, the risk settings and the intake.
@NullMarked
package kr.dolbom.caseworker.console.people;

import org.jspecify.annotations.NullMarked;
