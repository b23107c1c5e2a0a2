package kr.dolbom.sim.phone;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import kr.dolbom.sim.phone.line.Account;
import kr.dolbom.sim.phone.line.CallbackRules;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.Pace;

/// How a phone simulator is set up.
///
/// @param bind address to listen on
/// @param port port to listen on, 0 for any free one
/// @param account the Twilio account it stands in for
/// @param ownNumbers numbers the account may send from, E.164; empty for any
/// @param pace how fast telephone time passes
/// @param callbacks how status callbacks travel, at first
/// @param faults one fault per number that strikes from the start
/// @param alimTalkKey the secret of the AlimTalk provider: clients log in with it, and it signs what webhooks are told
/// @param clock the time that is reported; waiting itself follows real time
public record PhoneSimulatorSettings(
        String bind,
        int port,
        Account account,
        Set<String> ownNumbers,
        Pace pace,
        CallbackRules callbacks,
        Map<String, Fault> faults,
        String alimTalkKey,
        InstantSource clock) {
    /// The AlimTalk provider's secret unless another is set.
    public static final String ALIMTALK_KEY = "alimtalk-key";

    /// Keeps its own copies.
    public PhoneSimulatorSettings {
        ownNumbers = Set.copyOf(ownNumbers);
        faults = Map.copyOf(faults);
    }

    /// On 127.0.0.1 at any free port, everything said at once, callbacks in order, no faults.
    public static PhoneSimulatorSettings of(String accountSid, String authToken) {
        return new PhoneSimulatorSettings(
                "127.0.0.1",
                0,
                new Account(accountSid, authToken),
                Set.of(),
                Pace.INSTANT_SPEECH,
                CallbackRules.IN_ORDER,
                Map.of(),
                ALIMTALK_KEY,
                InstantSource.system());
    }

    /// Listens there.
    public PhoneSimulatorSettings withAddress(String newBind, int newPort) {
        return new PhoneSimulatorSettings(
                newBind, newPort, account, ownNumbers, pace, callbacks, faults, alimTalkKey, clock);
    }

    /// The account has this second auth token too.
    public PhoneSimulatorSettings withSecondaryAuthToken(String token) {
        return new PhoneSimulatorSettings(
                bind,
                port,
                new Account(account.sid(), account.authToken(), token),
                ownNumbers,
                pace,
                callbacks,
                faults,
                alimTalkKey,
                clock);
    }

    /// The AlimTalk provider has this secret.
    public PhoneSimulatorSettings withAlimTalkKey(String key) {
        return new PhoneSimulatorSettings(bind, port, account, ownNumbers, pace, callbacks, faults, key, clock);
    }

    /// Sends only from these numbers.
    public PhoneSimulatorSettings withOwnNumbers(Set<String> numbers) {
        return new PhoneSimulatorSettings(bind, port, account, numbers, pace, callbacks, faults, alimTalkKey, clock);
    }

    /// Speaks and waits at this pace.
    public PhoneSimulatorSettings withPace(Pace newPace) {
        return new PhoneSimulatorSettings(
                bind, port, account, ownNumbers, newPace, callbacks, faults, alimTalkKey, clock);
    }

    /// Sends callbacks so.
    public PhoneSimulatorSettings withCallbacks(CallbackRules rules) {
        return new PhoneSimulatorSettings(bind, port, account, ownNumbers, pace, rules, faults, alimTalkKey, clock);
    }

    /// Starts with these faults.
    public PhoneSimulatorSettings withFaults(Map<String, Fault> plan) {
        return new PhoneSimulatorSettings(bind, port, account, ownNumbers, pace, callbacks, plan, alimTalkKey, clock);
    }

    /// Reports this clock's time.
    public PhoneSimulatorSettings withClock(InstantSource newClock) {
        return new PhoneSimulatorSettings(
                bind, port, account, ownNumbers, pace, callbacks, faults, alimTalkKey, newClock);
    }
}
