/// From the table `device_command` to the devices. Read [CommandOutbox] first. What a device answers comes in as
/// telemetry, by way of the journal.
@NullMarked
package kr.dolbom.broker.command;

import org.jspecify.annotations.NullMarked;
