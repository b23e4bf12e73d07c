package dev.bandolier.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the pages say of sources is so: they vouch for none that they have not looked at, their sums come out, and what
/// is shown once is not lost.
final class SourcesBrowserIT {

    private static final String PLAN = """
        {"signature": {"header": "X-Signature", "algorithm": "hmac-sha256", "encoding": "hex"},
         "events": [{"metric": "%s", "id": "/id", "unit": "/unit"}]}\
        """;

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @BeforeAll
    static void open() {
        STAGE.node().start(Definitions.of("hero", "a", "b"));
        STAGE.node().decide("hero", "buyer");
        STAGE.node().decide("hero", "friend");
        JsonArray batch = new JsonArray();
        for (String unit : List.of("buyer", "friend")) {
            batch.add(new JsonObject()
                    .put("id", "of " + unit)
                    .put("metric", "purchase")
                    .put("unit", unit));
        }
        batch.add(new JsonObject()
                .put("id", "back")
                .put("metric", "purchase")
                .put("unit", "buyer")
                .put("reverses", "never"));
        STAGE.node().report(batch).with(202);
        STAGE.site().books().settled();
    }

    @Test
    void overview_withoutSources_vouchesForNone() {
        Page page = STAGE.page("", Browser.Look.WIDE);
        assertThat(page.locator("trouble-strip")).containsText("Nothing needs you");

        page.route("**/v1/reconciliation*", route -> route.abort());
        page.reload();
        assertThat(page.locator("trouble-strip")).containsText("could not be read");
        assertThat(page.locator("trouble-strip")).not().containsText("Nothing needs you");
        page.context().close();
        STAGE.browser().complaints();
    }

    @Test
    void day_ofASource_addsUp() {
        Page page = STAGE.page("/#/sources/api", Browser.Look.WIDE);
        Locator table = page.locator("days-table table");
        table.waitFor();
        List<String> names = table.locator("thead th").allInnerTexts();
        Locator today = table.locator("tbody tr").first();
        assertThat(today.locator("td[data-label=Accepted]")).hasText("3");
        long parts = IntStream.range(0, names.size())
                .mapToObj(names::get)
                .filter(List.of("Attributed", "Not attributed", "Open")::contains)
                .mapToLong(name -> Long.parseLong(
                        today.locator("td[data-label='" + name + "']").innerText()))
                .sum();
        assertThat(parts).isEqualTo(3);
        page.context().close();
    }

    @Test
    void secret_thatIsShownOnce_outlivesThePage() {
        Page page = STAGE.page("/#/sources", Browser.Look.WIDE);
        button(page, "Add a source…").click();
        page.getByLabel("Platform").selectOption("json");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("till");
        button(page, "Add the source").click();
        String secret = page.locator("secret-once code").innerText();
        button(page, "Close the form").click();
        assertThat(page.locator("secret-once")).isVisible();

        page.locator("nav a")
                .filter(new Locator.FilterOptions().setHasText("Audit"))
                .click();
        assertThat(page.locator("h1")).hasText("Audit");
        page.locator("nav a")
                .filter(new Locator.FilterOptions().setHasText("Sources"))
                .click();
        assertThat(page.locator("secret-once code")).hasText(secret);
        button(page, "I have copied it").click();
        assertThat(page.locator("secret-once")).hasCount(0);
        page.context().close();
    }

    @Test
    void source_ofWhichTheAnswerIsLost_isNotSaidToBeMissing() {
        Page page = STAGE.page("/#/sources", Browser.Look.WIDE);
        page.route("**/v1/sources", route -> {
            if (route.request().method().equals("POST")) {
                route.fetch();
                route.abort();
            } else {
                route.resume();
            }
        });
        button(page, "Add a source…").click();
        page.getByLabel("Platform").selectOption("json");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("lost");
        button(page, "Add the source").click();
        assertThat(page.locator("source-form [role=alert]"))
                .hasText("The server does not answer. It is not known whether this was done.");
        page.context().close();
        STAGE.browser().complaints();
    }

    @Test
    void options_thatSomebodyElseChanged_areShownBeforeTheyAreReplaced() {
        STAGE.node().post("/v1/sources", "{\"key\":\"desk\",\"kind\":\"json\"}").with(201);
        Page page = STAGE.page("/#/sources/desk", Browser.Look.WIDE);
        button(page, "Change the options").click();
        Locator options = page.getByLabel("All options, as JSON");
        String mine = PLAN.formatted("mine");
        options.fill(mine);
        STAGE.node()
                .patch(
                        "/v1/sources/desk",
                        "1",
                        new JsonObject().put("options", new JsonObject(PLAN.formatted("theirs"))))
                .with(200);

        button(page, "Save the options").click();
        assertThat(page.locator("source-setup [role=alert]")).containsText("theirs");
        assertThat(options).hasValue(mine);
        button(page, "Save the options").click();
        assertThat(page.locator("source-setup pre").filter(new Locator.FilterOptions().setHasText("events")))
                .containsText("mine");
        assertThat(options).hasCount(0);
        page.context().close();
        assertThat(STAGE.browser().complaints()).as("but for the refusal").allMatch(each -> each.contains("412"));
    }

    @Test
    void sourcesAndTheirDays_asFiles_haveTheNumbersThatAreShown() throws IOException {
        Page page = STAGE.page("/#/sources", Browser.Look.WIDE);
        Download all = page.waitForDownload(
                () -> button(page, "Download sources 7 days as CSV").click());
        assertThat(all.suggestedFilename()).startsWith("sources-7-days-");
        assertThat(row(all, "source", "api"))
                .containsEntry("accepted", "3")
                .containsEntry("state", "Built in")
                .containsEntry("to (UTC)", today());

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("api").setExact(true))
                .click();
        Download days = page.waitForDownload(
                () -> button(page, "Download by day 7 days as CSV").click());
        assertThat(days.suggestedFilename()).startsWith("api-by-day-7-days-");
        assertThat(Files.readAllLines(days.path())).hasSize(1 + 7);
        assertThat(row(days, "day (UTC)", today()))
                .containsEntry("source", "api")
                .containsEntry("accepted", "3");
        page.context().close();
    }

    /// The day of the server's clock.
    private static String today() {
        return STAGE.node().get("/v1/reconciliation?days=1").with(200).json().getString("to");
    }

    /// The row of a file that has this value in this column, by the names of its columns.
    private static Map<String, String> row(Download file, String column, String value) throws IOException {
        List<String> lines = Files.readAllLines(file.path());
        List<String> names = List.of(lines.getFirst().replace("\uFEFF", "").split(","));
        return lines.stream()
                .map(line -> line.split(",", -1))
                .filter(fields -> fields[names.indexOf(column)].equals(value))
                .findFirst()
                .map(fields ->
                        IntStream.range(0, fields.length).boxed().collect(Collectors.toMap(names::get, i -> fields[i])))
                .orElseThrow();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
