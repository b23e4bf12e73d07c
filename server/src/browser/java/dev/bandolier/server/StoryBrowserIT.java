package dev.bandolier.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What a growth team does with an experiment, in the pages alone: from the empty form to the day after a restart.
///
/// With 20 % and 40 % who buy and a third arm where nobody does, the allocation moves within seconds, and the guardrail
/// finds the dead arm in nearly every run of 2,000 visitors (in one of a thousand it does not); one minute, the shortest
/// window, has to pass before their outcomes count.
final class StoryBrowserIT {

    /// A minute of window, and what a machine that does much else takes for the rest.
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Map<String, Double> RATES = Map.of("classic", 0.2, "video", 0.4);

    @Test
    void experiment_fromFormToRestart() {
        try (Site site = Site.fresh();
                Browser browser = Browser.open()) {
            ServerProcess server = site.launched();
            String address = server.api().address();
            Page page = browser.page(address + "/#/new", Browser.Look.WIDE);
            create(page);
            try (Shopping _ = Shopping.in(server.api(), "hero", RATES)) {
                sharesMove(page);
                harmfulArmIsPaused(page);
                pausedAndResumedByHand(page);
                server.kill();
                assertThat(page.getByText("reconnecting").first()).isVisible();
                server = site.launched(
                        "--port", Integer.toString(URI.create(address).getPort()));
                goesOnAfterTheRestart(page);
            } finally {
                server.close();
            }
            assertThat(browser.strangers()).isEmpty();
            assertThat(browser.complaints())
                    .as("but for the requests that nobody answered")
                    .allMatch(each -> each.contains("ERR_") || each.contains("Failed to load resource"));
        }
    }

    private static void create(Page page) {
        page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill("hero");
        page.getByLabel("Key of arm 1").fill("classic");
        page.getByLabel("Key of arm 2").fill("video");
        button(page, "Add an arm").click();
        page.getByLabel("Key of arm 3").fill("broken");
        page.getByLabel("Metric", new Page.GetByLabelOptions().setExact(true))
                .first()
                .fill("purchase");
        page.getByLabel("Time to convert").fill("1 minute");
        button(page, "Create and start…").click();
        dialogButton(page, "Create and start").click();
        page.waitForURL("**/#/experiments/hero");
        assertThat(page.locator("h1")).hasText("hero");
    }

    private static void sharesMove(Page page) {
        page.navigate(page.url().replaceAll("#.*", "#/experiments/hero"));
        assertThat(row(page, "video")).containsText(Pattern.compile("\\b(6|7|8|9)\\d(\\.\\d+)?\\s?%"), patiently());
    }

    private static void harmfulArmIsPaused(Page page) {
        assertThat(row(page, "broken")).containsText("Paused by a guardrail", patiently());
        assertThat(row(page, "broken")).containsText(Pattern.compile("\\b0(\\.0+)?\\s?%"));
    }

    private static void pausedAndResumedByHand(Page page) {
        button(page, "Pause…").first().click();
        dialogButton(page, "Pause").click();
        assertThat(badge(page)).containsText("aused", ignoringCase());
        button(page, "Undo").click();
        assertThat(badge(page)).containsText("unning", ignoringCase());
        button(page, "Pause…").first().click();
        dialogButton(page, "Pause").click();
        button(page, "Resume…").first().click();
        dialogButton(page, "Resume").click();
        assertThat(badge(page)).containsText("unning", ignoringCase());
    }

    private static void goesOnAfterTheRestart(Page page) {
        assertThat(page.locator("live-status [role=status]")).hasText("live", textPatiently());
        String before = row(page, "video").innerText();
        assertThat(row(page, "video")).not().hasText(before, textPatiently());
        assertThat(row(page, "broken")).containsText("Paused by a guardrail");
    }

    private static Locator row(Page page, String arm) {
        return page.locator("experiment-panel > arms-table, arms-table")
                .first()
                .getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(arm));
    }

    private static Locator badge(Page page) {
        return page.locator("experiment-page state-badge").first();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator dialogButton(Page page, String name) {
        return page.getByRole(AriaRole.DIALOG)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout((double) PATIENCE.toMillis());
    }

    private static LocatorAssertions.ContainsTextOptions ignoringCase() {
        return patiently().setIgnoreCase(true);
    }

    private static LocatorAssertions.HasTextOptions textPatiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout((double) PATIENCE.toMillis());
    }
}
