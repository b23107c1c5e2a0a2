package kr.dolbom.broker.access;

import com.hivemq.extension.sdk.api.auth.PublishAuthorizer;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.packets.connect.WillPublishPacket;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;
import java.util.function.Function;
import kr.dolbom.broker.registry.ServiceAccount;
import kr.dolbom.broker.registry.ServiceRegistry;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;
import kr.dolbom.contract.json.JsonCodec;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges subscriptions and last wills, and all that services do. Of devices' messages it is the second
/// lock: whoever intercepts them answers every one itself, so that one which comes here was stored
/// nowhere and must not be acknowledged.
public final class DeviceAuthorizer implements PublishAuthorizer, SubscriptionAuthorizer {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceAuthorizer.class);
    private static final Fault ENROLS =
            new Fault(Reason.NOT_AUTHORIZED, "", "a claim code is for setting a secret, and for nothing else");
    private static final Fault NO_SERVICE = new Fault(Reason.NOT_AUTHORIZED, "", "there is no such service");

    private final ServiceRegistry services;

    /// @param services what each service may do
    public DeviceAuthorizer(ServiceRegistry services) {
        this.services = services;
    }

    @Override
    public void authorizePublish(PublishAuthorizerInput input, PublishAuthorizerOutput output) {
        String client = input.getClientInformation().getClientId();
        PublishPacket packet = input.getPublishPacket();
        if (ServiceAccount.isClientId(client)) {
            answer(output, client, ofService(client, account -> TopicRules.publishing(account, packet)));
        } else if (!(packet instanceof WillPublishPacket will)) {
            LOG.error("A message passed by the interceptor and is not acknowledged device={}", client);
            output.disconnectClient(DisconnectReasonCode.SERVER_BUSY, "server-busy: the message was not stored");
        } else if (enrols(input.getConnectionInformation())) {
            answer(output, client, ENROLS);
        } else {
            answer(
                    output,
                    client,
                    switch (TopicRules.will(client, will)) {
                        case ReadResult.Valid<JsonCodec.Kept<TelemetryMessage>> valid -> null;
                        case ReadResult.Invalid<JsonCodec.Kept<TelemetryMessage>>(Fault fault) -> fault;
                    });
        }
    }

    @Override
    public void authorizeSubscribe(SubscriptionAuthorizerInput input, SubscriptionAuthorizerOutput output) {
        String client = input.getClientInformation().getClientId();
        String filter = input.getSubscription().getTopicFilter();
        Fault fault = ServiceAccount.isClientId(client)
                ? ofService(client, account -> TopicRules.subscribing(account, filter))
                : enrols(input.getConnectionInformation()) ? ENROLS : TopicRules.subscribing(client, filter);
        if (fault == null) {
            output.authorizeSuccessfully();
            return;
        }
        LOG.info(
                "A subscription was refused client={} reason={}",
                client,
                fault.reason().id());
        output.failAuthorization(code(fault.reason()), ReasonStrings.of(fault));
    }

    private static void answer(PublishAuthorizerOutput output, String client, @Nullable Fault fault) {
        if (fault == null) {
            output.authorizeSuccessfully();
            return;
        }
        LOG.info(
                "A last will or a service's message was refused client={} reason={}",
                client,
                fault.reason().id());
        output.failAuthorization(AckReasonCode.NOT_AUTHORIZED, ReasonStrings.of(fault));
    }

    private @Nullable Fault ofService(String client, Function<ServiceAccount, @Nullable Fault> rule) {
        ServiceAccount account =
                ServiceAccount.findName(client).flatMap(services::find).orElse(null);
        return account == null || account.revoked() ? NO_SERVICE : rule.apply(account);
    }

    private static boolean enrols(ConnectionInformation connection) {
        return Admission.of(connection).kind() == Admission.Kind.CLAIM;
    }

    private static SubackReasonCode code(Reason reason) {
        if (reason == Reason.SHARED_SUBSCRIPTION) {
            return SubackReasonCode.SHARED_SUBSCRIPTION_NOT_SUPPORTED;
        }
        return reason == Reason.WILDCARD_SUBSCRIPTION
                ? SubackReasonCode.WILDCARD_SUBSCRIPTION_NOT_SUPPORTED
                : SubackReasonCode.NOT_AUTHORIZED;
    }
}
