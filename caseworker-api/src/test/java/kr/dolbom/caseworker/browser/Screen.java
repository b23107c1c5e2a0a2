package kr.dolbom.caseworker.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;

/// On what somebody looks at our pages.
public enum Screen {
    /// A desk: 1440 × 900.
    DESKTOP("desktop", 1440, 900, 1, false, ColorScheme.LIGHT),
    /// A phone: 390 × 844, touched.
    PHONE("phone", 390, 844, 1, true, ColorScheme.LIGHT),
    /// The desk by night, in dark colours.
    DESKTOP_DARK("desktop-dark", 1440, 900, 1, false, ColorScheme.DARK),
    /// The phone by night, in dark colours.
    PHONE_DARK("phone-dark", 390, 844, 1, true, ColorScheme.DARK),
    /// The desk at 200 %: as many points of the screen, half as many CSS pixels each way (WCAG 1.4.4).
    TWICE("twice", 720, 450, 2, false, ColorScheme.LIGHT),
    /// 1280 × 1024 at 400 %, on which a page must flow into one column (WCAG 1.4.10).
    REFLOW("reflow", 320, 256, 4, false, ColorScheme.LIGHT);

    private final String word;
    private final int widthPixels;
    private final int heightPixels;
    private final int zoom;
    private final boolean touched;
    private final ColorScheme colours;

    Screen(String word, int widthPixels, int heightPixels, int zoom, boolean touched, ColorScheme colours) {
        this.word = word;
        this.widthPixels = widthPixels;
        this.heightPixels = heightPixels;
        this.zoom = zoom;
        this.touched = touched;
        this.colours = colours;
    }

    /// As pictures are named.
    public String word() {
        return word;
    }

    /// How wide a page may be, in CSS pixels.
    public int widthPixels() {
        return widthPixels;
    }

    Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setViewportSize(widthPixels, heightPixels)
                .setDeviceScaleFactor(zoom)
                .setHasTouch(touched)
                .setIsMobile(touched)
                .setColorScheme(colours)
                .setLocale("ko-KR")
                .setTimezoneId("Asia/Seoul");
    }
}
