package dev.bandolier.bandits.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.Golden;
import dev.bandolier.bandits.evaluation.AipwOracle.Unit;
import dev.bandolier.bandits.evaluation.Stratum.Drawn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AipwTest {

    private static final int ARMS = 3;
    private static final double PRECISION = 1e-10;

    @Test
    void value_golden_agrees() {
        Golden golden = Golden.named("aipw_arm_value");
        List<Stratum> strata = new ArrayList<>();
        for (JsonNode version : golden.inputs().required("versions")) {
            double p = version.required("p").asDouble();
            long n = version.required("n").asLong();
            Sums earned = new Sums(
                    n,
                    version.required("sum").asDouble(),
                    version.required("sum_sq").asDouble());
            Sums others = new Sums(version.required("N").asLong() - n, 7, 7);
            strata.add(new Stratum(List.of(
                    new Drawn(p, version.required("plug_in").asDouble(), earned), new Drawn(1 - p, 0.5, others))));
        }

        Aipw aipw = Aipw.of(strata, 2, 1);

        check(golden, "uniform", aipw.value(0));
        check(golden, "sqrt_p", aipw.weighted(0));
        assertThat(aipw.units()).isEqualTo(2400);
    }

    private static void check(Golden golden, String field, Estimate estimate) {
        JsonNode expected = golden.expected().required(field);
        new Golden(field, golden.inputs(), expected, golden.abs(), golden.rel()).check("est", estimate.value());
        new Golden(field, golden.inputs(), expected, golden.abs(), golden.rel()).check("se", estimate.error());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void estimates_randomUnits_areThoseComputedUnitByUnit(long seed) {
        AipwOracle oracle = AipwOracle.random(seed, ARMS, 12, 60);
        int control = (int) (seed % ARMS);
        Aipw aipw = Aipw.of(oracle.strata(), ARMS, control);

        same(aipw.againstUniform(), oracle.mean(unit -> unit.earned() - unit.even(), unit -> 1));
        same(aipw.againstControl(), oracle.with(control).mean(unit -> unit.earned() - unit.gamma(control), unit -> 1));
        for (int each = 0; each < ARMS; each++) {
            int arm = each;
            AipwOracle own = oracle.with(arm);
            AipwOracle both = oracle.with(arm, control);
            same(aipw.value(arm), own.mean(unit -> unit.gamma(arm), unit -> 1));
            same(
                    aipw.weighted(arm),
                    own.mean(
                            unit -> unit.gamma(arm),
                            unit -> Math.sqrt(unit.propensities().get(arm))));
            assertThat(aipw.covered(arm)).isCloseTo(share(own, oracle), within(PRECISION));
            assertThat(aipw.comparable(arm)).isCloseTo(share(both, oracle), within(PRECISION));
            if (arm != control) {
                same(aipw.difference(arm), both.mean(unit -> unit.gamma(arm) - unit.gamma(control), unit -> 1));
                same(aipw.lift(arm), both.ratio(unit -> unit.gamma(arm), unit -> unit.gamma(control), unit -> 1));
                same(
                        aipw.stabilisedLift(arm),
                        both.ratio(
                                unit -> unit.gamma(arm),
                                unit -> unit.gamma(control),
                                unit -> stabilising(unit, arm, control)));
            }
        }
    }

    private static double stabilising(Unit unit, int arm, int control) {
        return Math.pow(
                1 / unit.propensities().get(arm) + 1 / unit.propensities().get(control), -0.5);
    }

    private static double share(AipwOracle some, AipwOracle all) {
        return (double) some.units().size() / all.units().size();
    }

    @Test
    void value_armThatEverybodyGot_isThePlainMean() {
        Aipw aipw = Aipw.of(
                List.of(new Stratum(List.of(new Drawn(1, 0.7, new Sums(4, 10, 30)), new Drawn(0, 0.1, Sums.NONE)))),
                2,
                0);

        same(aipw.value(0), new Estimate(2.5, Math.sqrt(5) / 4));
        same(aipw.weighted(0), aipw.value(0));
        same(aipw.againstUniform(), new Estimate(0, 0));
        assertThat(aipw.covered(0)).isOne();
        assertThat(aipw.covered(1)).isZero();
        assertThat(aipw.value(1)).isEqualTo(Estimate.UNKNOWN);
        assertThat(aipw.lift(1)).isEqualTo(Estimate.UNKNOWN);
    }

    /// The sums are what is to be expected at rates of 4 % and 5 %, three times those in the second stratum, whatever
    /// was guessed.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.04, 1})
    void lift_sharesMovedIntoASale_isTheTruth(double guess) {
        Stratum before = expected(10_000, guess, 0.9, 0.04, 0.1, 0.05);
        Stratum sale = expected(10_000, guess, 0.1, 0.12, 0.9, 0.15);
        Aipw aipw = Aipw.of(List.of(before, sale), 2, 0);

        assertThat(aipw.value(0).value()).isCloseTo(0.08, within(PRECISION));
        assertThat(aipw.value(1).value()).isCloseTo(0.10, within(PRECISION));
        assertThat(aipw.difference(1).value()).isCloseTo(0.02, within(PRECISION));
        assertThat(aipw.lift(1).value()).isCloseTo(0.25, within(PRECISION));
        assertThat(aipw.stabilisedLift(1).value()).isCloseTo(0.25, within(PRECISION));
        assertThat(aipw.lift(1).lower()).isBetween(-1.0, 0.25);
        // Earned: 0.9 x 0.04 + 0.1 x 0.05 = 0.041 before and 0.1 x 0.12 + 0.9 x 0.15 = 0.147 during the sale.
        assertThat(aipw.againstUniform().value()).isCloseTo(0.094 - 0.09, within(PRECISION));
        assertThat(aipw.againstControl().value()).isCloseTo(0.094 - 0.08, within(PRECISION));
        Sums control = before.arms().get(0).earned().plus(sale.arms().get(0).earned());
        Sums other = before.arms().get(1).earned().plus(sale.arms().get(1).earned());
        assertThat(other.mean() / control.mean() - 1).isGreaterThan(1.9);
    }

    private static Stratum expected(int units, double guess, double p, double rate, double q, double otherRate) {
        return new Stratum(List.of(
                new Drawn(p, guess, new Sums(Math.round(p * units), p * units * rate, p * units * rate)),
                new Drawn(q, guess, new Sums(Math.round(q * units), q * units * otherRate, q * units * otherRate))));
    }

    @Test
    void estimates_armsInAnotherOrder_areTheSame() {
        AipwOracle oracle = AipwOracle.random(11, ARMS, 9, 50);
        int[] order = {2, 0, 1};
        List<Stratum> permuted = new ArrayList<>();
        for (Stratum stratum : oracle.strata().reversed()) {
            permuted.add(new Stratum(List.of(
                    stratum.arms().get(order[0]),
                    stratum.arms().get(order[1]),
                    stratum.arms().get(order[2]))));
        }

        Aipw one = Aipw.of(oracle.strata(), ARMS, 0);
        Aipw other = Aipw.of(permuted, ARMS, 1);

        same(other.againstUniform(), one.againstUniform());
        same(other.againstControl(), one.againstControl());
        for (int i = 0; i < ARMS; i++) {
            same(other.value(i), one.value(order[i]));
            same(other.lift(i), one.lift(order[i]));
            same(other.stabilisedLift(i), one.stabilisedLift(order[i]));
        }
    }

    @Test
    void estimates_aStratumInTwoParts_areTheSame() {
        AipwOracle oracle = AipwOracle.random(12, ARMS, 3, 200);
        List<Unit> halved = new ArrayList<>();
        for (int i = 0; i < oracle.units().size(); i++) {
            Unit unit = oracle.units().get(i);
            halved.add(new Unit(
                    2 * unit.stratum() + i % 2, unit.propensities(), unit.guesses(), unit.arm(), unit.earned()));
        }

        Aipw one = Aipw.of(oracle.strata(), ARMS, 0);
        Aipw other = Aipw.of(new AipwOracle(halved, ARMS).strata(), ARMS, 0);

        same(other.againstUniform(), one.againstUniform());
        for (int arm = 0; arm < ARMS; arm++) {
            same(other.value(arm), one.value(arm));
            same(other.weighted(arm), one.weighted(arm));
            same(other.lift(arm), one.lift(arm));
            same(other.stabilisedLift(arm), one.stabilisedLift(arm));
        }
    }

    @Test
    void value_overSegments_isTheMeanOfTheirsByUnits() {
        List<Stratum> first = AipwOracle.random(13, 2, 4, 100).strata();
        List<Stratum> second = AipwOracle.random(14, 2, 2, 100).strata().stream()
                .map(stratum -> new Stratum(
                        List.of(stratum.arms().get(1), stratum.arms().get(0))))
                .toList();
        List<Stratum> all = new ArrayList<>(first);
        all.addAll(second);
        double covered = Aipw.of(first, 2, 0).covered(0) * 400;
        double others = Aipw.of(second, 2, 0).covered(0) * 200;

        assertThat(Aipw.of(all, 2, 0).value(0).value())
                .isCloseTo(
                        (covered * Aipw.of(first, 2, 0).value(0).value()
                                        + others
                                                * Aipw.of(second, 2, 0).value(0).value())
                                / (covered + others),
                        within(PRECISION));
    }

    @Test
    void lift_armThatJoinedLater_comparesOnlyWhatCameSince() {
        Stratum before = new Stratum(List.of(new Drawn(1, 0.1, new Sums(300, 90, 90)), new Drawn(0, 0.1, Sums.NONE)));
        Stratum since =
                new Stratum(List.of(new Drawn(0.5, 0.1, new Sums(50, 5, 5)), new Drawn(0.5, 0.1, new Sums(50, 6, 6))));

        Aipw aipw = Aipw.of(List.of(before, since), 2, 0);

        assertThat(aipw.covered(1)).isCloseTo(0.25, within(PRECISION));
        assertThat(aipw.comparable(1)).isCloseTo(0.25, within(PRECISION));
        assertThat(aipw.covered(0)).isOne();
        same(aipw.lift(1), Aipw.of(List.of(since), 2, 0).lift(1));
        assertThat(aipw.lift(1).value()).isCloseTo(0.2, within(PRECISION));
        assertThat(aipw.value(0).value()).isCloseTo((90 + 10) / 400.0, within(PRECISION));
    }

    @Test
    void estimates_nothingEarnedYet_areUnknown() {
        Aipw silent = Aipw.of(
                List.of(new Stratum(
                        List.of(new Drawn(0.5, 0.02, new Sums(50, 0, 0)), new Drawn(0.5, 0.02, new Sums(50, 2, 2))))),
                2,
                0);

        assertThat(silent.value(0)).isEqualTo(Estimate.UNKNOWN);
        assertThat(silent.value(0).known()).isFalse();
        assertThat(silent.value(1).known()).isTrue();
        assertThat(silent.lift(1)).isEqualTo(Estimate.UNKNOWN);
        assertThat(silent.difference(1)).isEqualTo(Estimate.UNKNOWN);
        assertThat(silent.againstControl()).isEqualTo(Estimate.UNKNOWN);
        assertThat(silent.againstUniform().known()).isTrue();
        Aipw empty = Aipw.of(List.of(), 2, 0);
        assertThat(empty.units()).isZero();
        assertThat(empty.covered(0)).isNaN();
        assertThat(empty.againstUniform()).isEqualTo(Estimate.UNKNOWN);
    }

    @Test
    void lift_controlThatEarnedLessThanNothing_isUnknown() {
        Aipw refunded = Aipw.of(
                List.of(new Stratum(
                        List.of(new Drawn(0.5, 0, new Sums(50, -10, 20)), new Drawn(0.5, 0, new Sums(50, 20, 40))))),
                2,
                0);

        assertThat(refunded.lift(1)).isEqualTo(Estimate.UNKNOWN);
        assertThat(refunded.difference(1).value()).isCloseTo(0.6, within(PRECISION));
    }

    @Test
    void difference_greatSumsThatHardlyDiffer_keepsItsDigits() {
        // A thousand orders for each arm of 1e7 give or take 1: a difference of squares would have no digit left.
        Sums one = new Sums(1000, 1e10, 1e17 + 1000);
        Stratum stratum = new Stratum(List.of(new Drawn(0.5, 1e7, one), new Drawn(0.5, 1e7, one)));

        assertThat(Aipw.of(List.of(stratum), 2, 0).difference(1).error()).isLessThan(0.2);
    }

    @Test
    void of_anotherNumberOfArms_isRefused() {
        List<Stratum> strata = AipwOracle.random(1, 2, 1, 5).strata();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Aipw.of(strata, 3, 0))
                .withMessage("a stratum of 2 arms, not 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Aipw.of(strata, 2, 2))
                .withMessage("control 2 of 2 arms");
    }

    private static void same(Estimate actual, Estimate expected) {
        assertThat(actual.value()).isCloseTo(expected.value(), within(PRECISION));
        assertThat(actual.error()).isCloseTo(expected.error(), within(PRECISION));
    }
}
