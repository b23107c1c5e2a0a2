package kr.dolbom.sim.phone.twiml;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import kr.dolbom.sim.phone.twiml.Verb.Prompt;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// Reads voice TwiML.
///
/// It is stricter than Twilio in one way, so that a mistake is seen in a test and not at night: an unknown attribute or
/// an impossible value is an error here, where Twilio only warns and goes on.
public final class Twiml {
    /// Malformed XML or no `<Response>`.
    static final int PARSE_FAILURE = 12100;

    /// Well-formed, but not what a voice document may hold.
    static final int SCHEMA_VIOLATION = 12200;

    private static final Set<String> SPEECH_MARKUP =
            Set.of("break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w");

    private Twiml() {}

    /// The verbs of a document in their order.
    ///
    /// @throws TwimlException with Twilio's error number when the document cannot be played
    public static List<Verb> parse(String xml) throws TwimlException {
        Element root = parseXml(xml);
        if (!root.getTagName().equals("Response")) {
            throw new TwimlException(
                    PARSE_FAILURE, "The root element is <%s>, expected <Response>".formatted(root.getTagName()));
        }
        expectAttributes(root, Set.of());
        List<Verb> verbs = new ArrayList<>();
        for (Element element : children(root)) {
            verbs.add(verb(element));
        }
        return List.copyOf(verbs);
    }

    private static Verb verb(Element element) throws TwimlException {
        return switch (element.getTagName()) {
            case "Say", "Play", "Pause" -> prompt(element);
            case "Gather" -> gather(element);
            case "Redirect" -> {
                expectAttributes(element, Set.of("method"));
                yield new Verb.Redirect(text(element), method(element));
            }
            case "Hangup" -> {
                expectAttributes(element, Set.of());
                yield new Verb.Hangup();
            }
            case "Dial" -> DialTwiml.read(element);
            case "Reject" ->
                throw new TwimlException(SCHEMA_VIOLATION, "<Reject> has no meaning in a call that Twilio itself made");
            default ->
                throw new TwimlException(
                        SCHEMA_VIOLATION,
                        "<%s> is not played here; expected Say, Play, Pause, Gather, Dial, Redirect or Hangup"
                                .formatted(element.getTagName()));
        };
    }

    private static Prompt prompt(Element element) throws TwimlException {
        return switch (element.getTagName()) {
            case "Say" -> say(element);
            case "Play" -> {
                expectAttributes(element, Set.of("loop", "digits"));
                String url = text(element);
                String digits = element.getAttribute("digits");
                if (url.isEmpty() && digits.isEmpty()) {
                    throw new TwimlException(SCHEMA_VIOLATION, "<Play> has neither an address nor digits");
                }
                yield new Verb.Play(url, digits, loop(element));
            }
            case "Pause" -> {
                expectAttributes(element, Set.of("length"));
                yield new Verb.Pause(Duration.ofSeconds(number(element, "length", 1, 1)));
            }
            default ->
                throw new TwimlException(
                        SCHEMA_VIOLATION,
                        "<%s> inside <Gather>; expected Say, Play or Pause".formatted(element.getTagName()));
        };
    }

    private static Verb.Say say(Element element) throws TwimlException {
        expectAttributes(element, Set.of("language", "voice", "loop"));
        for (Element markup : descendants(element)) {
            if (!SPEECH_MARKUP.contains(markup.getTagName())) {
                throw new TwimlException(SCHEMA_VIOLATION, "<%s> inside <Say>".formatted(markup.getTagName()));
            }
        }
        String language = language(element);
        String voice = element.getAttribute("voice");
        if (!voice.matches("|man|woman|alice|(Polly|Google)\\.[A-Za-z0-9-]+")) {
            throw new TwimlException(
                    SCHEMA_VIOLATION, "<Say voice=\"%s\">, expected a voice such as Polly.Seoyeon".formatted(voice));
        }
        return new Verb.Say(text(element), language, voice, loop(element));
    }

    private static String language(Element element) throws TwimlException {
        String language = element.getAttribute("language");
        if (!language.matches("|[a-z]{2,3}-[A-Z]{2}")) {
            throw new TwimlException(
                    SCHEMA_VIOLATION,
                    "<%s language=\"%s\">, expected a tag such as ko-KR".formatted(element.getTagName(), language));
        }
        return language.isEmpty() ? "en-US" : language;
    }

