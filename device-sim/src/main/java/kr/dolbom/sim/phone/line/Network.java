package kr.dolbom.sim.phone.line;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The telephone network between the API and the phones. Thread-safe.
///
/// It places calls and sends texts, each on a virtual thread of its own, and knows every one of them until it is
/// closed.
public final class Network implements AutoCloseable {
    private final Account account;
    private final Pace pace;
    private final InstantSource clock;
    private final Monitor monitor = new Monitor();
    private final Webhooks webhooks;
    private final LinkClient linkClient;
    private final Faults faults = new Faults();
    private final Map<String, Phone> phones = new LinkedHashMap<>();
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<String, TextDelivery> texts = new LinkedHashMap<>();
    private final Conferences conferences = new Conferences(monitor);
    private CallbackRules callbackRules;

    /// @param account whose webhooks are signed
    /// @param pace how fast telephone time passes
    /// @param callbackRules how status callbacks travel, at first
    /// @param clock the time that is reported; waiting itself follows real time
    public Network(Account account, Pace pace, CallbackRules callbackRules, InstantSource clock) {
        this.account = account;
        this.pace = pace;
        this.callbackRules = callbackRules;
        this.clock = clock;
        this.webhooks = new Webhooks(account, clock, monitor);
        this.linkClient = new LinkClient(clock);
    }

    /// The phone with this number; it exists from the first mention on.
    ///
    /// @throws IllegalArgumentException when this is no telephone number
    public Phone phone(String number) {
        if (!PhoneNumbers.isValid(number)) {
            throw new IllegalArgumentException(
                    "\"%s\" is no telephone number: expected E.164 such as +821012345678".formatted(number));
        }
        Phone known = monitor.read(() -> phones.get(number));
        return known != null ? known : monitor.update(() -> phones.computeIfAbsent(number, n -> new Phone(this, n)));
    }

    /// Every phone, in the order of first mention.
    public List<Phone> listPhones() {
        return monitor.read(() -> List.copyOf(phones.values()));
    }

    /// Places a call and gives it as it stands at the start: queued.
    public PhoneCall place(CallRequest request) {
        Phone phone = phone(request.to());
        Call call = newCall(phone, request);
        PhoneCall queued = call.snapshot();
        Thread.ofVirtual().name("call-" + call.sid).start(new CallRun(this, phone, call));
        return queued;
    }

    /// Places a call that another one dials.
    Call dial(CallRequest request) {
        Phone phone = phone(request.to());
        Call call = newCall(phone, request);
        Thread.ofVirtual().name("call-" + call.sid).start(new CallRun(this, phone, call));
        return call;
    }

    private Call newCall(Phone phone, CallRequest request) {
        Call call = new Call(this, phone, newSid("CA"), request);
        monitor.update(() -> {
            calls.put(call.sid, call);
            phone.add(call);
        });
        return call;
    }

    /// The numbers that are in a conference now, in the order in which they came; empty when nobody is.
    ///
    /// @param name as the TwiML gives it
    public List<String> conference(String name) {
        return conferences.numbers(name);
    }

    Conferences conferences() {
        return conferences;
    }

    /// The call with this SID.
    public Optional<PhoneCall> findCall(String sid) {
        return monitor.read(() -> Optional.ofNullable(calls.get(sid)).map(Call::snapshot));
    }

    /// Every call, newest first.
    public List<PhoneCall> listCalls() {
        return monitor.read(() -> calls.values().stream()
                .map(Call::snapshot)
                .sorted(Comparator.comparing(PhoneCall::createdAt).reversed())
                .toList());
    }

    /// Takes a call back that nobody has answered yet; one that was answered goes on.
    public void cancelCall(String sid) {
        monitor.update(() -> getCall(sid).endUnanswered(CallStatus.CANCELED));
    }

    /// Ends a call, answered or not.
    public void endCall(String sid) {
        monitor.update(() -> {
            Call call = getCall(sid);
            if (!call.hangUp()) {
                call.endUnanswered(CallStatus.CANCELED);
            }
        });
    }

    /// Sends a text and gives it as it stands at the start: queued.
    public Text send(TextRequest request) {
        Phone phone = phone(request.to());
        TextDelivery delivery = new TextDelivery(this, phone, newSid("SM"), request);
        Text queued = monitor.update(() -> {
            texts.put(delivery.sid(), delivery);
            return delivery.snapshot();
        });
        Thread.ofVirtual().name("text-" + delivery.sid()).start(delivery);
        return queued;
    }

