/// Who may connect, and which topics are whose. Read [TopicRules] first, the rules as pure functions;
/// [DeviceAuthenticator] and [DeviceAuthorizer] apply them where HiveMQ asks. What a message says is not looked at
/// here, but for a last will, which has no later moment to be refused.
@NullMarked
package kr.dolbom.broker.access;

import org.jspecify.annotations.NullMarked;
