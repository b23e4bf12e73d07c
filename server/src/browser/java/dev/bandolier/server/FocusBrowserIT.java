package dev.bandolier.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Whoever works by keyboard alone stays where they were when what they pressed is gone, and can take back what they did.
final class FocusBrowserIT {

    private static final String FOLLOW = "Give everybody video…";
    private static final int PATIENCE_MILLIS = 30_000;

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @BeforeAll
    static void open() {
        Showroom.fill(STAGE.node());
    }

    @AfterEach
    void nothingWasComplainedOf() {
        assertThat(STAGE.browser().complaints()).isEmpty();
    }

    @Test
    void killSwitch_engagedAndReleased_handsTheFocusToAndFro() {
        Page page = at("#/experiments/hero");
        press(button(page, "Kill switch…"));
        page.keyboard().type("a try");
        page.keyboard().press("Enter");
        assertThat(button(page, "Release…")).isFocused();

        page.keyboard().press("Enter");
        press(dialogButton(page, "Release"));
        assertThat(button(page, "Kill switch…")).isFocused();
        page.context().close();
    }

    /// The stream may say what was done before the answer to who did it.
    @Test
    void killSwitch_seenBeforeItIsAnswered_handsTheFocusOver() {
        Page page = at("#/experiments/hero");
        AtomicReference<Runnable> answer = new AtomicReference<>();
        page.route("**/v1/kill-switch", route -> answer.set(withheld(route)));
        press(button(page, "Kill switch…"));
        page.keyboard().type("a try");
        page.keyboard().press("Enter");
        assertThat(page.locator("kill-banner button")).isAttached();
        answer.get().run();
        assertThat(button(page, "Release…")).isFocused();

        page.keyboard().press("Enter");
        press(dialogButton(page, "Release"));
        assertThat(page.locator("kill-banner button")).not().isAttached();
        answer.get().run();
        assertThat(button(page, "Kill switch…")).isFocused();
        page.context().close();
    }

    @Test
    void quarantine_releasedAndPutBack_isListedWhereItIsSpokenOf() {
        STAGE.node()
                .post("/v1/quarantines", "{\"source\":\"till\",\"reason\":\"test orders\"}")
                .with(201);
        Page page = at("#/experiments/hero/evidence");
        Locator row = page.locator("quarantine-list li").getByText("Source till");
        assertThat(row).isVisible();
        press(button(page, "Release source till"));
        press(dialogButton(page, "Release"));
        assertThat(page.locator("quarantine-list")).not().isAttached();
        assertThat(page.locator("sanity-panel h2")).isFocused();

        page.keyboard().press("Control+z");
        assertThat(row).isVisible();
        press(button(page, "Release source till"));
        press(dialogButton(page, "Release"));
        assertThat(page.locator("quarantine-list")).not().isAttached();
        page.context().close();
    }

    private static Runnable withheld(Route route) {
        APIResponse answer = route.fetch();
        return () -> route.fulfill(new Route.FulfillOptions().setResponse(answer));
    }

    @Test
    void experiment_ended_leavesTheFocusOnItsHeading() {
        Page page = at("#/experiments/rests");
        press(button(page, "End…"));
        page.keyboard().type("rests");
        page.keyboard().press("Enter");
        assertThat(page.locator("state-badge").first()).containsText("Ended");
        assertThat(page.locator("h1")).isFocused();
        page.context().close();
    }

    @Test
    void undo_byItsKeyAndByItsButton_takesBackAndLeavesTheFocus() {
        Page page = at("#/experiments/prices");
        Locator action = page.locator("experiment-actions button").first();
        pause(page, action);
        assertThat(action).isFocused();
        page.keyboard().press("Control+z");
        assertThat(page.locator("undo-toast")).containsText("Undone.");
        assertThat(action).hasText("Pause…");
        assertThat(action).isFocused();

        pause(page, action);
        press(page.locator("undo-toast").getByText("Undo", exactly()));
        assertThat(page.locator("undo-toast")).containsText("Undone.");
        assertThat(action).hasText("Pause…");
        assertThat(action).isFocused();
        page.context().close();
    }

    @Test
    void undo_answeredAfterSomethingElseWasDone_leavesThatItsOwn() {
        Page page = at("#/experiments/prices");
        AtomicReference<Runnable> answer = new AtomicReference<>();
        page.route("**/v1/experiments/prices/resume", route -> answer.set(Browser.withheld(route)));
        Locator action = page.locator("experiment-actions button").first();
        pause(page, action);
        page.keyboard().press("Control+z");
        assertThat(action).hasText("Pause…");
        page.getByText("All experiments").click();
        page.getByText("Home page hero").first().click();
        pause(page, action);

        answer.get().run();

        assertThat(page.locator("undo-toast")).containsText("Undone.");
        assertThat(page.locator("undo-toast")).containsText("is paused");
        page.keyboard().press("Control+z");
        assertThat(action).hasText("Pause…");
        page.context().close();
    }

    /// There it belongs to what is typed.
    @Test
    void undoKey_inAField_takesNothingBack() {
        Page page = at("#/experiments/hero");
        Locator action = page.locator("experiment-actions button").first();
        pause(page, action);
        page.getByText("All experiments").click();
        Locator search = page.getByLabel("Search by name or key");
        search.pressSequentially("hero");
        search.press("Control+z");
        // It would be busy, and then be gone.
        assertThat(page.locator("undo-toast").getByText("Undo", exactly())).hasAttribute("aria-disabled", "false");
        search.press("Tab");
        page.keyboard().press("Control+z");
        assertThat(page.locator("undo-toast")).containsText("Undone.");
        page.context().close();
    }

