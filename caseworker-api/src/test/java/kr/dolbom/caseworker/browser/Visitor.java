package kr.dolbom.caseworker.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Somebody at a screen. Closing says whether anything went wrong in the browser meanwhile: an error in a script, or
/// something that our own security policy forbids.
public final class Visitor implements AutoCloseable {
    private static final Path PICTURES = Path.of("target", "pictures");
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa");
    private static final Set<String> SERIOUS = Set.of("serious", "critical");

    /// What does not fit, each as a line. A box that scrolls by itself may hold more than is seen.
    private static final String MISFITS = """
            (width) => {
              const misfits = [];
              const name = (element) => element.tagName.toLowerCase() + (element.id ? "#" + element.id : "")
                + (element.className && typeof element.className === "string" ? "." + element.className.trim().replace(/\\s+/g, ".") : "")
                + " “" + (element.textContent || "").trim().slice(0, 40) + "”";
              const scrolls = (element) => {
                for (let up = element; up && up !== document.body; up = up.parentElement) {
                  if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true;
                }
                return false;
              };
              if (document.scrollingElement.scrollWidth > width) {
                misfits.push(`the page is ${document.scrollingElement.scrollWidth} px wide on a screen of ${width} px`);
              }
              for (const element of document.body.querySelectorAll("*")) {
                if ((element.closest("svg") && element.tagName !== "svg") || element.closest("[aria-hidden=true]")) continue;
                const box = element.getBoundingClientRect();
                if (box.width <= 1 || box.height <= 1 || !element.checkVisibility({ visibilityProperty: true })) continue;
                if (box.right + window.scrollX > width + 1 && box.left + window.scrollX < width && !scrolls(element)) {
                  misfits.push(`${name(element)} ends at ${Math.round(box.right)} px`);
                }
                const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
                const look = getComputedStyle(element);
                if (!words || look.display === "inline" || element.tagName === "TEXTAREA" || scrolls(element)) continue;
                if (element.scrollWidth > element.clientWidth + 1) misfits.push(`${name(element)} is wider than its box`);
                if (element.scrollHeight > element.clientHeight + 2 && /hidden|clip/.test(look.overflowY)) {
                  misfits.push(`${name(element)} is clipped`);
                }
              }
              return misfits;
            }""";

    /// What a finger misses, each as a line.
    private static final String SMALL_TARGETS = """
            () => [...document.querySelectorAll("button, .button, select, summary, input:not([type=hidden]), textarea")]
              .filter((element) => element.checkVisibility({ visibilityProperty: true }))
              .filter((element) => !["radio", "checkbox"].includes(element.type) || !element.closest("label"))
              .map((element) => [element, element.getBoundingClientRect()])
              .filter(([, box]) => box.height > 1 && (box.height < 43.5 || box.width < 43.5))
              .map(([element, box]) => `${element.tagName.toLowerCase()} “${(element.textContent || element.name || element.id).trim()}” is `
                + `${Math.round(box.width)} × ${Math.round(box.height)} px, expected 44 × 44`)""";

    private final BrowserContext context;
    private final String url;
    private final Screen screen;
    private final Page page;
    private final List<String> errors = new ArrayList<>();
    private final List<Pattern> expected = new ArrayList<>();

