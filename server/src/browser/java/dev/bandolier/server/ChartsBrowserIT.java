package dev.bandolier.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Whether charts, their files and the history say what was served, and go on saying it.
final class ChartsBrowserIT {

    private static final int ALLOCATIONS = 7;

    /// In how many places a column of the plot differs from the one beside it.
    private static final String STEPS = """
        (canvas) => {
          const {width, height} = canvas;
          const {data} = canvas.getContext('2d').getImageData(0, 0, width, height);
          let differ = 0;
          for (let x = 60; x < width - 130; x++) {
            const same = (y) => [0, 1, 2].every((part) =>
              data[4 * (y * width + x) + part] === data[4 * (y * width + x + 1) + part]);
            if (!Array.from({length: height - 52}, (_, y) => same(y + 12)).every(Boolean)) differ++;
          }
          return differ;
        }\
        """;

    /// How many points of the first half of its time a history has that was told 3,000 times of new shares.
    private static final String PAST = """
        async () => {
          const {append} = await import('/assets/history.js');
          let points = [];
          for (let version = 1; version <= 3000; version++) {
            points = append(points, {at: version * 60_000, version, shares: {a: 1}});
          }
          return points.filter(({at}) => at <= 1500 * 60_000).length;
        }\
        """;

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private Page page;

    @BeforeAll
    static void open() {
        Showroom.fill(STAGE.node());
    }

    @AfterEach
    void nobodyComplained() {
        page.context().close();
        assertThat(STAGE.browser().complaints()).isEmpty();
    }

    /// Each move is of less than a pixel; drawn as lines from corner to corner, nearly every column is another one.
    @Test
    void chart_sharesThatMoveByLessThanAPixel_standStillBetweenAllocations() {
        page = STAGE.page("/#/audit", Browser.Look.WIDE);
        page.route(Pattern.compile("/v1/experiments/rests/snapshots"), ChartsBrowserIT::answerSmallMoves);
        page.navigate(STAGE.node().address() + "/#/experiments/rests");
        Locator canvas = page.locator("allocation-chart canvas").first();
        canvas.waitFor();

        page.waitForCondition(() -> steps(canvas) > 0);

        assertThat(steps(canvas)).isBetween(ALLOCATIONS - 3, 4 * ALLOCATIONS);
    }

    @Test
    void history_ofAPageThatStaysOpen_keepsItsPast() {
        page = STAGE.page("/#/audit", Browser.Look.WIDE);

        assertThat((int) page.evaluate(PAST)).isGreaterThan(150);
    }

    @Test
    void chart_ofManyPausedArms_showsThoseThatAreServed() {
        String[] keys = IntStream.range(0, 15).mapToObj(i -> "arm-" + i).toArray(String[]::new);
        STAGE.node().start(Definitions.of("many", keys));
        for (int i = 1; i < keys.length - 2; i++) {
            STAGE.node().command("many/arms/" + keys[i] + "/pause");
        }
        page = STAGE.page("/#/experiments/many", Browser.Look.WIDE);

        Locator chart = page.locator("allocation-chart [role=img]").first();

        assertThat(chart).hasAttribute("aria-label", Pattern.compile("arm-13 \\d.*arm-14 \\d|arm-14 \\d.*arm-13 \\d"));
    }

    @Test
    void chart_arrowKeys_sayWhatTheyRead() {
        page = STAGE.page("/#/experiments/hero", Browser.Look.WIDE);
        Browser.settle(page);
        page.locator("allocation-chart canvas").first().waitFor();

        page.locator("allocation-chart [role=img]").first().press("Home");

        assertThat(page.locator("allocation-chart [role=status]").first())
                .containsText(Pattern.compile("classic \\d.*%"));
    }

    @Test
    void feed_whileALongerTimeIsRead_callsItsNumbersByTheirOwnTime() {
        page = STAGE.page("/#/experiments/hero/history", Browser.Look.WIDE);
        Locator summary = page.locator("reward-feed .aside").first();
        assertThat(summary).containsText("in the last hour");
        page.route(Pattern.compile("/feed\\?minutes=10080"), _ -> {});

        page.locator("reward-feed").getByText("Week").click();

        assertThat(page).hasURL(Pattern.compile("span=10080"));
        assertThat(summary).containsText("in the last hour");
    }

