/// Who may write where: [TelemetryTopic] up, [CommandTopic] down, each with its [DeviceId].
@NullMarked
package kr.dolbom.contract.topic;

import org.jspecify.annotations.NullMarked;