    Visitor(BrowserContext context, String url, Screen screen) {
        this.context = context;
        this.url = url;
        this.screen = screen;
        context.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text() + " (" + message.location() + ")");
            }
        });
        context.onWebError(error -> errors.add(error.error()));
        context.setDefaultTimeout(10_000);
        page = context.newPage();
    }

    /// The page that is shown, to click and to read.
    public Page page() {
        return page;
    }

    /// On what it is shown.
    public Screen screen() {
        return screen;
    }

    /// Signs in as people do and waits for what comes then.
    public Visitor signIn(String login, String password) {
        page.navigate(url + "/sign-in");
        page.fill("[name=login]", login);
        page.fill("[name=password]", password);
        page.click("main form button:not([type=button])");
        page.waitForURL(address -> !address.contains("/sign-in"));
        return this;
    }

    /// Opens a page of ours.
    ///
    /// @param path with its slash
    public Visitor open(String path) {
        page.navigate(url + path);
        return this;
    }

    /// Opens a second window with the same cookies.
    public Page another(String path) {
        Page other = context.newPage();
        other.navigate(url + path);
        return other;
    }

    /// From now on these messages in the browser's console are no fault: the test makes them happen.
    ///
    /// @param part what they contain, a regular expression
    public Visitor expect(String part) {
        expected.add(Pattern.compile(part));
        return this;
    }

    /// The page can be read and used by everybody: [#assertFits], [#assertAccessible] and [#assertQuiet].
    public Visitor assertGood() {
        return assertFits().assertAccessible().assertQuiet();
    }

    /// Waits until what works without a connection is there: it is fetched beside the page.
    public Visitor awaitServiceWorker() {
        page.waitForFunction(
                "() => navigator.serviceWorker.controller !== null",
                null,
                new Page.WaitForFunctionOptions().setTimeout(30_000));
        return this;
    }

    /// Nothing is wider than the screen, no text is cut off, and on a phone every button can be touched.
    public Visitor assertFits() {
        assertEquals("", lines(page.evaluate(MISFITS, screen.widthPixels())), () -> "what does not fit on " + where());
        assertEquals("", lines(page.evaluate(SMALL_TARGETS)), () -> "what is too small to touch on " + where());
        return this;
    }

    /// Sets text as wide as somebody may need it to read (WCAG 1.4.12); until the next page.
    public Visitor spreadText() {
        page.evaluate("""
                () => {
                  const sheet = new CSSStyleSheet();
                  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
                    p { margin-bottom: 2em !important; }`);
                  document.adoptedStyleSheets = [sheet];
                }""");
        return this;
    }

    /// axe finds nothing serious or critical by WCAG 2.2 AA. The watermark is meant to be faint.
    public Visitor assertAccessible() {
        // What fades in is judged once it is there.
        page.evaluate("""
                () => Promise.all(document.getAnimations()
                    .filter(one => one.effect.getComputedTiming().iterations !== Infinity)
                    .map(one => one.finished.catch(() => null)))""");
        String found = new AxeBuilder(page)
                .withTags(WCAG).exclude(".watermark").analyze().getViolations().stream()
                        .filter(rule -> SERIOUS.contains(rule.getImpact()))
                        .map(Visitor::tell)
                        .collect(Collectors.joining("\n"));
        assertEquals("", found, () -> "what axe found on " + where());
        return this;
    }

    /// Nothing went wrong in the browser so far, but for what was expected.
    public Visitor assertQuiet() {
        assertEquals(
                "",
                errors.stream()
                        .filter(error -> expected.stream()
                                .noneMatch(part -> part.matcher(error).find()))
                        .collect(Collectors.joining("\n")),
                () -> "errors in the browser's console on " + where());
        return this;
    }

    /// Saves what is seen as `target/pictures/NAME-SCREEN.png`.
    public Visitor picture(String name) {
        page.evaluate("() => document.fonts.ready");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + "-" + screen.word() + ".png"))
                .setAnimations(ScreenshotAnimations.DISABLED));
        return this;
    }

    private static String tell(Rule rule) {
        return "%s (%s): %s%s"
                .formatted(
                        rule.getId(),
                        rule.getImpact(),
                        rule.getHelp(),
                        rule.getNodes().stream()
                                .map(node -> "\n    " + node.getTarget() + " " + node.getHtml() + "\n      "
                                        + node.getFailureSummary().replace("\n", " "))
                                .collect(Collectors.joining()));
    }

    private static String lines(Object found) {
        return ((List<?>) found).stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    private String where() {
        return page.url().replace(url, "") + " (" + screen.word() + ")";
    }

    @Override
    public void close() {
        context.close();
        assertQuiet();
    }
}
