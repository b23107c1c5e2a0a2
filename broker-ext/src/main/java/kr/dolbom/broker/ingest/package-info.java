/// What happens to a published message: judged, read, handed to the journal, and only then answered.
/// Read [Ingest] first, which HiveMQ reaches by [TelemetryInterceptor] or by the package `pipeline`.
/// How a message is kept is the journal's business.
@NullMarked
package kr.dolbom.broker.ingest;

import org.jspecify.annotations.NullMarked;
