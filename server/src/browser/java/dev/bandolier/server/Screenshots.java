package dev.bandolier.server;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotType;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Takes the pictures of the pages that the documents show, from a running demo: each page wide and narrow, by day and by
/// night.
public final class Screenshots {

    /// What is left to charts and streams after a page says that it is complete.
    private static final int SETTLING_MILLIS = 1_500;

    private static final int QUALITY = 75;

    /// In CSS pixels: a history is as long as its experiment.
    private static final int HEIGHT_MAX = 2_400;

    /// The pages of the demo by the name of their pictures.
    private static final Map<String, String> PAGES = new TreeMap<>(Map.of(
            "overview", "#/",
            "experiment", "#/experiments/home-hero",
            "guardrails", "#/experiments/checkout",
            "evidence", "#/experiments/offer-of-the-day/evidence",
            "what-if", "#/experiments/home-hero/what-if",
            "history", "#/experiments/offer-of-the-day/history",
            "settings", "#/experiments/offer-of-the-day/edit",
            "new", "#/new",
            "sources", "#/sources",
            "audit", "#/audit"));

    private Screenshots() {}

    /// Takes them.
    ///
    /// @param arguments the address of the demo, and the folder for the pictures
    public static void main(String... arguments) {
        Path folder = Path.of(arguments[1]);
        try (Browser browser = Browser.open()) {
            PAGES.forEach((name, address) -> {
                String whole = arguments[0] + "/" + address;
                take(browser, whole, Browser.Look.WIDE, folder.resolve(name + "-wide-light.jpg"));
                take(browser, whole, Browser.Look.WIDE.dark(), folder.resolve(name + "-wide-dark.jpg"));
                take(browser, whole, Browser.Look.NARROW, folder.resolve(name + "-narrow-light.jpg"));
                take(browser, whole, Browser.Look.NARROW.dark(), folder.resolve(name + "-narrow-dark.jpg"));
            });
        }
    }

    private static void take(Browser browser, String address, Browser.Look look, Path file) {
        Page page = browser.page(address, look);
        Browser.settle(page);
        page.waitForTimeout(SETTLING_MILLIS);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(file)
                .setFullPage(true)
                .setClip(0, 0, look.width(), Math.min(height(page), HEIGHT_MAX))
                .setType(ScreenshotType.JPEG)
                .setQuality(QUALITY));
        page.context().close();
    }

    private static int height(Page page) {
        return (int) page.evaluate("document.documentElement.scrollHeight");
    }
}