    private static Verb.Gather gather(Element element) throws TwimlException {
        expectAttributes(
                element,
                Set.of(
                        "action",
                        "method",
                        "timeout",
                        "numDigits",
                        "finishOnKey",
                        "input",
                        "actionOnEmptyResult",
                        "bargeIn",
                        "language",
                        "hints",
                        "speechTimeout",
                        "speechModel",
                        "enhanced",
                        "profanityFilter"));
        String input = element.getAttribute("input");
        if (!input.matches("|dtmf|speech|dtmf speech|speech dtmf")) {
            throw new TwimlException(
                    SCHEMA_VIOLATION,
                    "<Gather input=\"%s\">, expected dtmf, speech or \"dtmf speech\"".formatted(input));
        }
        String language = language(element);
        String finishOnKey = element.hasAttribute("finishOnKey") ? element.getAttribute("finishOnKey") : "#";
        if (!finishOnKey.matches("|[0-9#*]")) {
            throw new TwimlException(
                    SCHEMA_VIOLATION,
                    "<Gather finishOnKey=\"%s\">, expected one of 0-9, # and * or nothing".formatted(finishOnKey));
        }
        List<Prompt> prompts = new ArrayList<>();
        for (Element child : children(element)) {
            prompts.add(prompt(child));
        }
        return new Verb.Gather(
                element.hasAttribute("action") ? element.getAttribute("action") : null,
                method(element),
                Duration.ofSeconds(number(element, "timeout", 5, 1)),
                number(element, "numDigits", Integer.MAX_VALUE, 1),
                finishOnKey,
                flag(element, "actionOnEmptyResult", false),
                flag(element, "bargeIn", true),
                input.contains("speech") ? language : "",
                prompts);
    }

    private static Element parseXml(String xml) throws TwimlException {
        try {
            DocumentBuilder builder = builder();
            return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
        } catch (SAXParseException e) {
            throw new TwimlException(
                    PARSE_FAILURE,
                    "line %d, column %d: %s".formatted(e.getLineNumber(), e.getColumnNumber(), e.getMessage()));
        } catch (SAXException | IOException e) {
            throw new TwimlException(PARSE_FAILURE, String.valueOf(e.getMessage()));
        }
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setIgnoringComments(true);
            factory.setCoalescing(true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Throwing());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's XML parser refuses a safe configuration", e);
        }
    }

    static List<Element> children(Element parent) throws TwimlException {
        NodeList nodes = parent.getChildNodes();
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element) {
                elements.add(element);
            } else if (!node.getTextContent().isBlank()) {
                throw new TwimlException(SCHEMA_VIOLATION, "Loose text inside <%s>".formatted(parent.getTagName()));
            }
        }
        return elements;
    }

    private static List<Element> descendants(Element parent) {
        NodeList nodes = parent.getElementsByTagName("*");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .flatMap(node -> node instanceof Element element ? Stream.of(element) : Stream.empty())
                .toList();
    }

    static void expectAttributes(Element element, Set<String> known) throws TwimlException {
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            String name = element.getAttributes().item(i).getNodeName();
            if (!known.contains(name)) {
                throw new TwimlException(
                        SCHEMA_VIOLATION, "<%s> has no attribute \"%s\"".formatted(element.getTagName(), name));
            }
        }
    }

    static String text(Element element) {
        return element.getTextContent().strip().replaceAll("\\s+", " ");
    }

    static String method(Element element) throws TwimlException {
        String method = element.getAttribute("method").toUpperCase(Locale.ROOT);
        return switch (method) {
            case "" -> "POST";
            case "GET", "POST" -> method;
            default ->
                throw new TwimlException(
                        SCHEMA_VIOLATION,
                        "<%s method=\"%s\">, expected GET or POST".formatted(element.getTagName(), method));
        };
    }

    /// 0 means "until the caller hangs up", for which Twilio itself stops at 1000.
    private static int loop(Element element) throws TwimlException {
        int loop = number(element, "loop", 1, 0);
        return loop == 0 ? 1000 : loop;
    }

    static int number(Element element, String attribute, int whenAbsent, int least) throws TwimlException {
        if (!element.hasAttribute(attribute)) {
            return whenAbsent;
        }
        Integer value = parse(element.getAttribute(attribute), least);
        if (value == null) {
            throw new TwimlException(
                    SCHEMA_VIOLATION,
                    "<%s %s=\"%s\">, expected a whole number from %d"
                            .formatted(element.getTagName(), attribute, element.getAttribute(attribute), least));
        }
        return value;
    }

    private static @Nullable Integer parse(String digits, int least) {
        if (!digits.matches("[0-9]{1,6}")) {
            return null;
        }
        int value = Integer.parseInt(digits);
        return value < least ? null : value;
    }

    static boolean flag(Element element, String attribute, boolean whenAbsent) throws TwimlException {
        String value = element.getAttribute(attribute);
        return switch (value) {
            case "" -> whenAbsent;
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new TwimlException(
                        SCHEMA_VIOLATION,
                        "<%s %s=\"%s\">, expected true or false".formatted(element.getTagName(), attribute, value));
        };
    }

    /// Without it the JDK's parser prints every fault to standard error.
    private static final class Throwing implements ErrorHandler {
        @Override
        public void warning(SAXParseException fault) {}

        @Override
        public void error(SAXParseException fault) throws SAXParseException {
            throw fault;
        }

        @Override
        public void fatalError(SAXParseException fault) throws SAXParseException {
            throw fault;
        }
    }
}
