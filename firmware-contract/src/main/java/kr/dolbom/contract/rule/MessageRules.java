package kr.dolbom.contract.rule;

import static kr.dolbom.contract.rule.Requirement.must;
import static kr.dolbom.contract.rule.Requirement.should;

import java.util.List;

/// The body, commands, clocks and privacy; what a single member may be is said where the member is declared.
final class MessageRules {
    private static final String BROKEN = "firmware-contract:PayloadTest#everyBrokenPayloadIsRefusedForItsReason";
    private static final String GOLDEN = "firmware-contract:PayloadTest#everyGoldenPayloadIsTaken";

    static final List<Requirement> ALL = List.of(
            must(
                    "DC-ENV-010",
                    "The body MUST be one JSON object (RFC 8259) in UTF-8, without a byte order mark and with nothing"
                            + " but white space around it.",
                    BROKEN),
            must("DC-ENV-011", "The body MUST NOT have more than 16,384 bytes.", BROKEN),
            must("DC-ENV-012", "No object in the body MUST hold a name twice, at any depth, known or not.", BROKEN),
            must("DC-ENV-013", "Objects and arrays MUST NOT nest deeper than 16, the body itself counted.", BROKEN),
            must(
                    "DC-ENV-014",
                    "Numbers MUST NOT have more than 40 characters or an exponent beyond ±100; whole numbers are"
                            + " written without fraction and exponent.",
                    BROKEN),
            must("DC-ENV-015", "Strings MUST NOT hold U+0000 or half of a surrogate pair, escaped or not.", BROKEN),
            must(
                    "DC-ENV-016",
                    "Whoever reads a body MUST keep and ignore members that it does not know.",
                    GOLDEN,
                    "broker-ext:IngestTest#aRowSaysWhoWhenAndWhatAndKeepsWhatWeDoNotKnow"),
            must(
                    "DC-ENV-017",
                    "The MQTT 5 content type MUST be `application/json` or missing.",
                    "firmware-contract:ContractTest#aContentTypeIsJsonOrMissing"),
            must(
                    "DC-ENV-018",
                    "A member without a value MUST be left out: `null` is refused where a member is known.",
                    BROKEN),
            should(
                    "DC-ENV-019",
                    "A vendor's own members SHOULD have names that begin with `x-`, so that no later version of this"
                            + " contract gives them another meaning.",
                    GOLDEN),
            must(
                    "DC-ENV-020",
                    "A message that is sent again MUST have the same `id` and the same bytes; it is stored once.",
                    "broker-ext:IngestTest#aMessageSentTwiceIsStoredOnce"),
            should("DC-ENV-021", "`id` SHOULD be a UUID of version 7 (RFC 9562).", GOLDEN),
            must(
                    "DC-STA-012",
                    "A device MUST publish a status with the state `birth` after it connected.",
                    "device-sim:SimulatedDeviceTest#aDeviceThatConnectsAnnouncesItsBirthWithItsSensors"),
            must(
                    "DC-EME-005",
                    "An emergency MUST be published at once, before anything else that waits.",
                    "device-sim:SimulatedDeviceTest#anSosIsPublishedAtOnceAndAcknowledged",
                    "broker-ext:EmergencyTest#aCallForHelpIsCommittedWhileTelemetryWaits"),
            must(
                    "DC-CHK-004",
                    "The answer to a check-in MUST be published to the command's response topic with its correlation"
                            + " data; MQTT 3.1.1 has neither, there `data.commandId` alone tells.",
                    "device-sim:SimulatedDeviceTest#theAnswerToACheckInGoesToTheResponseTopicWithItsCorrelation",
                    "broker-ext:CommandTest#aCheckInReachesTheDeviceAndItsAnswerReachesTheCommand"),
            must(
                    "DC-CHK-005",
                    "Where nobody answers within the time limit the device MUST report `no-answer`.",
                    "device-sim:SimulatedDeviceTest#whoeverDoesNotAnswerIsAskedTwiceAndThenReported"),
            must(
                    "DC-CMD-005",
                    "A device MUST carry out a command once, however often it comes with the same `id`, and MUST NOT"
                            + " carry it out after `expires`.",
                    "device-sim:SimulatedDeviceTest#aRepeatedCommandIsCarriedOutOnceAndAnExpiredOneNever"),
            must(
                    "DC-CMD-006",
                    "A device MUST pass over kinds of commands that it does not know.",
                    "device-sim:SimulatedDeviceTest#theRobotSpeaksRemindsAndSoundsWhenTold"),
            must(
                    "DC-CMD-007",
                    "A command for a device that is not connected MUST wait until the device comes, or lapse at"
                            + " `expires`.",
                    "broker-ext:CommandTest#aCommandWaitsUntilItsDeviceConnectsAndListens",
                    "broker-ext:CommandTest#aCommandThatNobodyFetchesLapses"),
            must(
                    "DC-TIM-001",
                    "`time` MUST be the device's clock when the thing was observed, not when it was sent.",
                    "device-sim:RecorderTest#aWindowCountsBySensorAndRoomTheLatestLastAndKeepsTheAge"),
            must(
                    "DC-TIM-002",
                    "A device MUST keep its clock within 5 minutes of the true time. A message from further ahead, or"
                            + " from more than 366 days ago, is kept under the time of its receipt, marked, and never"
                            + " pages anybody.",
                    "broker-ext:ClockTest#x"),
            should(
                    "DC-TIM-003",
                    "A device SHOULD keep what it could not send for 72 hours. What is older when it comes is kept as"
                            + " it is, marked as late, and never pages anybody.",
                    "broker-ext:ClockTest#x"),
            must(
                    "DC-TIM-004",
                    "`seq` MUST grow by one from message to message; the platform notices holes, and closes them when"
                            + " the missing messages come.",
                    "broker-ext:ClockTest#x"),
            must(
                    "DC-SEC-001",
                    "A message MUST NOT carry sound: no content type `audio/…`, no sound file as body, no member"
                            + " named `audio`, `pcm`, `wav` or `recording` with a string or an array, and no string of"
                            + " more than 2,048 characters in a member that this contract does not know.",
                    BROKEN,
                    "firmware-contract:ContractTest#aContentTypeIsJsonOrMissing"),
            must(
                    "DC-SEC-002",
                    "A transcript MUST NOT be stored unless the resident has agreed: the platform drops the member"
                            + " and keeps the rest of the message.",
                    "broker-ext:AccessTest#aTranscriptIsNotStoredWithoutConsent",
                    "broker-ext:AccessTest#aTranscriptIsStoredWithConsent"));

    private MessageRules() {}
}