    /// The text with this SID.
    public Optional<Text> findText(String sid) {
        return monitor.read(() -> Optional.ofNullable(texts.get(sid)).map(TextDelivery::snapshot));
    }

    /// Every text, newest first, also those that never reached a phone.
    public List<Text> listTexts() {
        return monitor.read(() -> texts.values().stream()
                .map(TextDelivery::snapshot)
                .sorted(Comparator.comparing(Text::createdAt).reversed())
                .toList());
    }

    /// Makes a fault of the API strike every request, whatever its number, until [#clearFaults()].
    public void fault(Fault fault) {
        fault(fault, Integer.MAX_VALUE);
    }

    /// Makes a fault of the API strike the next `times` requests, whatever their number.
    ///
    /// @throws IllegalArgumentException when it is a fault of a phone
    public void fault(Fault fault, int times) {
        if (!fault.isApi()) {
            throw new IllegalArgumentException(
                    "Fault %s belongs to a phone: set it there; for every number only API_… faults".formatted(fault));
        }
        monitor.update(() -> faults.add(fault, times));
    }

    /// Ends the faults that were set for every request; those of single phones stay.
    public void clearFaults() {
        monitor.update(faults::clear);
    }

    /// The faults set for every request, with how often each still strikes.
    public Map<Fault, Integer> faults() {
        return monitor.read(faults::pending);
    }

    /// Whether a fault strikes a request about this number now; counts it if so.
    ///
    /// @param number the number the request is about; empty when it is about none
    public boolean strikes(Fault fault, Optional<String> number) {
        return monitor.strikes(faults, fault)
                || number.map(wanted -> monitor.read(() -> phones.get(wanted)))
                        .map(phone -> phone.strikes(fault))
                        .orElse(false);
    }

    /// How status callbacks travel from now on.
    public void callbackRules(CallbackRules rules) {
        monitor.update(() -> callbackRules = rules);
    }

    /// How status callbacks travel now.
    public CallbackRules callbackRules() {
        return monitor.read(() -> callbackRules);
    }

    /// The latest 10,000 webhooks that were called, oldest first.
    public List<SentWebhook> sentWebhooks() {
        return webhooks.sent();
    }

    /// Calls a webhook that no call or text asked for, signed as all of them are: one again that came long ago, or one
    /// about a SID that nobody knows.
    ///
    /// @return the HTTP status of the answer
    /// @throws IOException when there was none
    public int sendWebhook(Callback target, Map<String, String> parameters) throws IOException {
        return webhooks.call(target, parameters).status();
    }

    /// Which token signs webhooks from now on.
    ///
    /// @throws IllegalArgumentException when the account has no such token
    public void signer(Signer signer) {
        webhooks.signer(signer);
    }

    /// Which token signs webhooks now.
    public Signer signer() {
        return webhooks.signer();
    }

    /// Counts every change of anything here.
    public long version() {
        return monitor.version();
    }

    /// Waits until something has changed since that version.
    ///
    /// @return whether it has; not when the time is up or the network was closed
    public boolean awaitChangeSince(long version, Duration limit) {
        return monitor.await(() -> monitor.version() != version, limit) && !monitor.isClosed();
    }

    /// Waits until the network is closed, or the time is up.
    public void awaitClosed(Duration limit) {
        monitor.await(monitor::isClosed, limit);
    }

    /// Whether [#close()] was called.
    public boolean isClosed() {
        return monitor.isClosed();
    }

    /// Ends everything without telling anybody.
    @Override
    public void close() {
        monitor.close();
        webhooks.close();
        linkClient.close();
    }

    Account account() {
        return account;
    }

    Pace pace() {
        return pace;
    }

    /// The lock under which everything here changes, also what other channels bring to the phones.
    public Monitor monitor() {
        return monitor;
    }

    Webhooks webhooks() {
        return webhooks;
    }

    /// The time that is reported.
    public Instant now() {
        return clock.instant();
    }

    LinkClient linkClient() {
        return linkClient;
    }

    CallbackLane newLane(Phone phone) {
        return new CallbackLane(webhooks, () -> phone.callbackRules().orElseGet(this::callbackRules));
    }

    private Call getCall(String sid) {
        Call call = calls.get(sid);
        if (call == null) {
            throw new IllegalArgumentException("No call " + sid);
        }
        return call;
    }

    private static String newSid(String kind) {
        return kind + UUID.randomUUID().toString().replace("-", "");
    }
}
