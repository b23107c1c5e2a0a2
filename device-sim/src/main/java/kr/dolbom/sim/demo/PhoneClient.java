package kr.dolbom.sim.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One simulated phone, by hand of the demo.
final class PhoneClient {
    private final WebClient phones;
    private final String path;

    /// @param phones the phone simulator
    /// @param number E.164
    PhoneClient(WebClient phones, String number) {
        this.phones = phones;
        this.path = "/phones/api/phones/" + URLEncoder.encode(number, StandardCharsets.UTF_8);
    }

    void nameOwner(String owner) throws InterruptedException {
        phones.put(path + "/owner", Map.of("owner", owner));
    }

    /// Waits until it rings and takes the call.
    ///
    /// @return when it began to ring
    Instant answer(Duration limit) throws InterruptedException {
        phones.post(path + "/answer", Map.of("waitSeconds", limit.toSeconds()));
        return listRings().getLast();
    }

    /// Presses a key without hearing the call out.
    void pressNow(String key) throws InterruptedException {
        phones.post(path + "/press", Map.of("keys", key));
    }

    /// Waits until certain words are said.
    ///
    /// @return all that was said so far
    String awaitSpoken(String words, Duration limit) throws InterruptedException {
        return Await.until("'%s' in the call".formatted(words), limit, () -> {
            String said = spoken();
            return said.contains(words) ? Optional.of(said) : Optional.empty();
        });
    }

    /// Waits until the latest call is over; until then the next caller would find the line busy.
    void awaitCallEnd(Duration limit) throws InterruptedException {
        Await.until("The end of the call", limit, () -> {
            JsonNode ended = phones.get(path).path("calls").path(0).path("endedAt");
            return ended.isTextual() ? Optional.of(ended) : Optional.empty();
        });
    }

    List<Instant> listRings() throws InterruptedException {
        List<Instant> rings = new ArrayList<>();
        phones.get(path).path("rings").forEach(ring -> rings.add(Instant.parse(ring.asText())));
        return rings;
    }

    /// What was said in the latest call.
    String spoken() throws InterruptedException {
        StringBuilder all = new StringBuilder();
        JsonNode latest = phones.get(path).path("calls").path(0);
        latest.path("spoken")
                .forEach(line -> all.append(line.path("text").asText()).append(' '));
        return all.toString();
    }

    /// The texts, latest first.
    List<String> listTexts() throws InterruptedException {
        List<String> texts = new ArrayList<>();
        phones.get(path)
                .path("texts")
                .forEach(text -> texts.add(text.path("body").asText()));
        return texts;
    }
}
