package kr.dolbom.sim.demo;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import kr.dolbom.sim.stack.Stack;
import kr.dolbom.sim.stack.StackException;
import kr.dolbom.sim.stack.StackSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./dolbom demo`.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the platform with a new database and twelve simulated homes, and plays three stories:",
            "a call for help, a long silence, and a dead device. Goes on until Ctrl-C."
        },
        exitCodeListHeading = "Exit codes of --check:%n",
        exitCodeList = {"0:every step was seen", "1:a step failed; it is named"})
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--check",
            description = "Unattended: presses the keys itself, checks each step, prints a table of times and ends.")
    private boolean check;

    @Option(
            names = "--language",
            paramLabel = "ko|en",
            description = "In which language to tell; default: that of the environment.")
    private String language = Locale.getDefault().getLanguage();

    /// Made by the command line.
    public DemoCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Narrator narrator = new Narrator(language.equals("ko") ? Locale.KOREAN : Locale.ROOT);
        Stack stack = new Stack(StackSettings.ofThisProcess("demo", Demo.SETTINGS), narrator::line);
        Steps steps = new Steps();
        Demo demo = new Demo(stack, narrator, steps);
        AtomicBoolean running = new AtomicBoolean(true);
        // Ctrl-C and an ordinary end come here alike
        Runnable stop = () -> {
            if (running.getAndSet(false)) {
                narrator.tell("stopping");
                demo.close();
                stack.down();
            }
        };
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("stop-demo").unstarted(stop));
        try {
            if (!check) {
                demo.show();
                new CountDownLatch(1).await();
            }
            Demo.Figures figures = demo.check();
            stop.run();
            print(steps, figures);
            return 0;
        } catch (StepFailedException | StackException e) {
            stop.run();
            steps.print(System.out::println);
            System.err.println(narrator.text("failed", steps.lastName(), String.valueOf(e.getMessage())));
            return 1;
        }
    }

    /// Scripts read the last line.
    private static void print(Steps steps, Demo.Figures figures) {
        steps.print(System.out::println);
        System.out.printf(
                Locale.ROOT,
                "demo ok sos_to_ring_ms=%d silent_to_checkin=%d%n",
                figures.sosToRing().toMillis(),
                figures.silentToCheckIn().toMillis());
    }
}
