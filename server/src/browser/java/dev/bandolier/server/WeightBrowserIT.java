package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// How much a browser has to fetch before a page is complete, the charts included.
final class WeightBrowserIT {

    private static final int BYTES_MAX = 600_000;

    /// What the browser says that it received: headers and compressed bodies, of everything until now.
    private static final String RECEIVED = """
        () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
          .reduce((sum, each) => sum + each.transferSize, 0)\
        """;

    private static final String FIRST_PAINT =
            "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1";

    @Test
    void experiment_forTheFirstTime_isBelowItsBudget() {
        try (Site site = Site.fresh();
                Browser browser = Browser.open()) {
            Api node = site.node();
            Showroom.fill(node);
            Page page = browser.page(node.address() + "/#/experiments/hero", Browser.Look.WIDE);
            Browser.settle(page);
            page.locator("allocation-chart canvas").first().waitFor();

            int received = ((Number) page.evaluate(RECEIVED)).intValue();
            double painted = ((Number) page.evaluate(FIRST_PAINT)).doubleValue();
            System.out.printf(
                    Locale.ROOT,
                    "The page of an experiment: %,d bytes, first paint after %.0f ms%n",
                    received,
                    painted);

            assertThat(received).isBetween(300_000, BYTES_MAX);
            assertThat(painted).isPositive();
            assertThat(browser.strangers()).isEmpty();
        }
    }
}
