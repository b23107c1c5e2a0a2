package kr.dolbom.sim.phone.twiml;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One instruction of a TwiML document, with every attribute at the value Twilio would use.
public sealed interface Verb {

    /// What may be heard inside a [Gather] as well as on its own.
    sealed interface Prompt extends Verb {}

    /// Speaks a text.
    ///
    /// @param text what is spoken, white space collapsed; may be empty
    /// @param language BCP 47 tag, `en-US` unless the document says otherwise
    /// @param voice Twilio's name of the voice, empty for the default one
    /// @param loop how often, 1 or more
    record Say(String text, String language, String voice, int loop) implements Prompt {

        /// Whether this voice can speak Korean; a voice that cannot leaves Korean text unspoken.
        public boolean speaksKorean() {
            return language.startsWith("ko")
                    || voice.contains("ko-KR")
                    || KOREAN_POLLY.contains(voice.split("-", 2)[0]);
        }

        private static final List<String> KOREAN_POLLY = List.of("Polly.Seoyeon", "Polly.Jihye");
    }

    /// Plays a recording, or key tones when `digits` is given.
    ///
    /// @param url address of the recording as written, empty when only tones are played
    /// @param digits tones to play, empty when a recording is played
    /// @param loop how often, 1 or more
    record Play(String url, String digits, int loop) implements Prompt {}

    /// Silence.
    record Pause(Duration length) implements Prompt {}

    /// Waits for keys, or spoken words, while the prompts are heard.
    ///
    /// @param action where the keys are sent, as written; null means the address of the document itself
    /// @param method GET or POST
    /// @param timeout how long to wait for the next key after the prompts
    /// @param numDigits how many keys end the input; `Integer.MAX_VALUE` when unlimited
    /// @param finishOnKey the key that ends the input and is no part of it; empty for none
    /// @param actionOnEmptyResult whether the action is also called when no key was pressed
    /// @param bargeIn whether a key cuts the prompts short
    /// @param speech the language in which spoken words count too, BCP 47; empty when only keys do
    /// @param prompts what is heard meanwhile
    record Gather(
            @Nullable String action,
            String method,
            Duration timeout,
            int numDigits,
            String finishOnKey,
            boolean actionOnEmptyResult,
            boolean bargeIn,
            String speech,
            List<Prompt> prompts)
            implements Verb {

        /// Keeps its own copy of the prompts.
        public Gather {
            prompts = List.copyOf(prompts);
        }
    }

    /// Goes on with another document.
    ///
    /// @param url as written; empty means the same document again
    /// @param method GET or POST
    record Redirect(String url, String method) implements Verb {}

    /// Ends the call.
    record Hangup() implements Verb {}

    /// Connects the call to somebody else, or to others.
    ///
    /// @param action where it is told how that ended, as written; null goes on with the next verb
    /// @param method GET or POST
    /// @param timeout how long a number rings
    /// @param callerId who seems to call, E.164
    /// @param party to whom
    record Dial(@Nullable String action, String method, Duration timeout, String callerId, Party party)
            implements Verb {}

    /// With whom [Dial] connects.
    sealed interface Party {}

    /// A phone.
    ///
    /// @param number to ring, E.164
    /// @param statusCallback who is told of the events, as written; empty for nobody
    /// @param statusCallbackMethod GET or POST
    /// @param events which events are told, in Twilio's words; empty means only the end
    record Phone(String number, String statusCallback, String statusCallbackMethod, List<String> events)
            implements Party {

        /// Keeps its own copy of the events.
        public Phone {
            events = List.copyOf(events);
        }
    }

    /// A room in which all who are in it hear each other.
    ///
    /// @param name of the room
    /// @param startOnEnter whether talking begins with this participant; before, music is heard
    /// @param endOnExit whether it is over for everybody when this participant leaves
    record Conference(String name, boolean startOnEnter, boolean endOnExit) implements Party {}
}
