package kr.dolbom.sim.demo;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
        Thread stop = Thread.ofPlatform().name("stop-demo").unstarted(() -> {
            // Ctrl-C and an ordinary end come here alike
            narrator.tell("stopping");
            stack.down();
        });
        Runtime.getRuntime().addShutdownHook(stop);
        Steps steps = new Steps();
        Demo demo = new Demo(stack, narrator, steps);
        try {
            return check ? checked(demo, steps) : shown(demo);
        } catch (StepFailedException | StackException e) {
            steps.print(System.out::println);
            System.err.println(narrator.text("failed", steps.lastName(), String.valueOf(e.getMessage())));
            return 1;
        } finally {
            demo.close();
        }
    }

    private static int checked(Demo demo, Steps steps) throws InterruptedException {
        Demo.Figures figures = demo.check();
        steps.print(System.out::println);
        System.out.printf(
                Locale.ROOT,
                "demo ok sos_to_ring_ms=%d silent_to_checkin=%d%n",
                figures.sosToRing().toMillis(),
                figures.silentToCheckIn().toMillis());
        return 0;
    }

    private static int shown(Demo demo) throws InterruptedException {
        demo.show();
        new CountDownLatch(1).await();
        return 0;
    }
}
