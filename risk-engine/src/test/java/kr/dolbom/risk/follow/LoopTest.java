package kr.dolbom.risk.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kr.dolbom.db.fixture.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoopTest {
    @Test
    void whateverTheWorkFailsOfItIsToldAndBegunAgain() throws InterruptedException {
        BlockingQueue<String> troubles = new LinkedBlockingQueue<>();
        var stopped = new CountDownLatch(1);
        Iterator<Throwable> failures = List.of(
                        new NoClassDefFoundError("kr/dolbom/Gone"),
                        new OutOfMemoryError("Java heap space"),
                        new NullPointerException())
                .iterator();
        try (var database = TestDatabase.create();
                var loop = new Loop(
                        "test",
                        database.connection(),
                        Duration.ofMillis(1),
                        works -> {
                            if (failures.hasNext()) {
                                fail(failures.next());
                            }
                            works.run();
                            try {
                                Thread.sleep(Duration.ofHours(1));
                            } finally {
                                stopped.countDown();
                            }
                        },
                        trouble -> troubles.add(trouble == null ? "none" : trouble))) {
            loop.start();

            assertEquals("java.lang.NoClassDefFoundError: kr/dolbom/Gone", troubles.poll(30, TimeUnit.SECONDS));
            assertEquals("java.lang.OutOfMemoryError: Java heap space", troubles.poll(30, TimeUnit.SECONDS));
            assertEquals("java.lang.NullPointerException", troubles.poll(30, TimeUnit.SECONDS));
            assertEquals("none", troubles.poll(30, TimeUnit.SECONDS));
        }
        assertTrue(stopped.await(10, TimeUnit.SECONDS), "closing ends the work");
        assertEquals(List.of(), List.copyOf(troubles));
    }

    private static void fail(Throwable failure) {
        switch (failure) {
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalArgumentException("neither: " + failure);
        }
    }
}
