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
                    BROKEN,
                    "broker-ext:PublishedPayloadsTest"
                            + "#aMutatedPayloadIsAcknowledgedWithSuccessIfAndOnlyIfTheContractTakesIt"),
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
                    "A device MUST publish a status with the state `birth` as the first message of each connection. Without"
                            + " it an emergency that looks late is taken for one that happens now.",
                    "device-sim:SimulatedDeviceTest#aDeviceThatConnectsAnnouncesItsBirthWithItsSensors",
                    "broker-ext:ClockTest#anSosOfADeviceThatNeverToldItsTimeIsOfNow"),
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
                    "broker-ext:CommandTest#aCheckInReachesTheDeviceAndItsAnswerReachesTheCommand",
                    "broker-ext:CommandTest#anOldDeviceAnswersByTheIdOfTheCommandAlone"),
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
                    "device-sim:SimulatedDeviceTest#aKindOfCommandThatItDoesNotKnowIsPassedOver"),
            must(
                    "DC-CMD-007",
                    "A command for a device that is not connected MUST wait until the device comes, or lapse at"
                            + " `expires`; some may not wait, and lapse at once.",
                    "broker-ext:CommandTest#aCommandWaitsUntilItsDeviceConnectsAndListens",
                    "broker-ext:CommandTest#aCommandThatNobodyFetchesLapses",
                    "broker-ext:CommandTest#aCommandThatMayNotWaitLapsesAtOnceWhereItsDeviceIsOffline"),
            must(
                    "DC-CMD-008",
                    "A device MUST acknowledge a command (PUBACK) when it has taken it over; what it does not"
                            + " acknowledge comes again over its next connection, with the same `id` and in order.",
                    "broker-ext:CommandTest#whatWasNotAcknowledgedIsSentAgainOverTheNextConnectionWithTheSameIdAndInOrder",
                    "broker-ext:CommandTest#commandsComeInTheirOrder"),
            should(
                    "DC-CMD-009",
                    "A device that cannot carry out a command SHOULD say so by an error code and a reason string in its"
                            + " PUBACK (MQTT 5).",
                    "broker-ext:CommandTest#aDeviceThatRefusesACommandSaysWhy"),
            must(
                    "DC-TIM-001",
                    "`time` MUST be the device's clock when the thing was observed, not when it was sent.",
                    "device-sim:RecorderTest#aWindowCountsBySensorAndRoomTheLatestLastAndKeepsTheAge"),
            must(
                    "DC-TIM-002",
                    "A device MUST keep its clock within 5 minutes of the true time. A message from further ahead, or"
                            + " from more than 366 days ago, is kept under the time that follows from the birth status"
                            + " (DC-TIM-005) or else of its receipt, marked, and pages nobody but as an emergency that"
                            + " is live.",
                    "firmware-contract:TimelinessTest#aClockMayRunAheadByFiveMinutes",
                    "firmware-contract:TimelinessTest#nothingIsOlderThanALeapYear",
                    "broker-ext:ClockTest#whatNoClockCanHaveSeenIsOfItsReceiptAndFlagged"),
            should(
                    "DC-TIM-003",
                    "A device SHOULD keep what it could not send for 72 hours. What is older when it comes is kept as"
                            + " it is, marked as late, and pages nobody.",
                    "firmware-contract:TimelinessTest#aMessageMayBeBufferedForSeventyTwoHours",
                    "broker-ext:ClockTest#whatWasBufferedForMoreThanThreeDaysIsKeptAsItIsAndFlagged",
                    "device-sim:SimulatedDeviceTest#bufferedHistoryArrivesCompleteInOrderAndOnce"),
            must(
                    "DC-TIM-004",
                    "`seq` MUST grow by one from message to message: the platform notices holes, and closes them when the"
                            + " missing messages come. A device that lost its count begins anew with a lower number, best 0, in a birth status.",
                    "broker-ext:SequenceTest#aHoleIsNoticed",
                    "broker-ext:SequenceTest#whatComesLateMakesTheHoleSmallerUntilItIsClosed",
                    "broker-ext:SequenceTest#aDeviceThatBeginsAnewLeavesNoHoleAndItsOldOnesAreGivenUp",
                    "device-sim:SimulatedDeviceTest#bufferedHistoryArrivesCompleteInOrderAndOnce"),
            must(
                    "DC-TIM-005",
                    "The `time` of the birth status MUST be the device's present time: the platform learns from it how"
                            + " far the clock is off, and shifts the times of that connection where it is more than 5"
                            + " minutes.",
                    "firmware-contract:ObservedTimeTest#fiveMinutesOfOffsetAreLeftAsTheyAre",
                    "broker-ext:ClockTest#aLiveSosOfAClockThatIsTwoHoursSlowIsOfNow",
                    "broker-ext:ClockTest#aLiveSosOfAWrongYearIsOfNow"),
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
                    "broker-ext:AccessTest#aTranscriptIsStoredWithConsent"),
            must(
                    "DC-SEC-003",
                    "A connection that leaves a protected network MUST use TLS 1.2 or newer.",
                    "broker-ext:TlsTest#anOldTlsIsNotSpoken",
                    "broker-ext:TlsTest#aStockClientComesByItsSecretAndByItsCertificate"));

    private MessageRules() {}
}
