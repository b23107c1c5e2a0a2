/// What `./dolbom bench score` measures, in a JVM of its own on a database of its own: how fast messages are
/// scored in memory and from the database, what a resident takes in memory, and how soon an emergency is an
/// alert. Read [ScoreBench] first. Nothing else in this module needs this package.
@NullMarked
package kr.dolbom.risk.bench;

import org.jspecify.annotations.NullMarked;
