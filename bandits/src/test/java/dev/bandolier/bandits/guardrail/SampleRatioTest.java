package dev.bandolier.bandits.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.Golden;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SampleRatioTest {

    private static final Map<String, Double> THREE = Map.of("a", 0.5, "b", 0.3, "c", 0.2);

    @Test
    void logE_golden_agrees() {
        Golden golden = Golden.named("srm_adaptive_ok");

        assertThat(SampleRatio.etas()).containsExactly(golden.inputList("etas"));
        golden.check("log_e", all(drawn(golden)).logE());
    }

    @Test
    void chiSquare_golden_agrees() {
        Golden golden = Golden.named("srm_adaptive_ok");
        ChiSquare look = SampleRatio.chiSquare(drawn(golden));

        golden.check("chi2", look.statistic());
        golden.check("df", look.freedom());
        golden.check("p_value", look.p());
    }

    /// Two arms: the square of the standardised difference.
    @Test
    void chiSquare_twoArms_isTheSquareOfZ() {
        ChiSquare look = SampleRatio.chiSquare(
                List.of(new SampleRatio.Drawn(Map.of("a", 0.3, "b", 0.7), Map.of("a", 340L, "b", 660L))));

        assertThat(look.statistic()).isCloseTo(40 * 40 / (1000 * 0.3 * 0.7), within(1e-9));
        assertThat(look.freedom()).isOne();
    }

    /// Units of a and b, and others of c and d: each pair has one degree of freedom of its own.
    @Test
    void chiSquare_armsThatNeverCompete_haveTheirOwnSum() {
        SampleRatio.Drawn left = new SampleRatio.Drawn(Map.of("a", 0.4, "b", 0.6), Map.of("a", 45L, "b", 55L));
        SampleRatio.Drawn right = new SampleRatio.Drawn(Map.of("c", 0.4, "d", 0.6), Map.of("c", 400L, "d", 500L));
        ChiSquare both = SampleRatio.chiSquare(List.of(left, right));

        assertThat(both.freedom()).isEqualTo(2);
        assertThat(both.statistic())
                .isCloseTo(
                        SampleRatio.chiSquare(List.of(left)).statistic()
                                + SampleRatio.chiSquare(List.of(right)).statistic(),
                        within(1e-9));
    }

    @Test
    void chiSquare_nothingDrawn_saysNothing() {
        assertThat(SampleRatio.chiSquare(List.of())).isEqualTo(new ChiSquare(0, 0, 1));
        assertThat(SampleRatio.chiSquare(List.of(new SampleRatio.Drawn(Map.of("a", 1.0), Map.of("a", 9L)))))
                .isEqualTo(new ChiSquare(0, 0, 1));
    }

    /// Every path of six units, under chances that depend on what was drawn before, with an arm that joins where the
    /// evidence is low: the tree is summed up exactly, and stopped where it looks best.
    @Test
    void logE_everyPathWithArmsJoiningWhereItIsLow_hasMeanOne() {
        assertThat(mean(SampleRatio.START, 0, Double.POSITIVE_INFINITY)).isCloseTo(1, within(1e-12));
        assertThat(mean(SampleRatio.START, 0, 0.01)).isCloseTo(1, within(1e-12));
        assertThat(mean(SampleRatio.START, 0, 0.1)).isCloseTo(1, within(1e-12));
    }

    /// What the doc says would go wrong: with a start of 1 for those who join, the same rule gains.
    @Test
    void logE_armsJoiningAtOne_wouldGain() {
        double high = 1.5;
        double low = 0.5;
        assertThat((high + (low + 1) / 2) / 2).isGreaterThan(1);
    }

    @Test
    void plus_armThatJoins_changesNothing() {
        SampleRatio before = SampleRatio.START.plus(Map.of("a", 0.5, "b", 0.5), Map.of("a", 400L, "b", 500L));
        SampleRatio after = before.plus(THREE, Map.of("c", 1L));
        SampleRatio.OfArm joined = after.arms().get(2);

        assertThat(joined.arm()).isEqualTo("c");
        for (int i = 0; i < SampleRatio.etas().length; i++) {
            double eta = SampleRatio.etas()[i];
            assertThat(joined.logs().get(i))
                    .isCloseTo(before.logE() + Math.log((1 + eta) / (1 + eta * 0.2)), within(1e-12));
        }
    }

    @Test
    void plus_onlyOneArmCouldBeDrawn_saysNothing() {
        SampleRatio before = SampleRatio.START.plus(THREE, Map.of("a", 5L, "b", 3L));

        assertThat(before.plus(Map.of("a", 1.0), Map.of("a", 1_000_000L))).isEqualTo(before);
        assertThat(before.plus(Map.of("a", 1.0, "b", 0.0), Map.of("a", 7L))).isEqualTo(before);
        assertThat(before.plus(THREE, Map.of())).isEqualTo(before);
        assertThat(SampleRatio.START.logE()).isZero();
        assertThat(SampleRatio.START.worst()).isEmpty();
    }

    @Test
    void plus_anyOrderAndGrouping_isTheSame() {
        SplittableRandom random = new SplittableRandom(5);
        List<SampleRatio.Drawn> draws = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Map<String, Double> chances = i % 3 == 0 ? Map.of("a", 0.6, "b", 0.4) : THREE;
            Map<String, Long> units = new HashMap<>();
            chances.keySet().forEach(arm -> units.put(arm, random.nextLong(20)));
            draws.add(new SampleRatio.Drawn(chances, units));
        }
        SampleRatio start = SampleRatio.START.plus(THREE, Map.of("a", 1L));
        SampleRatio one = start;
        for (SampleRatio.Drawn each : draws) {
            one = one.plus(each.chances(), each.units());
        }
        Collections.shuffle(draws, new java.util.Random(5));
        SampleRatio other = start;
        for (SampleRatio.Drawn each : draws) {
            for (Map.Entry<String, Long> units : each.units().entrySet()) {
                other = other.plus(each.chances(), Map.of(units.getKey(), units.getValue()));
            }
        }

        assertThat(other.logE()).isCloseTo(one.logE(), within(1e-9));
        assertThat(other.worst().orElseThrow().observed())
                .isEqualTo(one.worst().orElseThrow().observed());
    }

    @Test
    void worst_armThatLosesExposures_isNamedWithItsCounts() {
        SampleRatio ratio = SampleRatio.START.plus(THREE, Map.of("a", 5000L, "b", 3000L, "c", 1500L));
        SampleRatio.OfArm worst = ratio.worst().orElseThrow();

        assertThat(worst.arm()).isEqualTo("c");
        assertThat(worst.observed()).isEqualTo(1500);
        assertThat(worst.expected()).isCloseTo(1900, within(1e-9));
        assertThat(ratio.logE()).isGreaterThan(SampleRatio.LOG_BLOCK);
    }

    @Test
    void logE_billionsOfUnits_staysFinite() {
        SampleRatio ratio = SampleRatio.START.plus(THREE, Map.of("a", 4_000_000_000L, "b", 1L, "c", 1L));

        assertThat(ratio.logE()).isFinite().isGreaterThan(1e8);
    }

    @Test
    void of_whatWasStored_isTheSame() {
        SampleRatio ratio = SampleRatio.START.plus(THREE, Map.of("a", 5L, "b", 3L, "c", 1L));

        assertThat(SampleRatio.of(List.copyOf(ratio.arms().reversed()))).isEqualTo(ratio);
    }

    @Test
    void plus_whatCannotHaveBeenDrawn_isRefusedNamingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleRatio.START.plus(THREE, Map.of("d", 2L)))
                .withMessageContaining("2 units of 'd'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleRatio.START.plus(Map.of("a", 1.0, "b", 0.0), Map.of("b", 1L)))
                .withMessageContaining("'b'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleRatio.START.plus(THREE, Map.of("a", -1L)))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleRatio.START.plus(Map.of("a", 0.5, "b", 0.4), Map.of()))
                .withMessageContaining("0.9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleRatio.START.plus(Map.of("a", 1.5, "b", -0.5), Map.of()))
                .withMessageContaining("-0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleRatio.START.plus(Map.of("a", Double.NaN), Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SampleRatio.OfArm("a", 1, 1, List.of(0.0)))
                .withMessageContaining("'a'");
    }

    /// Mean of the evidence over all paths from here, stopped at this level above 0.
    private static double mean(SampleRatio ratio, int depth, double stopAt) {
        if (depth == 6 || ratio.logE() >= stopAt) {
            return Math.exp(ratio.logE());
        }
        Map<String, Double> chances = new HashMap<>();
        if (ratio.logE() < 0) {
            String next = "joined" + depth;
            chances.putAll(Map.of("a", 0.2, "b", 0.7, next, 0.1));
        } else {
            double a = ratio.logE() > 0.02 ? 0.9 : 0.35;
            chances.putAll(Map.of("a", a, "b", 1 - a));
        }
        double sum = 0;
        for (Map.Entry<String, Double> chance : chances.entrySet()) {
            sum += chance.getValue() * mean(ratio.plus(chances, Map.of(chance.getKey(), 1L)), depth + 1, stopAt);
        }
        return sum;
    }

    private static SampleRatio all(List<SampleRatio.Drawn> draws) {
        SampleRatio ratio = SampleRatio.START;
        for (SampleRatio.Drawn each : draws) {
            ratio = ratio.plus(each.chances(), each.units());
        }
        return ratio;
    }

    private static List<SampleRatio.Drawn> drawn(Golden golden) {
        List<SampleRatio.Drawn> draws = new ArrayList<>();
        for (JsonNode version : golden.inputs().required("versions")) {
            Map<String, Double> chances = new HashMap<>();
            Map<String, Long> units = new HashMap<>();
            for (int arm = 0; arm < version.required("p").size(); arm++) {
                chances.put("arm" + arm, version.required("p").get(arm).asDouble());
                units.put("arm" + arm, version.required("counts").get(arm).asLong());
            }
            draws.add(new SampleRatio.Drawn(chances, units));
        }
        return draws;
    }
}