    @Test
    void history_auditEntry_leadsToThatEntry() {
        page = STAGE.page("/#/experiments/rests/history", Browser.Look.WIDE);
        Locator link = page.locator("time-line")
                .getByText(Pattern.compile("^audit entry \\d+$"))
                .last();
        String entry = link.innerText().replaceAll("\\D", "");

        link.click();

        assertThat(page.locator("audit-list li[aria-current]")).containsText("Created");
        assertThat(page).hasURL(Pattern.compile("entry=" + entry + "$"));
    }

    @Test
    void files_ofTheAllocation_holdEverythingThatWasServed() throws IOException {
        page = STAGE.page("/#/experiments/rests", Browser.Look.WIDE);
        Browser.settle(page);
        int served = STAGE.node().get("/v1/experiments/rests/snapshots").json().getInteger("total");

        assertThat(Files.readAllLines(file("allocation", "CSV").path()))
                .hasSize(1 + served)
                .element(0)
                .asString()
                .contains("from (UTC)");
    }

    /// Each arm against what the API says of it at the same version; nobody else is shown one meanwhile.
    @Test
    void files_ofLive_holdArmsAndGuardrails() throws IOException {
        page = STAGE.page("/#/experiments/rests", Browser.Look.WIDE);
        Browser.settle(page);
        JsonObject rests = STAGE.node().get("/v1/experiments/rests").json();
        JsonObject control = rests.getJsonObject("standing", rests.getJsonObject("snapshot"))
                .getJsonArray("arms")
                .getJsonObject(0);

        List<String> arms = Files.readAllLines(file("arms", "CSV").path());
        List<String> guardrails = Files.readAllLines(file("guardrails", "CSV").path());

        assertThat(arms).hasSize(1 + rests.getJsonArray("arms").size());
        assertThat(arms.get(1).split(","))
                .startsWith(control.getString("arm"), "control", "live")
                .contains(control.getInteger("exposures").toString());
        assertThat(guardrails.getFirst()).contains("stands at,acts at");
        assertThat(guardrails).anySatisfy(line -> assertThat(line).startsWith("Origins,"));
    }

    @Test
    void files_ofTheRewardFeed_areItsBinsAndAPicture() throws IOException {
        page = STAGE.page("/#/experiments/hero/history", Browser.Look.WIDE);
        page.locator("reward-feed feed-chart canvas").waitFor();
        int bins = STAGE.node()
                .get("/v1/experiments/hero/feed?minutes=60")
                .json()
                .getJsonArray("bins")
                .size();

        assertThat(Files.readAllLines(file("reward feed", "CSV").path())).hasSize(1 + bins);
        assertThat(Files.readAllBytes(file("reward feed", "PNG").path())).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void files_ofClaims_compareEverybodyWithThoseHeldOut() throws IOException {
        page = STAGE.page("/#/experiments/hero/evidence", Browser.Look.WIDE);
        page.route(Pattern.compile("/v1/experiments/hero/report"), ChartsBrowserIT::answerWithUplift);
        page.reload();

        List<String> lines = Files.readAllLines(file("claims", "CSV").path());

        List<String> columns = List.of(lines.getFirst().split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1));
        int uplift = columns.indexOf("\"uplift against held out, estimate (fraction)\"");
        assertThat(List.of(lines.get(lines.size() - 2).split(",", -1)))
                .startsWith("(everybody else)")
                .hasSameSizeAs(columns)
                .element(uplift)
                .isEqualTo("0.25");
        assertThat(lines.getLast()).startsWith("(held out),").contains(",500,");
    }

    @Test
    void history_whatHappensWhileOlderEventsAreRead_isKept() {
        page = STAGE.page("/#/audit", Browser.Look.WIDE);
        List<Route> older = new ArrayList<>();
        page.route(Pattern.compile("/v1/experiments/rests/timeline"), route -> {
            if (route.request().url().contains("before=")) {
                older.add(route);
            } else {
                answerTheLatest(route);
            }
        });
        page.navigate(STAGE.node().address() + "/#/experiments/rests/history");
        Locator resumed = page.locator("timeline-event").filter(new Locator.FilterOptions().setHasText("Resumed"));
        page.locator("time-line").getByText("Show older").press("Enter");
        page.waitForCondition(() -> !older.isEmpty());
        assertThat(resumed).hasCount(0);

        STAGE.node().command("rests/resume");
        assertThat(resumed).hasCount(1);
        older.getFirst()
                .fulfill(json(new JsonObject().put("events", new JsonArray()).putNull("next")));

        assertThat(page.locator("time-line").getByText("That is all")).isFocused();
        assertThat(resumed).hasCount(1);
        STAGE.node().command("rests/pause");
    }

