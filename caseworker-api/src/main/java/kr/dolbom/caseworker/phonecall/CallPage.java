package kr.dolbom.caseworker.phonecall;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;

/// What stands on a call's page.
///
/// @param frame what is around it
/// @param title what kind of call
/// @param state the live part
public record CallPage(Frame frame, String title, State state) {

    /// In which language.
    public Words words() {
        return frame.words();
    }

    /// The part that is kept up to date.
    ///
    /// @param frame what is around it
    /// @param callId the public id
    /// @param headline what happens now and what to do
    /// @param started when it was asked for
    /// @param people one line for each phone, whoever calls first
    /// @param isOver whether nothing more will happen
    /// @param isEnding whether somebody has ended it and the provider still has it
    /// @param party whom to call again, as forms name them; empty for a group
    /// @param alert the alert from which it was made, the public id; empty for none
    public record State(
            Frame frame,
            String callId,
            String headline,
            String started,
            List<Person> people,
            boolean isOver,
            boolean isEnding,
            String party,
            String alert) {
        /// Keeps its own copy.
        public State {
            people = List.copyOf(people);
        }

        /// In which language.
        public Words words() {
            return frame.words();
        }

        /// By which a page asks whether anything is new.
        public String seen() {
            return Integer.toHexString(Objects.hash(headline, people, isOver, isEnding));
        }
    }

    /// Somebody of the call.
    ///
    /// @param name their name
    /// @param kind as what they are called
    /// @param state how far it has come, in words
    /// @param mark `wait`, `in`, `out` or `trouble`, for the line's look
    public record Person(String name, String kind, String state, String mark) {}

    static CallPage of(Frame frame, PhoneCall call) {
        return new CallPage(
                frame,
                frame.words().text(call.isGroup() ? "contact.call.title-group" : "contact.call.title"),
                state(frame, call));
    }

    private static State state(Frame frame, PhoneCall call) {
        Words words = frame.words();
        Phrasing phrasing = frame.phrasing();
        UUID alert = call.alertId();
        Party other = call.others().getFirst().party();
        return new State(
                frame,
                call.callId().toString(),
                headline(words, call),
                words.text("contact.call.started", phrasing.time(call.startedAt())),
                call.legs().stream().map(leg -> person(words, call, leg)).toList(),
                call.isOver(),
                call.canceledAt() != null && !call.isOver(),
                call.isGroup() ? "" : other.kind().word() + ":" + other.id(),
                alert == null ? "" : alert.toString());
    }

    private static String headline(Words words, PhoneCall call) {
        PhoneCall.Leg caller = call.caller();
        if (call.isOver()) {
            String end = call.wasTalked() ? "talked" : call.canceledAt() != null ? "canceled" : "missed";
            return words.text("contact.call.head." + end);
        }
        if (call.isGroup()) {
            long in = call.legs().stream().filter(CallPage::isIn).count();
            if (in > 1) {
                return words.text("contact.call.head.room", in);
            }
        }
        if (isIn(caller)) {
            if (call.isGroup()) {
                return words.text("contact.call.head.waiting");
            }
            return words.text(
                    isIn(call.others().getFirst()) ? "contact.call.head.talking" : "contact.call.head.dialling");
        }
        return words.text(
                switch (caller.state()) {
                    case STARTING -> "contact.call.head.starting";
                    case ANSWERED -> "contact.call.head.key";
                    default -> "contact.call.head.ringing";
                });
    }

    private static boolean isIn(PhoneCall.Leg leg) {
        return leg.joinedAt() != null && !leg.isOver();
    }

    private static Person person(Words words, PhoneCall call, PhoneCall.Leg leg) {
        boolean isCaller = leg.equals(call.caller());
        String key = key(call, leg, isCaller);
        String error = leg.error() == null || !leg.error().matches("\\d+") ? "" : " (" + leg.error() + ")";
        return new Person(
                leg.party().name(),
                words.text(
                        isCaller
                                ? "contact.call.me"
                                : "contact.kind." + leg.party().kind().word()),
                words.text("contact.call.state." + key) + (leg.state() == AttemptState.FAILED ? error : ""),
                mark(leg));
    }

    private static String key(PhoneCall call, PhoneCall.Leg leg, boolean isCaller) {
        if (leg.joinedAt() != null && leg.state() != AttemptState.FAILED) {
            return leg.isOver() ? "left" : "joined";
        }
        return switch (leg.state()) {
            case STARTING -> !isCaller && !call.isGroup() ? "waiting" : "starting";
            case FAILED -> "no-news".equals(leg.error()) ? "no-news" : "failed";
            case CANCELED -> "alerts-first".equals(leg.error()) ? "alerts-first" : "canceled";
            default -> leg.state().word();
        };
    }

    private static String mark(PhoneCall.Leg leg) {
        if (!leg.isOver()) {
            return leg.joinedAt() == null ? "wait" : "in";
        }
        return leg.joinedAt() == null ? "trouble" : "out";
    }
}
