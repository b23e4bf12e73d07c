package dev.bandolier.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The form for experiments: it undoes nothing that others did meanwhile, and says at its fields what is wrong.
final class FormsBrowserIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @BeforeAll
    static void open() {
        setDefaultAssertionTimeout((double) PATIENCE.toMillis());
    }

    @Test
    void settings_thatWereTypedBeforeAnArmWasPaused_doNotServeItAgain() {
        STAGE.node().start(Definitions.of("raced", "a", "b", "c"));
        Page page = at("#/experiments/raced/edit");
        page.locator("summary").filter(having("Payload")).nth(1).click();
        page.getByLabel("Payload of b").fill("{\"shows\":\"something else\"}");
        STAGE.node().command("raced/arms/c/pause");

        save(page);

        assertThat(page.locator("#theirs")).containsText("Arm c was paused, and stays so");
        assertThat(page.locator("#theirs")).isFocused();
        assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
        assertThat(arm("raced", 1).getJsonObject("payload").getString("shows")).isEqualTo("b");

        save(page);

        assertThat(page.locator("#said")).containsText("Saved at");
        assertThat(page.locator("#said")).isFocused();
        assertThat(arm("raced", 1).getJsonObject("payload").getString("shows")).isEqualTo("something else");
        assertThat(arm("raced", 2).getString("status")).isEqualTo("paused");
        page.context().close();
    }

    /// The dialog may be closed before the answer is there.
    @Test
    void settings_thatAreTypedWhileOthersAreSaved_stayAsTheyAreTyped() {
        STAGE.node().start(Definitions.of("hasty", "a", "b"));
        Page page = at("#/experiments/hasty/edit");
        AtomicReference<Runnable> answer = new AtomicReference<>();
        page.route("**/v1/experiments/hasty", route -> {
            if (route.request().method().equals("PATCH")) {
                answer.set(Browser.withheld(route));
            } else {
                route.resume();
            }
        });
        Locator title = page.getByLabel("Title", new Page.GetByLabelOptions().setExact(true));
        title.fill("The first");
        page.getByLabel("Held out").fill("7");
        save(page);
        page.getByRole(AriaRole.DIALOG).getByText("Close").click();
        title.fill("The second");
        page.waitForCondition(() -> answer.get() != null);
        answer.get().run();

        assertThat(page.locator("#said")).containsText(Pattern.compile("Saved at .* You change the title\\."));
        assertThat(title).hasValue("The second");
        page.unroute("**/v1/experiments/hasty");
        page.reload();
        assertThat(title).hasValue("The second");
        assertThat(page.getByLabel("Held out")).hasValue("7");
        save(page);
        assertThat(page.locator("#said")).containsText("Saved at");
        JsonObject now = STAGE.node().get("/v1/experiments/hasty").with(200).json();
        assertThat(now.getString("name")).isEqualTo("The second");
        assertThat(now.getDouble("holdout")).isEqualTo(0.07);
        page.context().close();
    }

    /// The server answers the counts that it has read from an earlier experiment, and refuses them for another one.
    @Test
    void startingPoint_readFromAnEarlierExperiment_isReadAnewForAnother() {
        for (String earlier : List.of("spring", "summer")) {
            STAGE.node().start(Definitions.of(earlier, "a", "b"));
            for (int i = 0; i < 20; i++) {
                STAGE.node().decide(earlier, "v" + i);
            }
        }
        JsonObject prior = new JsonObject().put("kind", "warm-start").put("experiment", "summer");
        String probe = Definitions.of("probe", "a", "b")
                .put("prior", prior)
                .put("traffic", new JsonObject().put("unitsPerDay", 5_000))
                .encode();
        Eventually.holds(
                "counted",
                PATIENCE,
                () -> STAGE.node().post("/v1/previews", probe).status() == 200);
        prior.put("experiment", "spring");
        String warm = Definitions.of("warm", "a", "b").put("prior", prior).encode();
        Eventually.holds(
                "counted",
                PATIENCE,
                () -> STAGE.node().post("/v1/experiments", warm).status() == 201);
        Page page = at("#/experiments/warm/edit");
        page.locator("summary").filter(having("Starting point")).click();
        Locator earlier = page.getByLabel("Earlier experiment");
        Locator counts = page.getByLabel("Or counts of your own");
        assertThat(counts).hasValue(Pattern.compile("exposures"));

        earlier.fill("summer");
        assertThat(counts).hasValue("");
        save(page);
        assertThat(page.locator("#said")).containsText("Saved at");
        page.locator("undo-toast")
                .getByText("Undo", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(earlier).hasValue("spring");
        assertThat(counts).hasValue(Pattern.compile("exposures"));

        STAGE.node().command("warm/start");
        STAGE.node().command("warm/end");
        button(page, "Use for a new experiment").click();
        page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill("warmer");
        button(page, "Create as draft").click();
        page.waitForURL("**/#/experiments/warmer");
        page.context().close();
    }

    @Test
    void newExperiment_thatIsCreatedAfterItWasLeft_takesNobodyThere() {
        Page page = at("#/new");
        AtomicReference<Runnable> answer = new AtomicReference<>();
        page.route("**/v1/experiments", route -> {
            if (route.request().method().equals("POST")) {
                answer.set(Browser.withheld(route));
            } else {
                route.resume();
            }
        });
        page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill("strolled");
        button(page, "Create as draft").click();
        page.waitForCondition(() -> answer.get() != null);
        page.locator("nav a").filter(having("Sources")).click();
        button(page, "Add a source…").click();
        Locator name = page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true));
        name.fill("till");

        answer.get().run();

        page.waitForFunction("() => sessionStorage.getItem('bandolier.form.new') === null");
        assertThat(page).hasURL(Pattern.compile("#/sources$"));
        assertThat(name).hasValue("till");
        page.context().close();
    }

    @Test
    void settings_ofWhatEarnsMoney_reckonWithWhatWasCounted() {
        JsonObject earning = Definitions.counting("order", Definitions.of("earning", "a", "b"));
        earning.getJsonObject("objective").put("kind", "revenue").put("cap", "250.00");
        STAGE.node().start(earning);
        JsonArray orders = new JsonArray();
        for (int i = 0; i < 120; i++) {
            STAGE.node().decide("earning", "v" + i);
            if (i % 2 == 0) {
                orders.add(new JsonObject()
                        .put("metric", "order")
                        .put("unit", "v" + i)
                        .put("value", "40.00")
                        .put("currency", "EUR"));
            }
        }
        STAGE.node().report(orders).with(202);
        Eventually.holds(
                "orders counted",
                PATIENCE,
                () -> counted(STAGE.node().get("/v1/experiments/earning").json()) == 60);

        Page page = at("#/experiments/earning/edit");

        assertThat(page.getByLabel("Average order")).hasValue("40.00");
        assertThat(page.getByLabel("Expected rate")).hasValue("50");
        assertThat(page.getByLabel("Visitors per day")).not().hasValue("5000");
        assertThat(page.locator("preview-result p[role=status]")).hasText("Up to date.");
        assertThat(STAGE.browser().complaints()).isEmpty();
        page.context().close();
    }

    @Test
    void sharesThatDoNotAddUp_areMarkedInPercentAndGoneOnceMended() {
        Page page = at("#/new");
        page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill("split");
        page.getByLabel("Traffic moves by").selectOption("fixed");
        page.getByLabel("Share of classic").fill("80");
        page.getByLabel("Share of variant").fill("30");
        Locator preview = page.locator("preview-result p[role=status]");
        assertThat(preview).hasText(Pattern.compile("First look at Share of classic, in percent\\."));

        button(page, "Create as draft").click();

        Locator first = page.getByLabel("Share of classic");
        assertThat(first).isFocused();
        assertThat(first).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#summary")).containsText("all shares together must make 100%, not 110%");

        page.getByLabel("Share of variant").fill("20");
        assertThat(page.locator("#summary")).isHidden();
        assertThat(preview).hasText("Up to date.");
        button(page, "Create as draft").click();

        page.waitForURL("**/#/experiments/split");
        page.context().close();
    }

    @Test
    void keyThatIsTaken_isSaidAtTheField() {
        STAGE.node()
                .post("/v1/experiments", Definitions.of("taken", "a", "b").encode())
                .with(201);
        Page page = at("#/new");
        Locator key = page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true));

        key.fill("taken");

        assertThat(key).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#key-wrong")).containsText("Is taken");
        key.fill("free");
        assertThat(key).hasAttribute("aria-invalid", "false");
        page.context().close();
    }

    private static Page at(String address) {
        Page page = STAGE.page("/" + address, Browser.Look.WIDE);
        page.locator("experiment-form form").waitFor();
        STAGE.browser().complaints();
        return page;
    }

    private static void save(Page page) {
        button(page, "Save changes…").click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save changes"))
                .click();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static JsonObject arm(String experiment, int place) {
        return STAGE.node()
                .get("/v1/experiments/" + experiment)
                .with(200)
                .json()
                .getJsonArray("arms")
                .getJsonObject(place);
    }

    private static int counted(JsonObject experiment) {
        JsonObject numbers = experiment.getJsonObject("standing") == null
                ? experiment.getJsonObject("snapshot")
                : experiment.getJsonObject("standing");
        return numbers.getJsonArray("arms").stream()
                .mapToInt(each -> ((JsonObject) each).getInteger("orders"))
                .sum();
    }
}
