package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DefinitionTest {

    private static final String SIXTY_FOUR = "abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz.1234567890";
    private static final Arm CLASSIC = arm("classic", true);
    private static final Arm VIDEO = arm("video", false);

    @Test
    void indexOf_keys_areInTheOrderOfTheArms() {
        Definition definition = definition(List.of(VIDEO, CLASSIC));

        assertThat(definition.indexOf("video")).isZero();
        assertThat(definition.indexOf("classic")).isOne();
        assertThat(definition.indexOf("other")).isEqualTo(-1);
        assertThat(definition.controlIndex()).isOne();
        assertThat(definition.control()).isEqualTo(CLASSIC);
    }

    @Test
    void constructor_listChangedLater_keepsItsOwn() {
        List<Arm> arms = new ArrayList<>(List.of(CLASSIC, VIDEO));
        Definition definition = definition(arms);
        arms.clear();

        assertThat(definition.arms()).containsExactly(CLASSIC, VIDEO);
    }

    @Test
    void constructor_wrongNumberOfArms_refusesWithTheNumber() {
        List<Arm> many =
                IntStream.range(0, 101).mapToObj(i -> arm("a" + i, i == 0)).toList();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> definition(List.of(CLASSIC)))
                .withMessageContaining("not 1");
        assertThatIllegalArgumentException().isThrownBy(() -> definition(many)).withMessageContaining("not 101");
        assertThat(definition(many.subList(0, 100)).arms()).hasSize(100);
    }

    @Test
    void constructor_notExactlyOneControl_refusesWithTheNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> definition(List.of(VIDEO, arm("other", false))))
                .withMessageContaining("not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> definition(List.of(CLASSIC, arm("other", true))))
                .withMessageContaining("not 2");
    }

    @Test
    void constructor_armKeyTwice_refusesNamingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> definition(List.of(CLASSIC, VIDEO, VIDEO)))
                .withMessageContaining("'video' stands twice");
    }

    @ParameterizedTest
    @CsvSource({
        "0.51, 0, floor 0.51",
        "0, 1, holdout 1.0",
        "0, -0.5, holdout -0.5",
    })
    void constructor_shareOutOfRange_refusesNamingIt(double floor, double holdout, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> definition(List.of(CLASSIC, VIDEO), floor, holdout))
                .withMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-a", ".a", "a b", "ä", "a/b", "a\n", SIXTY_FOUR + "x"})
    void names_malformed_areRefusedWithTheRule(String key) {
        assertThat(Names.valid(key)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> arm(key, false))
                .withMessage("arm key '" + key + "' " + Names.RULE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "hero-banner", "A.b_c-9", SIXTY_FOUR})
    void names_wellFormed_areTaken(String key) {
        assertThat(arm(key, false).key()).isEqualTo(key);
    }

    @Test
    void arm_blankPayload_isRefusedNamingTheArm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Arm("video", false, " ", Arm.Status.LIVE))
                .withMessageContaining("'video'");
    }

    @Test
    void arm_paused_isNotLive() {
        assertThat(VIDEO.live()).isTrue();
        assertThat(VIDEO.with(Arm.Status.PAUSED).live()).isFalse();
        assertThat(VIDEO.with(Arm.Status.PAUSED).with(Arm.Status.LIVE)).isEqualTo(VIDEO);
    }

    @ParameterizedTest
    @CsvSource({
        "'pur chase', P7D, EUR, 0.02, 'pur chase'",
        "purchase, PT0S, EUR, 0.02, PT0S",
        "purchase, PT-5S, EUR, 0.02, PT-5S",
        "purchase, P7D, eur, 0.02, 'eur'",
        "purchase, P7D, EURO, 0.02, 'EURO'",
        "purchase, P7D, EUR, 0, baseline 0.0",
        "purchase, P7D, EUR, 1, baseline 1.0",
        "purchase, P7D, EUR, NaN, baseline NaN",
    })
    void objective_outOfRange_isRefusedNamingIt(
            String metric, Duration window, String currency, double baseline, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Objective(
                        metric,
                        Objective.Kind.CONVERSION,
                        window,
                        Optional.empty(),
                        Optional.of(currency),
                        baseline,
                        Optional.empty()))
                .withMessageContaining(named);
    }

    private static Arm arm(String key, boolean control) {
        return new Arm(key, control, "{}", Arm.Status.LIVE);
    }

    private static Definition definition(List<Arm> arms) {
        return definition(arms, 0, 0);
    }

    private static Definition definition(List<Arm> arms, double floor, double holdout) {
        Duration window = Duration.ofDays(7);
        return new Definition(
                "hero",
                "Hero",
                "visitor",
                Stickiness.UNIT,
                arms,
                Objective.conversion("purchase", window),
                new Thompson(),
                new Prior.UnitSuccess(),
                new Limits(floor, 1, 0, 1, 0),
                Drift.DEFAULT,
                Optional.empty(),
                holdout);
    }
}