    private Download file(String subject, String kind) {
        Page.GetByRoleOptions named = new Page.GetByRoleOptions().setName("Download " + subject + " as " + kind);
        return page.waitForDownload(
                () -> page.getByRole(AriaRole.BUTTON, named).first().click());
    }

    /// As if 500 visitors had been held out, and the others had earned a quarter more than they.
    private static void answerWithUplift(Route route) {
        JsonObject answer = new JsonObject(route.fetch().text());
        JsonObject uplift =
                new JsonObject().put("estimate", 0.25).put("lower", 0.05).put("upper", 0.45);
        answer.getJsonObject("claims")
                .put("units", 5500)
                .put(
                        "holdout",
                        new JsonObject()
                                .put("units", 500)
                                .put("others", 5000)
                                .put("rate", 0.2)
                                .put("othersRate", 0.25)
                                .put("uplift", uplift)
                                .put("difference", uplift)
                                .put("detectable", 0.2));
        route.fulfill(json(answer));
    }

    /// As if there were more of them.
    private static void answerTheLatest(Route route) {
        route.fulfill(json(new JsonObject(route.fetch().text()).put("next", "more")));
    }

    private static Route.FulfillOptions json(JsonObject answer) {
        return new Route.FulfillOptions().setContentType("application/json").setBody(answer.encode());
    }

    @Test
    void overviewCsv_isWhatIsShown() throws IOException {
        page = STAGE.page("/#/?state=running&q=page+hero", Browser.Look.WIDE);

        Download file = page.waitForDownload(
                () -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Download experiments"))
                        .click());

        assertThat(file.suggestedFilename()).matches("experiments-running-page-hero-\\d{4}-\\d\\d-\\d\\dT.*Z\\.csv");
        assertThat(Files.readAllLines(file.path()))
                .hasSize(3)
                .satisfiesExactly(
                        head -> assertThat(head).contains("name,key,state,arms").contains("shown to (units)"),
                        hero -> assertThat(hero)
                                .matches("Home page hero,hero,running,classic 0\\.\\d+; video 0\\.\\d+; offer"
                                        + " 0\\.\\d+,.*"),
                        rest -> assertThat(rest).contains("Only what was shown is in this file: 1 of "));
    }

    @Test
    void evidence_ofThoseWithoutADeclaredDevice_isNamedAndStaysChosen() throws IOException {
        for (int i = 0; i < 5; i++) {
            STAGE.node()
                    .decide(new JsonObject()
                            .put("experiment", "hero")
                            .put("unit", "television-" + i)
                            .put("context", new JsonObject().put("device", "tv")));
        }
        page = STAGE.page("/#/experiments/hero", Browser.Look.WIDE);
        assertThat(page.locator("segment-tables h3").getByText("Any other device"))
                .isVisible();

        page.navigate(STAGE.node().address() + "/#/experiments/hero/evidence");
        page.locator("#segment").selectOption("Any other device");
        assertThat(page.locator("belief-panel").getByText("What we believe: Any other device"))
                .isVisible();
        page.reload();
        Locator button = page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Download belief any other device as CSV"));
        Download file = page.waitForDownload(button::click);

        assertThat(Files.readAllLines(file.path()).subList(1, 4))
                .allSatisfy(line -> assertThat(line).startsWith("Any other device,"));
    }

    private static int steps(Locator canvas) {
        return (int) canvas.evaluate(STEPS);
    }

    private static void answerSmallMoves(Route route) {
        JsonObject answer = new JsonObject(route.fetch().text());
        JsonArray snapshots = answer.getJsonArray("snapshots");
        JsonObject like = snapshots.getJsonObject(snapshots.size() - 1);
        JsonArray moved = new JsonArray();
        for (int i = 0; i < ALLOCATIONS; i++) {
            JsonObject snapshot = like.copy()
                    .put("version", i + 1)
                    .put(
                            "at",
                            Instant.parse(like.getString("at"))
                                    .minus(Duration.ofHours(ALLOCATIONS - i))
                                    .toString());
            snapshot.getJsonArray("arms").getJsonObject(0).put("share", 0.5 + 0.0018 * i);
            snapshot.getJsonArray("arms").getJsonObject(1).put("share", 0.5 - 0.0018 * i);
            moved.add(snapshot);
        }
        route.fulfill(json(answer.put("snapshots", moved).put("total", ALLOCATIONS)));
    }
}
