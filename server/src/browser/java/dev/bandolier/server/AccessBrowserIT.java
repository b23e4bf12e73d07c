package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whether everybody can use the pages: axe-core finds nothing on any of them, by day at a desk and by night on a
/// phone; nothing sticks out of a narrow window, every column of numbers says what it means, no script fails,
/// and nobody but the server is asked for anything.
final class AccessBrowserIT {

    /// The heads of columns of numbers, and the bars of guardrails, that no word explains, what is folded included.
    private static final String UNEXPLAINED = """
        async () => {
          const all = (root) => [...root.querySelectorAll('*')]
            .flatMap((each) => (each.shadowRoot ? [each, ...all(each.shadowRoot)] : [each]));
          const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          for (const each of all(document)) if (each.localName === 'details') each.open = true;
          await drawn();
          const explains = (each) => [...each.querySelectorAll('help-term')].some(({text}) => text);
          return all(document)
            .filter((each) => (each.matches('thead .number, thead .range') && !explains(each))
              || (each.localName === 'meter-line' && !each.renderRoot.querySelector('help-term.text')?.text))
            .map((each) => `${each.getRootNode().host.localName}: ${each.textContent || each.meter?.label}`);
        }\
        """;

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @BeforeAll
    static void open() {
        Showroom.fill(STAGE.node());
    }

    static List<String> pages() {
        return Showroom.PAGES;
    }

    /// By day at a desk, then by night on a phone, as if somebody took it out of the dock.
    @ParameterizedTest
    @MethodSource("pages")
    void page_isOpenToEverybody(String address) {
        Page page = STAGE.page("/" + address, Browser.Look.WIDE);
        for (Browser.Look look : List.of(Browser.Look.WIDE, Browser.Look.NARROW.dark())) {
            Browser.turn(page, look);
            Browser.settle(page);

            List<Rule> found = new AxeBuilder(page).analyze().getViolations();

            assertThat(found).as(look.toString()).isEmpty();
            assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                    .as("width of what is in the window")
                    .isLessThanOrEqualTo(look.width());
        }
        assertThat((List<?>) page.evaluate(UNEXPLAINED))
                .as("numbers without a meaning")
                .isEmpty();
        assertThat(STAGE.browser().complaints()).isEmpty();
        assertThat(STAGE.browser().strangers()).isEmpty();
        page.context().close();
    }
}
