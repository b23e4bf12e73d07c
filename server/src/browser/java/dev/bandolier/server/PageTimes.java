package dev.bandolier.server;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// How a page comes and how it moves, seen from inside a browser.
///
/// What it looks at per frame is the time of the newest snapshot that the page shows, once for each place where it shows
/// one. A change counts from when the snapshot was made to the frame after the one that drew it.
final class PageTimes {

    /// How a page moved.
    ///
    /// @param frames distances from one frame to the next, in milliseconds
    /// @param tasks  what kept the page for longer than 50 ms, in milliseconds
    /// @param ages   from when a snapshot was made until it was seen, in milliseconds
    /// @param busy   share of the time in which the page worked
    /// @param before megabytes of objects before
    /// @param after  megabytes of objects after
    record Motion(
            List<Double> frames, List<Double> tasks, List<Double> ages, double busy, double before, double after) {

        /// Lines of a table say the same.
        String line(String what) {
            Spread spread = Spread.of("frames of " + what, frames);
            return String.format(
                    Locale.ROOT,
                    "| %s | %,d | %s | %.1f %% | %d, %.0f | %.0f %% | %.1f to %.1f |",
                    what,
                    spread.count(),
                    spread.cells(),
                    100 * spread.above(SLOW_MILLIS),
                    tasks.size(),
                    tasks.stream().mapToDouble(Double::doubleValue).max().orElse(0),
                    100 * busy,
                    before,
                    after);
        }
    }

    static final String MOTION_HEAD = """
        | | frames | p50 | p95 | max | over 50 ms | tasks over 50 ms, longest | working | MB of objects |
        |---|---:|---:|---:|---:|---:|---:|---:|---:|\
        """;

    private static final String NOTHING = "/health/live";
    private static final double SLOW_MILLIS = 50;
    private static final double BYTES = 1e6;

    /// The roots of components one inside the other.
    private static final String ROOTS = """
        const roots = (path) => path.reduce((all, name) => all.flatMap((root) => [...root.querySelectorAll(name)])
          .map((each) => each.renderRoot).filter(Boolean), [document]);
        """;

    /// Looks at every frame, from the first one on, whether so many pictures are drawn.
    private static final String LOOK = "(() => {" + ROOTS + """
          const look = () => {
            const drawn = roots([%s]).filter((root) => root.querySelector('%s')).length;
            if (drawn < %d) requestAnimationFrame(look);
            else window.drawnAfterMillis = performance.now();
          };
          requestAnimationFrame(look);
        })()\
        """;

    private static final String DRAWN = "() => window.drawnAfterMillis";

    private static final String FIRST_PAINT =
            "() => performance.getEntriesByName('first-contentful-paint')[0].startTime";

    private static final String MOTION = "async ({path, inside, millis}) => {" + ROOTS + """
          const watched = roots(path).map((root) => root.querySelector(inside));
          const shown = watched.map((each) => each.dateTime);
          const [frames, ages, tasks] = [[], [], []];
          const observer = new PerformanceObserver((list) =>
            tasks.push(...list.getEntries().map(({duration}) => duration)));
          observer.observe({type: 'longtask'});
          const end = performance.now() + millis;
          let [last, drawn] = [null, []];
          await new Promise((done) => {
            const look = (now) => {
              if (last !== null) frames.push(now - last);
              last = now;
              ages.push(...drawn.map((made) => Date.now() - made));
              drawn = [];
              watched.forEach((each, place) => {
                if (each.dateTime === shown[place]) return;
                shown[place] = each.dateTime;
                drawn.push(Date.parse(each.dateTime));
              });
              if (performance.now() < end) requestAnimationFrame(look);
              else done();
            };
            requestAnimationFrame(look);
          });
          observer.disconnect();
          return {watched: watched.length, frames, ages, tasks};
        }\
        """;

    private final Browser browser;
    private final String server;

    /// Pages of a server.
    ///
    /// @param server its address
    PageTimes(Browser browser, String server) {
        this.browser = browser;
        this.server = server;
    }

    /// Opens a page for the first time so often; answers the lines of a table.
    ///
    /// @param pictures how many it has
    List<String> coming(Sight sight, int pictures, int times) {
        List<Double> painted = new ArrayList<>();
        List<Double> drawn = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            try (Page page = page(sight, pictures)) {
                drawn.add(drawn(page));
                painted.add(number(page.evaluate(FIRST_PAINT)));
                page.context().close();
            }
        }
        return List.of(
                Spread.line(sight.title() + ", first paint", painted),
                Spread.line(sight.title() + ", all drawn (" + pictures + ")", drawn));
    }

    /// Looks at a page for so long.
    ///
    /// @param pictures how many it has
    Motion motion(Sight sight, int pictures, Duration length) {
        try (Page page = page(sight, pictures)) {
            drawn(page);
            Browser.settle(page);
            CDPSession session = page.context().newCDPSession(page);
            session.send("Performance.enable");
            Map<String, Double> before = metrics(session);
            long startNanos = System.nanoTime();
            Map<?, ?> seen = (Map<?, ?>)
                    page.evaluate(MOTION, Map.of("path", sight.watched(), "inside", sight.time(), "millis", (double)
                            length.toMillis()));
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            Map<String, Double> after = metrics(session);
            page.context().close();
            return new Motion(
                    numbers(seen.get("frames")),
                    numbers(seen.get("tasks")),
                    numbers(seen.get("ages")),
                    (after.get("TaskDuration") - before.get("TaskDuration")) / seconds,
                    before.get("JSHeapUsedSize") / BYTES,
                    after.get("JSHeapUsedSize") / BYTES);
        }
    }

    /// What the browser calls itself.
    String product() {
        try (Page page = browser.page(server + NOTHING, Browser.Look.WIDE)) {
            return page.context()
                    .newCDPSession(page)
                    .send("Browser.getVersion")
                    .get("product")
                    .getAsString();
        }
    }

    /// The page in a new window that knows nothing of it. It comes from something without any script, where the browser
    /// is told to look.
    private Page page(Sight sight, int pictures) {
        Page page = browser.page(server + NOTHING, Browser.Look.WIDE);
        String path = sight.picture().stream().map(each -> "'" + each + "'").collect(Collectors.joining(", "));
        page.addInitScript(LOOK.formatted(path, sight.drawn(), pictures));
        page.navigate(server + "/" + sight.address());
        return page;
    }

    /// When everything was drawn, in milliseconds since the page was asked for.
    private static double drawn(Page page) {
        return number(page.waitForFunction(DRAWN).jsonValue());
    }

    /// What the browser counts of a page, after everything that nobody needs any more is gone.
    private static Map<String, Double> metrics(CDPSession session) {
        session.send("HeapProfiler.collectGarbage");
        Map<String, Double> metrics = new HashMap<>();
        for (JsonElement each : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject metric = each.getAsJsonObject();
            metrics.put(metric.get("name").getAsString(), metric.get("value").getAsDouble());
        }
        return metrics;
    }

    private static List<Double> numbers(Object list) {
        return ((List<?>) list).stream().map(PageTimes::number).toList();
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
