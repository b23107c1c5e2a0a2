package kr.dolbom.broker.access;

import com.hivemq.extension.sdk.api.auth.PublishAuthorizer;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.packets.connect.WillPublishPacket;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges subscriptions and last wills, and is the second lock on messages: whoever intercepts them answers every
/// one itself, so that one which comes here was stored nowhere and must not be acknowledged.
public final class DeviceAuthorizer implements PublishAuthorizer, SubscriptionAuthorizer {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceAuthorizer.class);

    @Override
    public void authorizePublish(PublishAuthorizerInput input, PublishAuthorizerOutput output) {
        String device = input.getClientInformation().getClientId();
        if (!(input.getPublishPacket() instanceof WillPublishPacket will)) {
            LOG.error("A message passed by the interceptor and is not acknowledged device={}", device);
            output.disconnectClient(DisconnectReasonCode.SERVER_BUSY, "server-busy: the message was not stored");
            return;
        }
        switch (TopicRules.will(device, will)) {
            case ReadResult.Valid<TelemetryMessage> valid -> output.authorizeSuccessfully();
            case ReadResult.Invalid<TelemetryMessage>(Fault fault) -> {
                LOG.info(
                        "A last will was refused device={} reason={}",
                        device,
                        fault.reason().id());
                output.failAuthorization(AckReasonCode.NOT_AUTHORIZED, ReasonStrings.of(fault));
            }
        }
    }

    @Override
    public void authorizeSubscribe(SubscriptionAuthorizerInput input, SubscriptionAuthorizerOutput output) {
        String device = input.getClientInformation().getClientId();
        if (TopicRules.maySubscribe(device, input.getSubscription().getTopicFilter())) {
            output.authorizeSuccessfully();
        } else {
            output.failAuthorization(
                    SubackReasonCode.NOT_AUTHORIZED, "foreign-topic: a device subscribes to its own commands alone");
        }
    }
}
