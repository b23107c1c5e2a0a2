package kr.dolbom.sim.phone.line;

import java.time.Duration;
import java.util.List;

/// What the owner of a phone does by themselves when it rings.
public sealed interface Behaviour {
    /// Nothing: somebody answers by hand, or nobody does.
    Behaviour BY_HAND = new ByHand();

    /// Answers and presses keys.
    ///
    /// @param after how long it rings first
    /// @param keys pressed one by one, each when the call waits for a key; may be empty
    static Behaviour answer(Duration after, String keys) {
        return new Answer(after, keys);
    }

    /// Answers and says something whenever the call asks.
    ///
    /// @param after how long it rings first
    /// @param words one answer for each time it asks
    static Behaviour speak(Duration after, List<String> words) {
        return new Speak(after, words);
    }

    /// Declines.
    ///
    /// @param after how long it rings first
    static Behaviour decline(Duration after) {
        return new Decline(after);
    }

    /// See [#BY_HAND].
    record ByHand() implements Behaviour {}

    /// See [#answer(Duration, String)].
    record Answer(Duration after, String keys) implements Behaviour {

        /// Refuses keys that no phone has.
        public Answer {
            if (!keys.matches("[0-9*#]*")) {
                throw new IllegalArgumentException("Keys \"%s\": expected 0-9, * and #".formatted(keys));
            }
        }
    }

    /// See [#speak(Duration, List)].
    record Speak(Duration after, List<String> words) implements Behaviour {

        /// Keeps its own copy of the words.
        public Speak {
            words = List.copyOf(words);
        }
    }

    /// See [#decline(Duration)].
    record Decline(Duration after) implements Behaviour {}
}
