/// Runs HiveMQ CE with the packaged extension: [BrokerLauncher] as a program, [EmbeddedBroker] within another (a
/// test). Not part of the extension, and nothing of the extension may lean on it.
@NullMarked
package kr.dolbom.broker.launcher;

import org.jspecify.annotations.NullMarked;
