package kr.dolbom.contract.rule;

import static kr.dolbom.contract.rule.Requirement.must;
import static kr.dolbom.contract.rule.Requirement.should;

import java.util.List;

/// Connection, topics and subscriptions.
final class ConnectionRules {
    static final List<Requirement> ALL = List.of(
            should(
                    "DC-CON-001",
                    "A device SHOULD speak MQTT 5; MQTT 3.1.1 is tolerated, but has no reason codes: there a refused"
                            + " message ends the connection.",
                    "broker-ext:OldProtocolTest#aMessageIsInTheDatabaseWhenItsAcknowledgementComes",
                    "broker-ext:OldProtocolTest#aRefusedMessageClosesTheConnectionInsteadOfAFalseAcknowledgement"),
            must(
                    "DC-CON-002",
                    "The MQTT client id MUST be the device id: 3 to 64 lower-case letters, digits and hyphens, not"
                            + " beginning with a hyphen.",
                    "firmware-contract:TopicTest#aDeviceIdOfAnotherFormIsRefused",
                    "broker-ext:TopicTrickTest#aClientIdThatIsNoDeviceIdIsInvalid",
                    "broker-ext:AccessTest#aUserNameThatIsNotTheClientIdIsNotAuthorized"),
            must(
                    "DC-CON-003",
                    "A device MUST publish to topics that name its own id, and to no other device's.",
                    "broker-ext:AccessTest#aTopicOfAnotherDeviceIsRefusedAndItsBodyNotKept",
                    "broker-ext:OldProtocolTest#aForeignTopicClosesTheConnection"),
            must(
                    "DC-CON-004",
                    "A device MUST publish to `dolbom/v1/{deviceId}/telemetry/{kind}` and"
                            + " `dolbom/v1/{deviceId}/credential/renew` alone, with a kind of this contract; the major"
                            + " version is part of the topic.",
                    "firmware-contract:TopicTest#aTopicOfAnotherFormIsNotFound",
                    "firmware-contract:RenewalTest#anyOtherTopicIsNone",
                    "broker-ext:AccessTest#aTopicThatIsNotTheDevicesOwnIsRefused",
                    "broker-ext:TopicTrickTest#aTopicThatIsNotTheDevicesOwnIsRefused"),
            must(
                    "DC-CON-005",
                    "Messages MUST be published with QoS 1.",
                    "broker-ext:AccessTest#telemetryWithoutAcknowledgementIsNotStoredAndClosesTheConnection",
                    "broker-ext:EnrolmentTest#aSecretIsNotSetWithoutAcknowledgementNorRetained"),
            must("DC-CON-006", "Messages MUST NOT be retained.", "broker-ext:AccessTest#retainedTelemetryIsRefused"),
            must(
                    "DC-CON-007",
                    "A device MUST keep a message until its PUBACK comes, and after a lost connection send it again:"
                            + " a PUBACK with success means that the message is stored.",
                    "broker-ext:IngestTest#aMessageIsInTheDatabaseWhenItsAcknowledgementComes",
                    "broker-ext:OutageTest#aStockClientThatReconnectsByItselfLosesNothingAndStoresNothingTwice",
                    "broker-ext:FaultTest#everyAcknowledgedNumberIsThereOnceWhateverIsKilled"),
            must(
                    "DC-CON-008",
                    "A device MUST NOT send a message again whose PUBACK had an error code (0x80 and above): the"
                            + " refusal is final and names its reason.",
                    "device-sim:SimulatedDeviceTest#aRefusedMessageIsReportedWithItsReasonAndNotSentAgain"),
            should(
                    "DC-CON-009",
                    "A device SHOULD leave a last will: a status message with the state `offline` on its own status"
                            + " topic, QoS 1, not retained. Whoever leaves another last will is not let in.",
                    "broker-ext:PresenceTest#aDeviceThatVanishesLeavesItsLastWill",
                    "broker-ext:PresenceTest#aLastWillIsNotStoredWhenTheDeviceSaysGoodbye",
                    "broker-ext:AccessTest#aForeignOrBrokenLastWillIsNotLetIn",
                    "device-sim:SimulatedDeviceTest#powerOffLetsTheLastWillTellThatTheDeviceIsGone"),
            must(
                    "DC-CON-010",
                    "The keep-alive MUST be from 1 to 600 seconds; a longer one, or none, is shortened to 600 by the"
                            + " server (MQTT 5: Server Keep Alive).",
                    "broker-ext:PresenceTest#aDeviceThatSaysNothingIsGoneByItsKeepAlive"),
            must(
                    "DC-CON-011",
                    "A device MUST subscribe to its own commands alone: `dolbom/v1/{deviceId}/command/+`, or one kind"
                            + " of them.",
                    "broker-ext:AccessTest#aDeviceMaySubscribeToItsOwnCommands",
                    "broker-ext:TopicTrickTest#aFilterThatIsNotTheDevicesOwnIsRefused"),
            must(
                    "DC-CON-012",
                    "A subscription MUST NOT have another wildcard than the last level of the device's own commands.",
                    "broker-ext:TopicTrickTest#aFilterThatIsNotTheDevicesOwnIsRefused"),
            must(
                    "DC-CON-013",
                    "A subscription MUST NOT be shared (`$share/…`).",
                    "broker-ext:TopicTrickTest#aFilterThatIsNotTheDevicesOwnIsRefused"),
            must(
                    "DC-CON-014",
                    "A device MUST NOT have more unacknowledged messages on their way than the Receive Maximum of the"
                            + " CONNACK says (10), and MUST NOT use topic aliases.",
                    "device-sim:OutboxTest#theLastPlaceInTheWindowIsKeptForExpressMessages"),
            must(
                    "DC-CON-015",
                    "After a DISCONNECT with 0x89 (server busy) a device MUST reconnect, not at once and at growing"
                            + " intervals, and send again what was not acknowledged; with an emergency it reconnects at once.",
                    "broker-ext:OutageTest#aMessageHeldTooLongClosesTheConnectionWithoutAnAnswer",
                    "device-sim:SimulatedDeviceTest#whatABusyBrokerLeftUnansweredIsSentAgainBitByBit"),
            must(
                    "DC-CON-016",
                    "A device MUST NOT send more than 20 messages a second for long; a burst of 10,000 is welcome after"
                            + " it was offline. Beyond that it is disconnected with 0x89 and told when to come back;"
                            + " nothing is refused for good, and emergencies never count.",
                    "broker-ext:LimitsTest#aDeviceMaySendItsBufferedHistoryAtOnceAndThenAtTheSteadyRate",
                    "broker-ext:LimitTest#aDeviceThatFloodsIsToldToComeBackLaterAndAStockClientLosesNothingAndNobodyElseNoticesIt",
                    "broker-ext:LimitTest#emergenciesPassWhereNothingElseDoes"),
            must(
                    "DC-CON-017",
                    "A device whose CONNACK says 0x9F (connection rate exceeded) MUST wait as long as the reason string"
                            + " says. Only with an emergency may it connect at once, with the MQTT 5 user property"
                            + " `urgent` = `emergency` in its CONNECT.",
                    "broker-ext:LimitsTest#whoeverComesBackWhenTheyWereToldGetsIn",
                    "broker-ext:LimitTest#aDistrictThatComesBackAtOnceGetsInByAndByAndAnSosAtOnce"),
            must(
                    "DC-CON-018",
                    "A device MUST have one connection at a time; a second one of the same id ends the first.",
                    "broker-ext:TlsTest#aDeviceHasOneConnectionAndItIsTheLast",
                    "broker-ext:PresenceTest#aDeviceThatTakesOverFromItselfIsConnected"),
            should(
                    "DC-CON-019",
                    "A device SHOULD send buffered history in order, and let an emergency overtake it.",
                    "device-sim:SimulatedDeviceTest#bufferedHistoryArrivesCompleteInOrderAndOnce",
                    "device-sim:SimulatedDeviceTest#anSosOvertakesBufferedHistory"));

    private ConnectionRules() {}
}
