package kr.dolbom.sim.phone.line;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import kr.dolbom.sim.phone.twiml.Twiml;
import kr.dolbom.sim.phone.twiml.TwimlException;
import kr.dolbom.sim.phone.twiml.Verb;
import kr.dolbom.sim.phone.twiml.Verb.Prompt;
import org.jspecify.annotations.Nullable;

/// Plays TwiML to one answered call until it ends. Runs on the call's own thread.
final class Conversation {
    private static final int MOST_DOCUMENTS = 1000;
    private static final int MOST_BYTES = 64 * 1024;
    private static final Duration UNKNOWN_RECORDING = Duration.ofSeconds(3);
    private static final String CONFIDENCE = "0.92";
    private static final Set<String> XML_TYPES = Set.of("text/xml", "application/xml", "text/html");

    private final Network network;
    private final Call call;
    private final boolean machine;
    private Duration heard = Duration.ZERO;
    private int documents;
    private @Nullable URI base;

    /// @param machine whether nobody will ever press a key
    Conversation(Network network, Call call, boolean machine) {
        this.network = network;
        this.call = call;
        this.machine = machine;
    }

    /// Where the call goes on.
    private sealed interface Next {
        record Verbs(List<Verb> verbs) implements Next {}

        record Fetch(Callback document, Map<String, String> more) implements Next {}

        record End() implements Next {}
    }

    void run() {
        Next next = start();
        boolean fallenBack = false;
        while (!call.isOver()) {
            try {
                next = step(next);
            } catch (TwimlException e) {
                call.warn(e.code(), String.valueOf(e.getMessage()));
                Callback fallback = call.request.fallback();
                if (fallback == null || fallenBack) {
                    apologise();
                    next = new Next.End();
                } else {
                    fallenBack = true;
                    next = new Next.Fetch(fallback, errorParameters(e));
                }
            }
            if (next instanceof Next.End) {
                call.hangUp();
            }
        }
    }

    private Next start() {
        Callback document = call.request.document();
        if (document != null) {
            return new Next.Fetch(document, Map.of());
        }
        String twiml = Objects.requireNonNull(call.request.twiml(), "twiml");
        try {
            return new Next.Verbs(Twiml.parse(twiml));
        } catch (TwimlException e) {
            call.warn(e.code(), String.valueOf(e.getMessage()));
            apologise();
            return new Next.End();
        }
    }

    private Next step(Next next) throws TwimlException {
        return switch (next) {
            case Next.Fetch(Callback document, Map<String, String> more) -> fetch(document, more);
            case Next.Verbs(List<Verb> verbs) -> play(verbs);
            case Next.End end -> end;
        };
    }

    private Next fetch(Callback document, Map<String, String> more) throws TwimlException {
        if (++documents > MOST_DOCUMENTS) {
            throw new TwimlException(12400, "%d documents without an end".formatted(MOST_DOCUMENTS));
        }
        Map<String, String> parameters = call.parameters("in-progress");
        parameters.putAll(more);
        Webhooks.Answer answer;
        try {
            answer = network.webhooks().call(document, parameters);
        } catch (IOException e) {
            throw new TwimlException(11205, "No answer from %s: %s".formatted(document.url(), e));
        }
        if (answer.status() / 100 != 2) {
            throw new TwimlException(11200, "HTTP %d from %s".formatted(answer.status(), document.url()));
        }
        if (!XML_TYPES.contains(answer.contentType())) {
            throw new TwimlException(
                    12300,
                    "Content-Type \"%s\" from %s, expected text/xml".formatted(answer.contentType(), document.url()));
        }
        if (answer.bytes() > MOST_BYTES) {
            throw new TwimlException(
                    11750, "%d bytes from %s, expected at most 65536".formatted(answer.bytes(), document.url()));
        }
        base = document.url();
        return new Next.Verbs(Twiml.parse(answer.body()));
    }

    private Next play(List<Verb> verbs) throws TwimlException {
        for (Verb verb : verbs) {
            if (call.isOver()) {
                break;
            }
            switch (verb) {
                case Prompt prompt -> hear(prompt, false);
                case Verb.Gather gather -> {
                    Optional<Next> answered = gather(gather);
                    if (answered.isPresent()) {
                        return answered.get();
                    }
                }
                case Verb.Redirect(String url, String method) -> {
                    return new Next.Fetch(new Callback(resolve(url), method), Map.of());
                }
                case Verb.Hangup() -> {
                    return new Next.End();
                }
                case Verb.Dial dial -> {
                    Optional<Next> told = dial(dial);
                    if (told.isPresent()) {
                        return told.get();
                    }
                }
            }
        }
        return new Next.End();
    }

