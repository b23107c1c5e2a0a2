package kr.dolbom.broker.monitor;

import com.hivemq.extension.sdk.api.interceptor.connack.ConnackOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.connack.parameter.ConnackOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.connack.parameter.ConnackOutboundOutput;
import com.hivemq.extension.sdk.api.packets.connack.ConnackPacket;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.general.MqttVersion;
import java.util.Locale;

/// Counts the connections that were not let in, whoever refused them: the extension or HiveMQ itself. What HiveMQ
/// tells the first device of itself goes to [HiveMqCheck].
public final class ConnackCounter implements ConnackOutboundInterceptor {
    private final BrokerMetrics metrics;
    private final HiveMqCheck check;

    /// One for all connections.
    public ConnackCounter(BrokerMetrics metrics, HiveMqCheck check) {
        this.metrics = metrics;
        this.check = check;
    }

    @Override
    public void onOutboundConnack(ConnackOutboundInput input, ConnackOutboundOutput output) {
        ConnackPacket connack = input.getConnackPacket();
        ConnackReasonCode code = connack.getReasonCode();
        if (code != ConnackReasonCode.SUCCESS) {
            String name = code.name().toLowerCase(Locale.ROOT).replace('_', '-');
            metrics.connectionRefused(connack.getReasonString()
                    .map(said -> Reasons.word(said, name))
                    .orElse(name));
        } else if (input.getConnectionInformation().getMqttVersion() == MqttVersion.V_5) {
            check.lookOnce(connack);
        }
    }
}
