package dev.bandolier.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a page makes of answers that come late, or not at all, and of a stream that has died.
final class StreamBrowserIT {

    private static final int PATIENCE_MILLIS = 30_000;

    private static final String LIST = "/v1/experiments";
    private static final String KILL_SWITCH = "/v1/kill-switch";

    /// Hears the stream as the page does, until it has said four times that it lives: at once, and three times later.
    private static final String HEAR_FOR_LONG = """
        () => new Promise((heard, lost) => {
          const source = new EventSource('/v1/live');
          let left = 4;
          source.addEventListener('keep-alive', () => {
            left--;
            if (left > 0) return;
            source.close();
            heard();
          });
          setTimeout(() => lost(new Error('the stream is silent')), 60000);
        })\
        """;

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private Page page;

    @BeforeAll
    static void open() {
        STAGE.node().start(Definitions.of("hero", "classic", "video"));
    }

    @BeforeEach
    void look() {
        page = STAGE.page("/#/", Browser.Look.WIDE);
        Browser.settle(page);
        assertThat(page.locator("live-status [role=status]")).hasText("live");
    }

    @AfterEach
    void leave() {
        page.context().close();
    }

    @Test
    void list_thatWasAskedForBeforeNews_changesNothingOfThem() {
        STAGE.node().post(LIST, Definitions.of("idea", "a", "b").encode()).with(201);
        assertThat(row("idea")).isVisible();
        String switchBefore = STAGE.node().get(KILL_SWITCH).with(200).text();
        String listBefore = withSentinel(STAGE.node().get(LIST).with(200).json());
        List<Route> lists = held("**" + LIST);
        List<Route> switches = held("**" + KILL_SWITCH);
        page.evaluate("dispatchEvent(new Event('online'))");
        page.waitForCondition(() -> !lists.isEmpty() && !switches.isEmpty());

        STAGE.node().command("hero/pause");
        STAGE.node().post(LIST, Definitions.of("later", "a", "b").encode()).with(201);
        STAGE.node().send("DELETE", LIST + "/idea", BodyPublishers.noBody()).with(204);
        STAGE.node()
                .send("PUT", KILL_SWITCH, BodyPublishers.ofString("{\"reason\":\"a drill\"}"))
                .with(200);
        try {
            assertThat(page.getByText("Kill switch engaged")).isVisible();
            assertThat(row("hero")).containsText("Paused");
            assertThat(row("later")).isVisible();
            assertThat(row("idea")).hasCount(0);

            answer(lists.getFirst(), listBefore);
            answer(switches.getFirst(), switchBefore);

            assertThat(row("sentinel")).isVisible();
            assertThat(page.getByText("Kill switch engaged")).isVisible();
            assertThat(row("hero")).containsText("Paused");
            assertThat(row("later")).isVisible();
            assertThat(row("idea")).hasCount(0);
        } finally {
            STAGE.node().send("DELETE", KILL_SWITCH, BodyPublishers.noBody()).with(200);
            STAGE.node().command("hero/resume");
        }
    }

    @Test
    void dialog_closedWhileItsRequestRuns_tellsOfThatAndNotOfTheNext() {
        visit("#/experiments/hero");
        List<Route> pauses = held("**" + LIST + "/hero/pause");
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        button("Pause…").first().click();
        dialog.getByRole(AriaRole.BUTTON, named("Pause")).click();
        page.waitForCondition(() -> !pauses.isEmpty());
        page.keyboard().press("Escape");
        assertThat(dialog).isHidden();
        button("Kill switch…").click();
        assertThat(dialog).containsText("Give everybody control?");

        answer(pauses.getFirst(), "{}");

        assertThat(page.locator("undo-toast")).containsText("hero is paused.");
        assertThat(dialog).containsText("Give everybody control?");
        assertThat(dialog).isVisible();
        assertThat(page.locator("undo-toast").getByText("Everybody gets control."))
                .hasCount(0);
    }

    @Test
    void report_thatNeverComes_isToldOf() {
        held("**" + LIST + "/hero/report");

        visit("#/experiments/hero/evidence");

        assertThat(page.locator("poll-status")).containsText("The server does not answer.", patiently());
    }