    /// @return where it goes on; empty for the next verb
    private Optional<Next> dial(Verb.Dial dial) throws TwimlException {
        Dialling dialling = new Dialling(network, call);
        Map<String, String> result = switch (dial.party()) {
            case Verb.Phone number ->
                dialling.number(
                        dial, number, number.statusCallback().isEmpty() ? null : resolve(number.statusCallback()));
            case Verb.Conference conference -> dialling.conference(conference);
        };
        String action = dial.action();
        return action == null || call.isOver()
                ? Optional.empty()
                : Optional.of(new Next.Fetch(new Callback(resolve(action), dial.method()), result));
    }

    private Optional<Next> gather(Verb.Gather gather) throws TwimlException {
        call.listen(gather.speech());
        for (Prompt prompt : gather.prompts()) {
            if (call.isOver() || (gather.bargeIn() && call.hasKey())) {
                break;
            }
            hear(prompt, gather.bargeIn());
        }
        StringBuilder digits = new StringBuilder();
        String finishedOn = "";
        while (digits.length() < gather.numDigits()) {
            Optional<Character> key = nextKey(gather.timeout());
            if (key.isEmpty()) {
                break;
            }
            if (gather.finishOnKey().indexOf(key.get()) >= 0) {
                finishedOn = gather.finishOnKey();
                break;
            }
            digits.append(key.get());
        }
        Optional<String> words = digits.isEmpty() ? call.takeWords() : Optional.empty();
        call.stopListening();
        if (call.isOver() || (digits.isEmpty() && words.isEmpty() && !gather.actionOnEmptyResult())) {
            return Optional.empty();
        }
        Map<String, String> result = new LinkedHashMap<>();
        if (words.isPresent()) {
            result.put("SpeechResult", words.get());
            result.put("Confidence", CONFIDENCE);
        } else {
            result.put("msg", "Gather End");
            result.put("Digits", digits.toString());
            result.put("FinishedOnKey", finishedOn);
        }
        String action = gather.action() == null ? "" : gather.action();
        return Optional.of(new Next.Fetch(new Callback(resolve(action), gather.method()), result));
    }

    private Optional<Character> nextKey(Duration timeout) {
        if (machine) {
            pass(timeout, false);
            return Optional.empty();
        }
        return call.takeKey(network.pace().waiting(timeout));
    }

    private void hear(Prompt prompt, boolean untilKey) {
        switch (prompt) {
            case Verb.Say say -> {
                if (!say.speaksKorean() && say.text().codePoints().anyMatch(Conversation::isHangul)) {
                    call.warn(13520, "Korean words for a voice that speaks %s".formatted(say.language()));
                }
                for (int i = 0; i < say.loop() && goesOn(untilKey); i++) {
                    call.say(new SpokenLine(network.now(), say.text(), say.language(), say.voice()));
                    pass(Pace.lengthOf(say.text()), untilKey);
                }
            }
            case Verb.Play play -> {
                for (int i = 0; i < play.loop() && goesOn(untilKey); i++) {
                    String what = play.url().isEmpty() ? play.digits() : play.url();
                    call.say(new SpokenLine(network.now(), what, "zxx", ""));
                    pass(UNKNOWN_RECORDING, untilKey);
                }
            }
            case Verb.Pause(Duration length) -> pass(length, untilKey);
        }
    }

    private boolean goesOn(boolean untilKey) {
        return !call.isOver() && !(untilKey && call.hasKey());
    }

    /// Lets telephone time pass; a machine's tape runs full by it.
    private void pass(Duration real, boolean untilKey) {
        network.monitor().await(() -> !goesOn(untilKey), network.pace().talking(real));
        heard = heard.plus(real);
        if (machine && heard.compareTo(CallRun.TAPE) > 0) {
            call.hangUp();
        }
    }

    private void apologise() {
        hear(new Verb.Say("We are sorry, an application error has occurred. Goodbye.", "en-US", "", 1), false);
    }

    private URI resolve(String address) throws TwimlException {
        try {
            URI resolved = base == null ? URI.create(address) : address.isEmpty() ? base : base.resolve(address);
            if (WebAddress.isAbsolute(resolved)) {
                return resolved;
            }
        } catch (IllegalArgumentException e) {
            throw new TwimlException(11100, "\"%s\" is no address: %s".formatted(address, e.getMessage()));
        }
        throw new TwimlException(11100, "\"%s\" leads to no http or https address".formatted(address));
    }

    private Map<String, String> errorParameters(TwimlException error) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("ErrorCode", Integer.toString(error.code()));
        if (base != null) {
            parameters.put("ErrorUrl", base.toString());
        }
        return parameters;
    }

    static boolean isHangul(int codePoint) {
        return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HANGUL;
    }
}
