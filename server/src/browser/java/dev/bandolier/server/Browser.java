package dev.bandolier.server;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A real Chromium without a window, as a person's browser: what it complains of, and whom else it asks, is kept.
///
/// Confined to the thread that opened it, as Playwright is.
final class Browser implements AutoCloseable {

    /// Where the browser is: `./bandolier test` looks for it.
    private static final String EXECUTABLE = "BANDOLIER_CHROMIUM";

    /// No sandbox: it needs privileges that containers lack, and only our own pages are opened. The others keep the
    /// browser from talking to its maker.
    private static final List<String> OPTIONS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    /// The roots of components are looked into one by one.
    private static final String NOTHING_BUSY = """
        () => {
          const busy = (root) => [...root.querySelectorAll('*')]
            .some((each) => each.ariaBusy === 'true' || (each.shadowRoot && busy(each.shadowRoot)));
          return !busy(document);
        }\
        """;

    /// What a page waits for at most: pages are driven while others build.
    private static final int PATIENCE_MILLIS = 30_000;

    /// How large the window is, and what the system of the person looks like.
    ///
    /// @param width  in CSS pixels
    /// @param height in CSS pixels
    /// @param scheme light or dark
    record Look(int width, int height, ColorScheme scheme) {

        /// A desk.
        static final Look WIDE = new Look(1440, 1000, ColorScheme.LIGHT);

        /// A phone.
        static final Look NARROW = new Look(360, 740, ColorScheme.LIGHT);

        /// The same at night.
        Look dark() {
            return new Look(width, height, ColorScheme.DARK);
        }
    }

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> strangers = new CopyOnWriteArrayList<>();

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    /// Starts it.
    static Browser open() {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of(System.getenv(EXECUTABLE)))
                                .setArgs(OPTIONS)));
    }

    /// A new window for a new person, on this page of a server.
    ///
    /// @param address of the page, such as `http://127.0.0.1:8080/#/audit`
    Page page(String address, Look look) {
        BrowserContext person = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(look.width(), look.height())
                .setColorScheme(look.scheme())
                .setLocale("en-GB")
                .setTimezoneId("UTC")
                .setAcceptDownloads(true));
        person.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = person.newPage();
        String home = URI.create(address).getAuthority();
        page.onRequest(request -> note(request, home));
        page.onConsoleMessage(this::note);
        page.onPageError(complaints::add);
        page.navigate(address);
        return page;
    }

    /// Gives the window of a page another size and the system of the person another look, and waits until it is drawn.
    static void turn(Page page, Look look) {
        page.setViewportSize(look.width(), look.height());
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.scheme()));
        page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
    }

    /// Waits until a page shows what it is about, and says of nothing that it is still on its way.
    static void settle(Page page) {
        page.locator("h1").first().waitFor();
        page.waitForFunction(NOTHING_BUSY);
    }

    /// Has the server do what was asked, and keeps its answer until it is let go.
    static Runnable withheld(Route route) {
        APIResponse answer = route.fetch();
        return () -> route.fulfill(new Route.FulfillOptions().setResponse(answer));
    }

    /// What pages have complained of since this was last asked: errors of scripts, and what their policy forbade.
    List<String> complaints() {
        List<String> all = new ArrayList<>(complaints);
        complaints.clear();
        return all;
    }

    /// Requests to anybody but the server of the page.
    List<String> strangers() {
        return List.copyOf(strangers);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }

    private void note(Request request, String home) {
        URI address = URI.create(request.url());
        if (address.getAuthority() != null && !home.equals(address.getAuthority())) {
            strangers.add(request.url());
        }
    }

    private void note(ConsoleMessage message) {
        if (message.type().equals("error")) {
            complaints.add(message.text());
        }
    }
}
