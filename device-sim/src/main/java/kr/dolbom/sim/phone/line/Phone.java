package kr.dolbom.sim.phone.line;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One phone and the hand that holds it. Thread-safe; waiting ends as soon as the thing waited for happens.
///
/// A phone takes one call at a time: while it rings or is talking, further calls find it busy.
public final class Phone {
    /// How long [#press(String)], [#answer()] and the like wait for their moment.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Network network;
    private final Monitor monitor;
    private final String number;
    private final Faults faults = new Faults();
    private final List<Text> texts = new ArrayList<>();
    private final List<Talk> talks = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<Instant> rings = new ArrayList<>();
    private String owner = "";
    private final PhoneBrowser browser;
    private Behaviour behaviour = Behaviour.BY_HAND;
    private @Nullable CallbackRules callbackRules;
    private @Nullable Call current;

    Phone(Network network, String number) {
        this.network = network;
        this.monitor = network.monitor();
        this.number = number;
        this.browser = new PhoneBrowser(network, this);
    }

    /// The number, E.164.
    public String number() {
        return number;
    }

    /// Whose phone it is, empty when nobody said.
    public String owner() {
        return monitor.read(() -> owner);
    }

    /// Says whose phone it is.
    public Phone owner(String name) {
        monitor.update(() -> owner = name.strip());
        return this;
    }

    /// What the owner does by themselves.
    public Behaviour behaviour() {
        return monitor.read(() -> behaviour);
    }

    /// Sets what the owner does by themselves, from the next ring on.
    public Phone behaviour(Behaviour next) {
        monitor.update(() -> behaviour = next);
        return this;
    }

    /// How callbacks about this number travel; empty where the rules for all numbers hold.
    public Optional<CallbackRules> callbackRules() {
        return monitor.read(() -> Optional.ofNullable(callbackRules));
    }

    /// Says how callbacks about this number travel from now on, whatever the rules for all numbers are.
    public Phone callbacks(CallbackRules rules) {
        monitor.update(() -> callbackRules = rules);
        return this;
    }

    /// Lets callbacks about this number follow the rules for all numbers again.
    public Phone clearCallbacks() {
        monitor.update(() -> callbackRules = null);
        return this;
    }

    /// Makes a fault strike every time, until [#clearFaults()].
    public Phone fault(Fault fault) {
        return fault(fault, Integer.MAX_VALUE);
    }

    /// Makes a fault strike the next `times` times.
    public Phone fault(Fault fault, int times) {
        monitor.update(() -> faults.add(fault, times));
        return this;
    }

    /// Makes the phone, and the API for its number, well again.
    public Phone clearFaults() {
        monitor.update(faults::clear);
        return this;
    }

    /// The faults set, with how often each still strikes (`Integer.MAX_VALUE` for ever).
    public Map<Fault, Integer> faults() {
        return monitor.read(faults::pending);
    }

    /// The texts on the phone, oldest first; one that was not delivered is not there.
    public List<Text> texts() {
        return monitor.read(() -> List.copyOf(texts));
    }

    /// The AlimTalk messages on the phone, oldest first.
    public List<Talk> talks() {
        return monitor.read(() -> List.copyOf(talks));
    }

    /// Every call that was made to it, oldest first, also those that never rang.
    public List<PhoneCall> calls() {
        return monitor.read(() -> calls.stream().map(Call::snapshot).toList());
    }

    /// Where the links of its messages are opened.
    public PhoneBrowser browser() {
        return browser;
    }

    /// When it began to ring, each time.
    public List<Instant> rings() {
        return monitor.read(() -> List.copyOf(rings));
    }

    /// Whether it rings now.
    public boolean isRinging() {
        return monitor.read(() -> ringing().isPresent());
    }

    /// What was said in the latest call, oldest first.
    public List<String> spoken() {
        return monitor.read(() -> latest().map(call -> call.snapshot().spoken()).orElse(List.of()).stream()
                .map(SpokenLine::text)
                .toList());
    }

    /// Waits until it rings.
    ///
    /// @throws IllegalStateException when it does not ring in time
    public PhoneCall awaitRinging(Duration limit) {
        return when(this::ringing, Call::snapshot, limit, "did not ring");
    }

    /// Waits until so many texts are on the phone, and gives them all.
    ///
    /// @throws IllegalStateException when they do not come in time
    public List<Text> awaitTexts(int count, Duration limit) {
        await(() -> texts.size() >= count, limit, "did not get %d texts".formatted(count));
        return texts();
    }

    /// Waits until a line with these words was said in the latest call.
    ///
    /// @throws IllegalStateException when it is not said in time
    public void awaitSpoken(String words, Duration limit) {
        await(
                () -> spoken().stream().anyMatch(line -> line.contains(words)),
                limit,
                "did not hear \"%s\"".formatted(words));
    }

    /// Waits until the latest call is over, and gives it.
    ///
    /// @throws IllegalStateException when it is not over in time, or there never was one
    public PhoneCall awaitCallEnd(Duration limit) {
        return when(
                () -> latest().filter(call -> call.status().isFinal()),
                Call::snapshot,
                limit,
                "has no call that ended");
    }

    /// Answers the ringing call, waiting up to 10 s for it to ring.
    public void answer() {
        answer(PATIENCE);
    }

