package dev.bandolier.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who acts on the pages may say who they are, and the audit log has it.
final class NamesBrowserIT {

    private static final String WITHOUT_STORAGE =
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error('forbidden'); }})";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private Page page;

    @BeforeAll
    static void open() {
        STAGE.node().start(Definitions.of("hero", "a", "b"));
    }

    @AfterEach
    void nobodyComplained() {
        page.context().close();
        assertThat(STAGE.browser().complaints()).isEmpty();
    }

    @Test
    void name_saidWhereAnActionIsAskedFor_isRecordedWithIt() {
        page = asked();
        assertThat(dialog()).containsText("Goes to the audit log as somebody on the dashboard.");
        assertThat(button("Cancel")).isFocused();
        press(button("Say your name"));
        assertThat(field()).isFocused();
        page.keyboard().type("Zoë Strauß");
        assertThat(dialog()).containsText("Recorded as Zoe Strauss.");

        page.keyboard().press("Enter");

        assertThat(button("Change the name")).isFocused();
        assertThat(dialog()).containsText("Goes to the audit log as Zoe Strauss.");
        assertThat(entries()).isEqualTo(0);
        confirmAndTakeBack();
        assertThat(actor()).isEqualTo("Zoe Strauss");
    }

    /// Who goes on to the action takes it that the name counts.
    @Test
    void name_leftInItsField_isRecorded_alsoWhereTheBrowserKeepsNothing() {
        page = STAGE.page("/#/audit", Browser.Look.NARROW);
        page.addInitScript(WITHOUT_STORAGE);
        page.reload();
        ask();
        press(button("Say your name"));
        page.keyboard().type("lee");

        confirmAndTakeBack();

        assertThat(actor()).isEqualTo("lee");
    }

    @Test
    void name_changedInOneTab_isUsedByTheNextActionInAnother() {
        page = asked();
        Page other = page.context().newPage();
        other.navigate(STAGE.node().address() + "/#/audit");
        Locator name = other.locator("audit-page actor-name");
        name.getByText("Say your name").click();
        name.getByLabel("Your name").fill("kim");
        name.getByText("Use this name").click();
        assertThat(name).containsText("What you do on these pages goes to the audit log as kim.");

        assertThat(dialog()).containsText("Goes to the audit log as kim.");
        confirmAndTakeBack();

        assertThat(actor()).isEqualTo("kim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dashboard", "api", "guardrail", "Иван", "…"})
    void name_thatCannotBeRecorded_isRefusedAtItsField(String refused) {
        page = asked();
        press(button("Say your name"));
        page.keyboard().type(refused);

        page.keyboard().press("Enter");

        assertThat(field()).hasAttribute("aria-invalid", "true");
        assertThat(field()).isFocused();
        page.keyboard().press("Escape");
        assertThat(button("Say your name")).isFocused();
        assertThat(dialog()).containsText("as somebody on the dashboard.");
    }

    private Page asked() {
        page = STAGE.page("/#/audit", Browser.Look.WIDE);
        ask();
        return page;
    }

    /// To pause the only experiment.
    private void ask() {
        Browser.settle(page);
        page.navigate(STAGE.node().address() + "/#/experiments/hero");
        press(page.locator("experiment-actions button").first());
    }

    private void confirmAndTakeBack() {
        button("Pause").click();
        assertThat(page.locator("undo-toast")).containsText("is paused");
        page.keyboard().press("Control+z");
        assertThat(page.locator("undo-toast")).containsText("Undone.");
    }

    private Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    private Locator field() {
        return dialog().getByLabel("Your name");
    }

    private Locator button(String name) {
        return dialog().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void press(Locator button) {
        button.focus();
        button.press("Enter");
    }

    /// Who did the latest thing that was done.
    private static String actor() {
        return log("limit=1").getJsonArray("entries").getJsonObject(0).getString("actor");
    }

    /// How much was ever recorded of the one who is named first.
    private static int entries() {
        return log("actor=Zoe%20Strauss").getJsonArray("entries").size();
    }

    private static JsonObject log(String asked) {
        return STAGE.node().get("/v1/audit?" + asked).with(200).json();
    }
}