    @Test
    void stream_whereNothingHappens_isKept() {
        List<String> streams = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().endsWith("/v1/live")) {
                streams.add(request.url());
            }
        });

        page.evaluate(HEAR_FOR_LONG);

        assertThat(streams).as("but the one of this test").hasSize(1);
        assertThat(page.locator("live-status [role=status]")).hasText("live");
    }

    @Test
    void stream_thatFallsSilent_isLost() {
        page.clock().install();
        page.reload();
        assertThat(page.locator("live-status [role=status]")).hasText("live");
        page.route("**/v1/live", Route::abort);

        page.clock().fastForward(13_000);

        assertThat(page.locator("live-status [role=status]")).containsText("reconnecting, numbers from");
    }

    @Test
    void allocation_thatCannotBeRead_isNotSaidToBeNone() {
        page.route(
                "**/v1/experiments/hero/snapshots**",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));

        visit("#/experiments/hero");

        assertThat(page.locator("allocation-over-time [role=alert]")).containsText("could not be read");
        assertThat(page.getByText("no allocation has been served")).hasCount(0);
    }

    @Test
    void stream_thatIsLost_isToldOfOnEveryPageAndNobodyIsSaidToBeBehind() {
        page.clock().install();
        page.reload();
        assertThat(page.locator("live-status")).containsText("live");
        page.route("**/v1/live", Route::abort);

        page.clock().fastForward(13_000);

        assertThat(page.locator("silence-banner")).containsText("Nothing has been heard of the server for");
        assertThat(page).hasTitle(Pattern.compile("^Not live · "));
        assertThat(page.locator("live-status")).not().containsText("behind");
        visit("#/audit");
        assertThat(page.locator("silence-banner p")).isVisible();
    }

    @Test
    void page_thatCannotBeFetched_isToldOfAndFetchedLater() {
        page.route("**/audit-page.js", Route::abort);
        visit("#/audit");
        assertThat(page.getByText("could not be fetched")).isVisible();
        page.unroute("**/audit-page.js");

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Audit")))
                .isVisible(patientlySeen());
    }

    @Test
    void address_thatIsCutOrUnknown_isToldOf() {
        visit("#/experiments/100%");
        page.reload();
        assertThat(page.locator("h1")).hasText("No such experiment");
        visit("#/nowhere");
        assertThat(page.locator("h1")).hasText("No such page");
        visit("#/");
        assertThat(row("hero")).isVisible();
    }

    @Test
    void page_thatIsFetchedTooLate_takesNobodyFromTheNext() {
        List<Route> modules = held("**/sources-page.js");
        page.locator("header nav").getByText("Sources").click();
        page.waitForCondition(() -> !modules.isEmpty());
        page.locator("header nav").getByText("Experiments").click();
        Locator search = page.getByLabel("Search by name or key");
        search.pressSequentially("he");

        modules.getFirst().resume();
        page.waitForFunction("() => import('/assets/components/sources-page.js').then(() => true)");
        page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");

        assertThat(search).isFocused();
    }

    @Test
    void draft_deletedLate_takesNobodyFromWhereTheyHaveGone() {
        STAGE.node().post(LIST, Definitions.of("sketch", "a", "b").encode()).with(201);
        visit("#/experiments/sketch");
        List<Route> deletions = held("**" + LIST + "/sketch");
        button("Delete…").click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, named("Delete the draft"))
                .click();
        page.waitForCondition(() -> !deletions.isEmpty());
        page.keyboard().press("Escape");
        page.locator("header nav").getByText("Sources").click();
        assertThat(page.locator("h1")).hasText("Sources");

        deletions.getFirst().resume();

        assertThat(page.locator("undo-toast")).containsText("is deleted.");
        assertThat(page.locator("h1")).hasText("Sources");
    }

    @Test
    void list_thatCannotBeRead_leavesPagesTheirHeading() {
        page.route("**" + LIST, Route::abort);
        page.evaluate("dispatchEvent(new Event('online'))");
        assertThat(page.locator("main .trouble")).isVisible(patientlySeen());

        row("hero").locator("a").first().press("Enter");

        assertThat(page.locator("h1")).hasText("hero");
        assertThat(page.locator("h1")).isFocused();
    }

    /// The list with a draft in it that nobody made: who sees it has taken this answer.
    private static String withSentinel(JsonObject list) {
        JsonArray all = list.getJsonArray("experiments");
        JsonObject draft = all.stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("key").equals("idea"))
                .findFirst()
                .orElseThrow();
        all.add(draft.copy().put("key", "sentinel").put("name", "sentinel"));
        return list.encode();
    }

    /// Requests that are not answered until a test does.
    private List<Route> held(String address) {
        List<Route> held = new ArrayList<>();
        page.route(address, held::add);
        return held;
    }

    private static void answer(Route route, String json) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(200)
                .setContentType("application/json")
                .setBody(json));
    }

    private void visit(String hash) {
        page.navigate(STAGE.node().address() + "/" + hash);
    }

    private Locator row(String experiment) {
        return page.locator("experiment-row").filter(new Locator.FilterOptions().setHasText(experiment));
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static LocatorAssertions.IsVisibleOptions patientlySeen() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
    }

    private static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS);
    }
}