    /// As [#answer()], waiting up to `limit`.
    public void answer(Duration limit) {
        when(this::ringing, Call::answer, limit, "did not ring and was not answered");
    }

    /// Declines the ringing call, waiting up to 10 s for it to ring; the caller finds it busy.
    public void decline() {
        decline(PATIENCE);
    }

    /// As [#decline()], waiting up to `limit`.
    public void decline(Duration limit) {
        when(this::ringing, call -> call.endUnanswered(CallStatus.BUSY), limit, "did not ring and was not declined");
    }

    /// Lets it ring until the network gives up, in no time; waits up to 10 s for it to ring.
    public void ringOut() {
        ringOut(PATIENCE);
    }

    /// As [#ringOut()], waiting up to `limit`.
    public void ringOut(Duration limit) {
        when(
                this::ringing,
                call -> call.endUnanswered(CallStatus.NO_ANSWER),
                limit,
                "did not ring and could not be left ringing");
    }

    /// Hangs up, waiting up to 10 s until there is a call to hang up.
    public void hangUp() {
        hangUp(PATIENCE);
    }

    /// As [#hangUp()], waiting up to `limit`.
    public void hangUp(Duration limit) {
        when(this::talking, Call::hangUp, limit, "has no call to hang up");
    }

    /// Listens to the end and then presses the keys, one by one, each when the call waits for one; up to 10 s each.
    ///
    /// @throws IllegalStateException when no call waits for a key in time
    public void press(String keys) {
        press(keys, PATIENCE);
    }

    /// As [#press(String)], waiting up to `limit` for each key's moment.
    public void press(String keys, Duration limit) {
        checked(keys)
                .chars()
                .forEach(key -> when(
                        this::asking,
                        call -> call.press((char) key),
                        limit,
                        "has no call that waits for key " + (char) key));
    }

    /// Listens to the end and then says something, up to 10 s later.
    ///
    /// @return whether the call heard it; not when it asks for keys alone or listens for another language
    /// @throws IllegalStateException when no call asks in time
    public boolean speak(String words) {
        return speak(words, PATIENCE);
    }

    /// As [#speak(String)], waiting up to `limit`.
    public boolean speak(String words, Duration limit) {
        return when(this::asking, call -> call.speak(words), limit, "has no call that waits for words");
    }

    /// Presses keys this instant, whatever is being said.
    ///
    /// @return whether the call heard them all; a call that does not listen loses them, as in life
    public boolean pressNow(String keys) {
        return monitor.update(() -> {
            Optional<Call> call = talking();
            long heard = checked(keys)
                    .chars()
                    .filter(key -> call.isPresent() && call.get().press((char) key))
                    .count();
            return heard == keys.length();
        });
    }

    /// Presses nothing when a key is asked for: the wait ends as if its time had passed. Waits up to 10
    /// s for the call to ask.
    public void staySilent() {
        staySilent(PATIENCE);
    }

    /// As [#staySilent()], waiting up to `limit`.
    public void staySilent(Duration limit) {
        when(this::asking, Call::staySilent, limit, "has no call that waits for a key");
    }

    boolean strikes(Fault fault) {
        return monitor.strikes(faults, fault);
    }

    /// Brings an AlimTalk message.
    public void receive(Talk talk) {
        monitor.update(() -> talks.add(talk));
        browser.received(talk.link());
    }

    void receive(Text text) {
        monitor.update(() -> texts.add(text));
        browser.received(text.body());
    }

    void add(Call call) {
        monitor.update(() -> calls.add(call));
    }

    /// Rings, unless it is engaged or the call is over already.
    boolean ring(Call call) {
        return monitor.update(() -> {
            if (current != null || !call.ring()) {
                return false;
            }
            current = call;
            rings.add(network.now());
            return true;
        });
    }

    void free(Call call) {
        monitor.update(() -> current = current == call ? null : current);
    }

    private Optional<Call> ringing() {
        return Optional.ofNullable(current).filter(call -> call.status() == CallStatus.RINGING);
    }

    private Optional<Call> talking() {
        return Optional.ofNullable(current).filter(call -> call.status() == CallStatus.IN_PROGRESS);
    }

    private Optional<Call> asking() {
        return talking().filter(Call::awaitsKey);
    }

    /// The call in hand, or else the one made last.
    private Optional<Call> latest() {
        return current != null || calls.isEmpty() ? Optional.ofNullable(current) : Optional.of(calls.getLast());
    }

    /// Acts on a call in the very moment, before anything else can happen to it.
    private <T> T when(Supplier<Optional<Call>> moment, Function<Call, T> act, Duration limit, String otherwise) {
        return monitor.update(() -> {
            await(() -> moment.get().isPresent(), limit, otherwise);
            return act.apply(moment.get().orElseThrow());
        });
    }

    private void await(BooleanSupplier moment, Duration limit, String otherwise) {
        if (!monitor.await(moment, limit)) {
            String last = monitor.read(() ->
                    latest().map(call -> "latest call: " + call.snapshot()).orElse("it never had a call"));
            throw new IllegalStateException("Phone %s %s within %s; %s".formatted(number, otherwise, limit, last));
        }
    }

    private static String checked(String keys) {
        if (!keys.matches("[0-9*#]+")) {
            throw new IllegalArgumentException("Keys \"%s\": expected 0-9, * and #".formatted(keys));
        }
        return keys;
    }
}
