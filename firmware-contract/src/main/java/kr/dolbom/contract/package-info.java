/// What a device may say to Dolbom, what it is told, and the names both use.
///
/// Start with [Contract], the two messages' codecs. The parts: `topic` (who may write where), `telemetry` (kinds a
/// device sends), `command` (kinds a device receives), `credential` and `identity` (how a device proves itself), `json`
/// (declarations and the strict reader), `rule` (the requirements), `publish` (the contract as others read it). Nothing
/// here knows a broker, a database or another of our modules.
@NullMarked
package kr.dolbom.contract;

import org.jspecify.annotations.NullMarked;
