/// What people do with alerts: see them, take them, pass them on, close them. Read
/// [AlertDesk][kr.dolbom.caseworker.desk.AlertDesk]; REST and pages, calls and links all come to it.
@NullMarked
package kr.dolbom.caseworker.desk;

import org.jspecify.annotations.NullMarked;