    /// Two weeks would have to pass before this is advised, so the page is told that it is.
    @Test
    void advice_followed_pausesAllOthersAtOnce_andIsTakenBack() {
        Page page = advised();
        press(button(page, FOLLOW));
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("While classic (control) is paused");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("learning is frozen and the budget.");
        press(dialogButton(page, "Give everybody video"));
        assertThat(page.locator("undo-toast")).containsText("Everybody gets video.");
        assertThat(statuses()).containsExactly("paused", "live", "paused");
        assertThat(lastNote()).isEqualTo("changed arms; paused arm 'classic'; paused arm 'offer'");
        assertThat(button(page, FOLLOW)).hasCount(0);
        assertThat(page.locator("h1")).isFocused();

        page.keyboard().press("Control+z");
        assertThat(page.locator("undo-toast")).containsText("Undone. classic and offer are served again.");
        assertThat(statuses()).containsOnly("live");
        assertThat(button(page, FOLLOW)).isVisible();
        page.context().close();
    }

    /// What was agreed to is not what would be done by now.
    @Test
    void advice_followedAfterAChange_isRefusedInWordsForPeople() {
        Page page = advised();
        press(button(page, FOLLOW));
        STAGE.node().command("hero/arms/offer/pause");
        press(dialogButton(page, "Give everybody video"));
        assertThat(page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.ALERT))
                .hasText("This was not done. The experiment was changed meanwhile. Close this and look again.");
        assertThat(statuses()).containsExactly("live", "live", "paused");

        STAGE.node().command("hero/arms/offer/resume");
        leave(page);
    }

    @Test
    void advice_followedWithoutAnAnswer_isKnownToBeDone() {
        Page page = advised();
        page.route("**/v1/experiments/hero", route -> {
            if (route.request().method().equals("PATCH")) {
                route.fetch();
                route.abort();
            } else {
                route.resume();
            }
        });
        press(button(page, FOLLOW));
        press(dialogButton(page, "Give everybody video"));
        assertThat(page.locator("undo-toast")).containsText("Everybody gets video.");
        assertThat(statuses()).containsExactly("paused", "live", "paused");

        page.keyboard().press("Control+z");
        assertThat(page.locator("undo-toast")).containsText("Undone. classic and offer are served again.");
        assertThat(statuses()).containsOnly("live");
        leave(page);
    }

    @Test
    void advice_aboutAnArmThatIsNotServed_orThatIsOld_isNotOffered() {
        Page page = advised();
        assertThat(button(page, FOLLOW)).isVisible();
        STAGE.node().command("hero/arms/video/pause");
        assertThat(button(page, FOLLOW)).hasCount(0);
        STAGE.node().command("hero/arms/video/resume");
        assertThat(button(page, FOLLOW)).isVisible();

        page.route("**/v1/experiments/hero/report", Route::abort);
        assertThat(page.locator("advice-box")).isVisible();
        assertThat(button(page, FOLLOW)).hasCount(0, patiently());
        leave(page);
    }

    @Test
    void control_pausedAndResumed_tellsWhatDoesNotAct_andLeavesTheFocus() {
        STAGE.node().command("prices/arms/as-is/pause");
        Page page = at("#/experiments/prices");
        Locator budget =
                page.locator("guard-rails .others li").filter(new Locator.FilterOptions().setHasText("Budget"));
        assertThat(budget).containsText("does not act: control is paused");
        Locator resume = button(page, "Resume arm as-is");
        press(resume);
        press(dialogButton(page, "Resume as-is"));
        assertThat(resume).hasCount(0);
        assertThat(page.locator("h1")).isFocused();
        assertThat(budget).not().containsText("does not act");
        page.context().close();
    }

    private static Page advised() {
        Page page = at("#/experiments/hero");
        page.route("**/v1/experiments/hero/report", FocusBrowserIT::adviseVideo);
        page.getByText("Evidence", new Page.GetByTextOptions().setExact(true)).click();
        return page;
    }

    /// The browser itself complains of what was refused, or not answered.
    private static void leave(Page page) {
        page.context().close();
        STAGE.browser().complaints();
    }

    private static void adviseVideo(Route route) {
        JsonObject report = new JsonObject(route.fetch().text());
        report.getJsonObject("advice").put("kind", "stop").put("arm", "video");
        route.fulfill(new Route.FulfillOptions().setBody(report.encode()).setContentType("application/json"));
    }

    private static List<String> statuses() {
        return STAGE.node().get("/v1/experiments/hero").with(200).json().getJsonArray("arms").stream()
                .map(arm -> ((JsonObject) arm).getString("status"))
                .toList();
    }

    private static String lastNote() {
        return STAGE.node()
                .get("/v1/audit?experiment=hero&limit=1")
                .with(200)
                .json()
                .getJsonArray("entries")
                .getJsonObject(0)
                .getString("note");
    }

    private static void pause(Page page, Locator action) {
        assertThat(action).hasText("Pause…");
        press(action);
        press(dialogButton(page, "Pause"));
        assertThat(page.locator("undo-toast")).containsText(Pattern.compile("is paused"));
        assertThat(action).hasText("Resume…");
    }

    private static Page at(String address) {
        Page page = STAGE.page("/" + address, Browser.Look.WIDE);
        Browser.settle(page);
        return page;
    }

    private static void press(Locator button) {
        button.focus();
        button.press("Enter");
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

    private static LocatorAssertions.HasCountOptions patiently() {
        return new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS);
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }
}
