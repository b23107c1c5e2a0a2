/// The way in for devices: a HiveMQ extension that lets a device say only what is its own, and
/// acknowledges a message only after the database has it.
///
/// Start with [DolbomExtension], which puts the parts together. A message goes from `access` (who may
/// connect, and what topics are whose) through `ingest` (is it valid) to `journal` (commit, then
/// answer); `registry` knows the devices, `credential` lets them set their secrets, `presence` knows
/// who is connected, `command` carries what the platform tells a device. Nothing here judges telemetry.
/// The package `launcher` is not part of the extension: it runs HiveMQ itself.
@NullMarked
package kr.dolbom.broker;

import org.jspecify.annotations.NullMarked;
