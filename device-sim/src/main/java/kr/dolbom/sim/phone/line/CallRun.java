package kr.dolbom.sim.phone.line;

import java.time.Duration;

/// The life of one call from dialling to its end, on a thread of its own.
final class CallRun implements Runnable {
    static final Duration LONGEST_CALL = Duration.ofHours(4);
    static final Duration TAPE = Duration.ofSeconds(60);

    private final Network network;
    private final Phone phone;
    private final Call call;

    CallRun(Network network, Phone phone, Call call) {
        this.network = network;
        this.phone = phone;
        this.call = call;
    }

    @Override
    public void run() {
        if (phone.strikes(Fault.CALL_STUCK)) {
            return;
        }
        call.dial();
        if (phone.strikes(Fault.UNREACHABLE) || phone.strikes(Fault.UNKNOWN_HANDSET)) {
            call.endUnanswered(CallStatus.FAILED);
        } else if (phone.strikes(Fault.BUSY) || !phone.ring(call)) {
            call.endUnanswered(CallStatus.BUSY);
        } else {
            ring();
        }
    }

    private void ring() {
        boolean machine = false;
        if (phone.strikes(Fault.NO_ANSWER)) {
            call.endUnanswered(CallStatus.NO_ANSWER);
        } else if (phone.strikes(Fault.VOICEMAIL)) {
            machine = call.answer();
        } else {
            Thread.ofVirtual().name("owner-" + call.sid).start(this::behave);
            boolean settled = network.monitor()
                    .await(
                            () -> call.status() != CallStatus.RINGING,
                            network.pace().waiting(call.request.ringFor()));
            if (!settled && !network.isClosed()) {
                call.endUnanswered(CallStatus.NO_ANSWER);
            }
        }
        if (call.status() == CallStatus.IN_PROGRESS && call.request.parentSid() != null) {
            talk(machine);
        } else if (call.status() == CallStatus.IN_PROGRESS) {
            new Conversation(network, call, machine).run();
        }
    }

    /// Whoever was dialled by another call talks with whoever is there until one of them hangs up.
    private void talk(boolean machine) {
        network.monitor().await(call::isOver, machine ? network.pace().talking(TAPE) : LONGEST_CALL);
        call.hangUp();
    }

    private void behave() {
        switch (phone.behaviour()) {
            case Behaviour.ByHand() -> {}
            case Behaviour.Answer(var after, var keys) -> {
                if (!network.monitor().await(() -> call.status() != CallStatus.RINGING, after) && call.answer()) {
                    pressEach(keys);
                }
            }
            case Behaviour.Speak(var after, var words) -> {
                if (!network.monitor().await(() -> call.status() != CallStatus.RINGING, after) && call.answer()) {
                    words.forEach(answer -> {
                        awaitQuestion();
                        call.speak(answer);
                    });
                }
            }
            case Behaviour.Decline(var after) -> {
                if (!network.monitor().await(() -> call.status() != CallStatus.RINGING, after)) {
                    call.endUnanswered(CallStatus.BUSY);
                }
            }
        }
    }

    private void pressEach(String keys) {
        keys.chars().forEach(key -> {
            awaitQuestion();
            call.press((char) key);
        });
    }

    private void awaitQuestion() {
        network.monitor().await(() -> call.awaitsKey() || call.isOver(), LONGEST_CALL);
    }
}
