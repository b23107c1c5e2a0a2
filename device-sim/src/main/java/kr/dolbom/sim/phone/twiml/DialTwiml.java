package kr.dolbom.sim.phone.twiml;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/// Reads `<Dial>`: one `<Number>` or one `<Conference>`.
final class DialTwiml {
    private static final Set<String> EVENTS = Set.of("initiated", "ringing", "answered", "completed");

    private DialTwiml() {}

    static Verb.Dial read(Element element) throws TwimlException {
        Twiml.expectAttributes(element, Set.of("action", "method", "timeout", "callerId", "answerOnBridge"));
        Twiml.flag(element, "answerOnBridge", false);
        List<Element> parties = Twiml.children(element);
        if (parties.size() != 1) {
            throw new TwimlException(
                    Twiml.SCHEMA_VIOLATION,
                    "<Dial> with %d elements is not played here; expected one Number or Conference"
                            .formatted(parties.size()));
        }
        Verb.Party party = party(parties.getFirst());
        String callerId = element.getAttribute("callerId");
        if (party instanceof Verb.Phone && callerId.isEmpty()) {
            throw new TwimlException(
                    Twiml.SCHEMA_VIOLATION, "<Dial> of a number without callerId is not played here; say who calls");
        }
        return new Verb.Dial(
                element.hasAttribute("action") ? element.getAttribute("action") : null,
                Twiml.method(element),
                Duration.ofSeconds(Twiml.number(element, "timeout", 30, 1)),
                callerId,
                party);
    }

    private static Verb.Party party(Element element) throws TwimlException {
        return switch (element.getTagName()) {
            case "Number" -> number(element);
            case "Conference" -> conference(element);
            default ->
                throw new TwimlException(
                        Twiml.SCHEMA_VIOLATION,
                        "<%s> inside <Dial> is not played here; expected Number or Conference"
                                .formatted(element.getTagName()));
        };
    }

    private static Verb.Phone number(Element element) throws TwimlException {
        Twiml.expectAttributes(element, Set.of("statusCallback", "statusCallbackEvent", "statusCallbackMethod"));
        List<String> events = Stream.of(
                        element.getAttribute("statusCallbackEvent").split(" ", -1))
                .filter(event -> !event.isEmpty())
                .toList();
        if (!EVENTS.containsAll(events)) {
            throw new TwimlException(
                    Twiml.SCHEMA_VIOLATION,
                    "<Number statusCallbackEvent=\"%s\">, expected initiated, ringing, answered, completed"
                            .formatted(String.join(" ", events)));
        }
        String method = element.getAttribute("statusCallbackMethod");
        if (!Set.of("", "GET", "POST").contains(method)) {
            throw new TwimlException(
                    Twiml.SCHEMA_VIOLATION,
                    "<Number statusCallbackMethod=\"%s\">, expected GET or POST".formatted(method));
        }
        return new Verb.Phone(
                Twiml.text(element),
                element.getAttribute("statusCallback"),
                method.isEmpty() ? "POST" : method,
                events);
    }

    private static Verb.Conference conference(Element element) throws TwimlException {
        Twiml.expectAttributes(element, Set.of("startConferenceOnEnter", "endConferenceOnExit", "beep"));
        String name = Twiml.text(element);
        if (name.isEmpty()) {
            throw new TwimlException(Twiml.SCHEMA_VIOLATION, "<Conference> has no name");
        }
        Twiml.flag(element, "beep", true);
        return new Verb.Conference(
                name,
                Twiml.flag(element, "startConferenceOnEnter", true),
                Twiml.flag(element, "endConferenceOnExit", false));
    }
}
