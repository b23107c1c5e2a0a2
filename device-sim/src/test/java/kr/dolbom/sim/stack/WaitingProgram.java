package kr.dolbom.sim.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;

/// A program that says that it is ready, and then waits to be ended.
final class WaitingProgram {
    private WaitingProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path ready = Path.of(arguments[0]);
        Path unfinished = Files.writeString(ready.resolveSibling("unfinished"), "here I am");
        Files.move(unfinished, ready, StandardCopyOption.ATOMIC_MOVE);
        new CountDownLatch(1).await();
    }
}
