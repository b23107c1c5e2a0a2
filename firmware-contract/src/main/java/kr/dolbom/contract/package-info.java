/// What a device may say to Dolbom, what it is told, and the names both use.
///
/// Start with [Contract], the two messages' codecs. The parts: `topic` (who may write where), `telemetry` (kinds a
/// device sends), `command` (kinds a device receives), `identity` (device secrets), `json` (the strict reader from
/// which the JSON Schemas are made as well). Nothing here knows a broker, a database or another of our modules.
@NullMarked
package kr.dolbom.contract;

import org.jspecify.annotations.NullMarked;
