/// What an operator sees of the broker from outside: figures on HiveMQ's own registry, and `GET /health`
/// and `GET /metrics` over HTTP. Read [BrokerMetrics] first, which has all names. Nothing here decides
/// anything: the parts tell what they did.
@NullMarked
package kr.dolbom.broker.monitor;

import org.jspecify.annotations.NullMarked;
