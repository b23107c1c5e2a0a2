package kr.dolbom.caseworker.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// The one browser of this JVM's tests. It is started when the first test asks for it and ends with the JVM. Tests that
/// use it run on one thread, as JUnit does unless told otherwise.
///
/// Where there is no Chromium, tests that need it are skipped and say how to get it; where one must be there (`CI` or
/// `DOLBOM_REQUIRE_CHROMIUM` is set) they fail.
public final class Chromium {
    private static final String HOW = "No Chromium found. `./dolbom test` installs it on Debian where it may; by hand: "
            + "apt-get install --no-install-recommends chromium fonts-noto-cjk, or set DOLBOM_CHROMIUM to a Chromium 120 "
            + "or newer.";
    private static final String NO_FONT = "Chromium shows Korean as boxes. Install a Korean font: apt-get install "
            + "--no-install-recommends fonts-noto-cjk (or fonts-nanum).";

    private static final List<String> PLACES = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/usr/bin/google-chrome-stable",
            "/snap/bin/chromium",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private static @Nullable Browser running;

    private Chromium() {}

    /// Somebody opens a browser window of their own: no cookie or memory of anybody else's.
    ///
    /// @param url where our pages are, without a slash at the end
    public static Visitor visit(String url, Screen screen) {
        BrowserContext context = browser().newContext(screen.options().setBaseURL(url));
        return new Visitor(context, url, screen);
    }

    /// The same in a browser of its own, which lets a page sound only after it was touched, as people's browsers do.
    public static Visitor visitInSilence(String url, Screen screen) {
        return visitWith(List.of("--autoplay-policy=document-user-activation-required"), url, screen);
    }

    /// The same in a browser of its own, before whose camera a film runs. Whoever asks for the camera gets it.
    ///
    /// @param film JPEG pictures one after the other
    public static Visitor visitWithCamera(String url, Screen screen, Path film) {
        return visitWith(
                List.of(
                        "--use-fake-device-for-media-stream",
                        "--use-fake-ui-for-media-stream",
                        "--use-file-for-fake-video-capture=" + film),
                url,
                screen);
    }

    private static Visitor visitWith(List<String> arguments, String url, Screen screen) {
        Browser browser = Objects.requireNonNull(browser()).browserType().launch(options(arguments));
        BrowserContext context = browser.newContext(screen.options().setBaseURL(url));
        context.onClose(closed -> browser.close());
        return new Visitor(context, url, screen);
    }

    private static synchronized Browser browser() {
        Browser browser = running;
        if (browser == null) {
            browser = start();
            running = browser;
        }
        return browser;
    }

    private static Browser start() {
        if (find().isEmpty()) {
            refuse(HOW);
        }
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright.chromium().launch(options(List.of()));
        if (!showsKorean(browser)) {
            browser.close();
            playwright.close();
            refuse(NO_FONT);
        }
        return browser;
    }

    private static BrowserType.LaunchOptions options(List<String> more) {
        List<String> all = new ArrayList<>(
                List.of("--disable-gpu", "--font-render-hinting=none", "--autoplay-policy=no-user-gesture-required"));
        all.addAll(more);
        return new BrowserType.LaunchOptions()
                .setExecutablePath(find().orElseThrow())
                .setArgs(all);
    }

    private static Optional<Path> find() {
        return Stream.concat(Stream.ofNullable(System.getenv("DOLBOM_CHROMIUM")), PLACES.stream())
                .filter(place -> !place.isBlank())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Whether two letters look different: where no font has them both are the same box.
    private static boolean showsKorean(Browser browser) {
        try (BrowserContext context = browser.newContext()) {
            Object different = context.newPage().evaluate("""
                    () => {
                      const draw = (letter) => {
                        const canvas = document.createElement("canvas");
                        const pen = canvas.getContext("2d");
                        pen.font = "40px sans-serif";
                        pen.fillText(letter, 10, 60);
                        return canvas.toDataURL();
                      };
                      return draw("가") !== draw("힣");
                    }""");
            return Objects.equals(different, true);
        }
    }

    private static void refuse(String why) {
        boolean required = Stream.of("CI", "DOLBOM_REQUIRE_CHROMIUM")
                .map(System::getenv)
                .anyMatch(value -> value != null && !value.isBlank() && !value.equals("false"));
        if (required) {
            Assertions.fail(why);
        }
        Assumptions.abort(why);
    }
}
