package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How much a browser has to fetch before a page is complete, the charts included, and how long a person looks at
/// nothing: on a server with many experiments, one of which has a long history.
///
/// Every page is weighed as the first that somebody opens, with nothing stored.
final class WeightBrowserIT {

    private static final int BYTES_MAX = 600_000;

    /// Whatever is lighter was not measured: the modules alone weigh more.
    private static final int BYTES_MIN = 300_000;

    /// Milliseconds. A machine that does nothing else takes a fifth of it.
    private static final double PAINT_MAX = 1_000;

    /// So many people look, and the first paint of the luckiest is judged: a slow page is slow for all, a busy machine
    /// is not.
    private static final int PEOPLE = 3;

    private static final int EXPERIMENTS = 200;

    /// Half as many as a page draws snapshots.
    private static final int PAUSES = 150;

    /// What the browser says that it received until now: headers and compressed bodies. What an open page asks for
    /// again and again counts once, or a page would weigh more the slower the machine.
    private static final String RECEIVED = """
        () => [...new Map([...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
          .reverse().map((each) => [each.name, each.transferSize])).values()]
          .reduce((sum, bytes) => sum + bytes, 0)\
        """;

    private static final String FIRST_PAINT =
            "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    /// What a page costs somebody.
    private record Cost(int bytes, double paint) {}

    @BeforeAll
    static void fill() {
        Showroom.fill(STAGE.node());
        for (int i = 0; i < PAUSES; i++) {
            STAGE.node().command("hero/arms/offer/pause");
            STAGE.node().command("hero/arms/offer/resume");
        }
        for (int i = 0; i < EXPERIMENTS; i++) {
            STAGE.node().start(Definitions.of("experiment-" + i, "classic", "video", "offer"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /#/                          | allocation-spark
        /#/experiments/hero          | allocation-chart canvas
        /#/experiments/hero/evidence | density-chart canvas
        /#/experiments/hero/edit     | preview-result
        """)
    void page_forTheFirstTime_isBelowItsBudget(String address, String drawn) {
        Cost cost = IntStream.range(0, PEOPLE)
                .mapToObj(person -> opened(address, drawn))
                .min(Comparator.comparingDouble(Cost::paint))
                .orElseThrow();
        System.out.printf(
                Locale.ROOT, "%s: %,d bytes, first paint after %.0f ms%n", address, cost.bytes(), cost.paint());

        assertThat(cost.bytes()).isBetween(BYTES_MIN, BYTES_MAX);
        assertThat(cost.paint()).isBetween(0.0, PAINT_MAX);
        assertThat(STAGE.browser().strangers()).isEmpty();
    }

    private static Cost opened(String address, String drawn) {
        Page page = STAGE.page(address, Browser.Look.WIDE);
        Browser.settle(page);
        page.locator(drawn).first().waitFor();
        int bytes = ((Number) page.evaluate(RECEIVED)).intValue();
        double paint = ((Number) page.evaluate(FIRST_PAINT)).doubleValue();
        page.context().close();
        return new Cost(bytes, paint);
    }
}
