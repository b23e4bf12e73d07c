package dev.bandolier.bandits.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.Golden;
import dev.bandolier.bandits.guardrail.RatioInterval.Interval;
import dev.bandolier.bandits.guardrail.RatioInterval.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RatioIntervalTest {

    private static final double ALPHA = 0.05;

    static Stream<Golden> references() {
        return Golden.startingWith("lift_cs_");
    }

    @ParameterizedTest
    @MethodSource("references")
    void of_conversionsOfVersions_meetsTheReference(Golden golden) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode version : golden.inputs().required("versions")) {
            double q = version.required("q").asDouble();
            rows.addAll(conversions(
                    Chance.of(q, 1 - q),
                    version.required("conv_arm").asLong(),
                    version.required("conv_ctrl").asLong()));
        }
        Interval interval = RatioInterval.of(rows, golden.input("alpha"));

        golden.check("ratio_lower", interval.lower());
        golden.check("ratio_upper", interval.upper());
    }

    /// An end below 1 and one above 1 are where the tests that pause and that claim would begin to refuse.
    @Test
    void of_variedRows_endsWhereTheTestsRefuse() {
        List<Row> worse = varied(new Random(1), 0.5);
        double upper = RatioInterval.of(worse, ALPHA).upper();
        List<Row> better = varied(new Random(2), 2);
        double lower = RatioInterval.of(better, ALPHA).lower();

        assertThat(upper).isLessThan(1);
        assertThat(logE(new RatioTest(RatioTest.Side.LOWER, 1 - upper), worse))
                .isCloseTo(Math.log(2 / ALPHA), within(1e-9));
        assertThat(lower).isGreaterThan(1);
        assertThat(logE(new RatioTest(RatioTest.Side.HIGHER, lower - 1), better))
                .isCloseTo(Math.log(2 / ALPHA), within(1e-9));
    }

    @Test
    void of_shuffledSplitAndTakenBack_isTheSame() {
        List<Row> rows = varied(new Random(3), 0.8);
        List<Row> split = new ArrayList<>();
        for (Row row : rows) {
            split.add(new Row(row.chance(), row.reward(), row.ofArm(), row.units() + 7));
            split.add(new Row(row.chance(), row.reward(), row.ofArm(), -7));
        }
        Collections.shuffle(split, new Random(4));

        assertThat(RatioInterval.of(split, ALPHA)).isEqualTo(RatioInterval.of(rows, ALPHA));
    }

    @Test
    void of_armAndControlSwapped_isTheReciprocal() {
        List<Row> rows = varied(new Random(5), 0.7);
        List<Row> swapped = rows.stream()
                .map(row -> new Row(
                        new Chance(
                                row.chance().control(),
                                row.chance().arm(),
                                row.chance().leastControl(),
                                row.chance().leastArm()),
                        row.reward(),
                        !row.ofArm(),
                        row.units()))
                .toList();
        Interval interval = RatioInterval.of(rows, ALPHA);
        Interval mirrored = RatioInterval.of(swapped, ALPHA);

        assertThat(mirrored.lower() * interval.upper()).isCloseTo(1, within(1e-12));
        assertThat(mirrored.upper() * interval.lower()).isCloseTo(1, within(1e-12));
    }

    @Test
    void of_nothingEarned_isOpenOnThatSide() {
        Chance half = Chance.of(0.5, 0.5);

        assertThat(RatioInterval.of(List.of(), ALPHA)).isEqualTo(new Interval(0, Double.POSITIVE_INFINITY));
        assertThat(RatioInterval.of(conversions(half, 50, 0), ALPHA).upper()).isInfinite();
        assertThat(RatioInterval.of(conversions(half, 50, 0), ALPHA).lower()).isGreaterThan(1);
        assertThat(RatioInterval.of(conversions(half, 0, 50), ALPHA).lower()).isZero();
        assertThat(RatioInterval.of(conversions(half, 0, 50), ALPHA).upper()).isLessThan(1);
        assertThat(RatioInterval.of(List.of(new Row(half, 0, true, 9), new Row(half, 0, false, 9)), ALPHA))
                .isEqualTo(new Interval(0, Double.POSITIVE_INFINITY));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-3, 0.999, 1 - 1e-6})
    void of_extremeChances_isAnIntervalAroundTheEstimate(double arm) {
        Interval interval = RatioInterval.of(conversions(Chance.of(arm, 1 - arm), 20, 30), ALPHA);
        double estimate = 20.0 / 30 * (1 - arm) / arm;

        assertThat(interval.lower()).isBetween(estimate / 10, estimate);
        assertThat(interval.upper()).isBetween(estimate, estimate * 10);
    }

    /// One against a million: even the smallest stakes are lost a million times, so that no ratio is too small.
    @Test
    void of_aMillionAgainstOne_isOpenOnThatSide() {
        Interval interval = RatioInterval.of(conversions(Chance.of(0.5, 0.5), 1, 1_000_000), ALPHA);

        assertThat(interval.lower()).isZero();
        assertThat(interval.upper()).isBetween(0.0, 0.01);
    }

    /// A report may have to show it while somebody waits: 1e5 versions of all different chances, which took 0.3 s.
    @Test
    @Timeout(20)
    void of_hundredThousandDifferentRows_isQuick() {
        Random random = new Random(6);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            double arm = 0.02 + 0.9 * random.nextDouble();
            rows.add(new Row(Chance.of(arm, 1 - arm), 1, random.nextDouble() < arm, 1));
        }
        Interval interval = RatioInterval.of(rows, ALPHA);

        assertThat(interval.lower()).isBetween(0.9, 1.0);
        assertThat(interval.upper()).isBetween(1.0, 1.1);
    }

    @Test
    void of_impossibleInputs_refuses() {
        Row back = new Row(Chance.of(0.5, 0.5), 1, true, -1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RatioInterval.of(List.of(back), ALPHA))
                .withMessageContaining("1 more units taken back");
        assertThatIllegalArgumentException().isThrownBy(() -> RatioInterval.of(List.of(), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Row(Chance.of(0.5, 0.5), 1.1, true, 1));
    }

    /// Units of two segments under 40 versions; the arm earns about so many times what control earns.
    private static List<Row> varied(Random random, double ratio) {
        List<Row> rows = new ArrayList<>();
        for (int version = 0; version < 40; version++) {
            double[] arm = {0.1 + 0.4 * random.nextDouble(), 0.1 + 0.4 * random.nextDouble()};
            double leastArm = Math.min(arm[0], arm[1]);
            double leastControl = 1 - Math.max(arm[0], arm[1]);
            for (double of : arm) {
                Chance chance = new Chance(of, 1 - of, leastArm, leastControl);
                rows.add(new Row(chance, 1, true, Math.round(30 * of * ratio)));
                rows.add(new Row(chance, 0.5, false, Math.round(60 * (1 - of))));
            }
        }
        return rows;
    }

    private static double logE(RatioTest test, List<Row> rows) {
        Wealth wealth = Wealth.START;
        for (Row row : rows) {
            wealth = wealth.plus(test.logFactors(row.ofArm(), row.chance(), row.reward()), row.units());
        }
        return wealth.logE();
    }

    private static List<Row> conversions(Chance chance, long ofArm, long ofControl) {
        return List.of(new Row(chance, 1, true, ofArm), new Row(chance, 1, false, ofControl));
    }
}
