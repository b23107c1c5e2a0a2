package kr.dolbom.sim.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kr.dolbom.sim.device.SimulatedDevice;
import kr.dolbom.sim.home.Happening;
import kr.dolbom.sim.home.Timeline;
import org.jspecify.annotations.Nullable;

/// Plays a resident's life: lets a device notice what happens, when it happens. Safe for use by many threads.
public final class HomePlayer implements AutoCloseable {
    private final Timeline life;
    private final SimulatedDevice device;
    private final Clock clock;
    private final ScheduledExecutorService threads;
    private final double speed;
    private final Consumer<Happening> onHappening;

    private boolean started;
    private boolean ended;
    private @Nullable Future<?> next;

    /// A player that has not begun.
    ///
    /// @param threads runs what happens; not shut down by this
    /// @param speed 1 plays in real time; at 60 an hour of life passes in a minute. The device sees only the
    ///     faster life: the times that it reports are its own clock's
    /// @param onHappening is told what happens, with the time at which it is played
    public HomePlayer(
            Timeline life,
            SimulatedDevice device,
            Clock clock,
            ScheduledExecutorService threads,
            double speed,
            Consumer<Happening> onHappening) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed is %s, expected more than 0".formatted(speed));
        }
        this.life = life;
        this.device = device;
        this.clock = clock;
        this.threads = threads;
        this.speed = speed;
        this.onHappening = onHappening;
    }

    /// Begins to play what the life holds from now on.
    ///
    /// @throws IllegalStateException where it has begun before
    public synchronized void start() {
        if (started) {
            throw new IllegalStateException("the life of device %s is already being played".formatted(device.id()));
        }
        started = true;
        Instant begin = clock.instant();
        playNext(life.from(begin).iterator(), begin);
    }

    /// From now on nothing happens any more, as if the resident had fallen.
    public synchronized void fallSilent() {
        ended = true;
        Future<?> waiting = next;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    /// The same as [fallSilent][#fallSilent()]; the device stays as it is.
    @Override
    public void close() {
        fallSilent();
    }

    private synchronized void playNext(Iterator<Happening> rest, Instant begin) {
        if (ended || !rest.hasNext()) {
            return;
        }
        Happening happening = rest.next().retimed(lived -> played(begin, lived));
        long millis =
                Math.max(0, Duration.between(clock.instant(), happening.at()).toMillis());
        next = threads.schedule(
                () -> {
                    play(happening);
                    playNext(rest, begin);
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void play(Happening happening) {
        synchronized (this) {
            if (ended) {
                return;
            }
        }
        device.notice(happening);
        onHappening.accept(happening);
    }

    private Instant played(Instant begin, Instant lived) {
        return begin.plusMillis(Math.round(Duration.between(begin, lived).toMillis() / speed));
    }
}
