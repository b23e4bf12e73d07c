package dev.bandolier.bandits.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.Golden;
import java.util.Random;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

final class DetectorTest {

    private static final Chance HALF = Chance.of(0.5, 0.5);
    private static final RatioTest HARM = new RatioTest(RatioTest.Side.LOWER, 0.05);

    @Test
    void logStatistic_referenceDays_isTheReference() {
        Golden golden = Golden.named("harm_sr_detector");
        RatioTest test = new RatioTest(RatioTest.Side.LOWER, golden.input("delta"));
        JsonNode days = golden.inputs().required("days");
        double[] statistics = new double[days.size()];
        Detector detector = Detector.START;
        for (int day = 0; day < statistics.length; day++) {
            JsonNode row = days.required(day);
            double q = row.required("q").asDouble();
            detector = detector.plus(
                            test.logFactors(true, Chance.of(q, 1 - q), 1),
                            row.required("conv_arm").asLong())
                    .plus(
                            test.logFactors(false, Chance.of(q, 1 - q), 1),
                            row.required("conv_ctrl").asLong());
            statistics[day] = Math.exp(detector.logStatistic());
            detector = detector.nextDay();
        }

        golden.check(statistics);
    }

    /// Against its definition without logarithms, where that still fits into a double.
    @Test
    void logStatistic_randomDays_isTheDefinition() {
        Random random = new Random(1);
        double[] r = new double[Wealth.bets().length];
        Detector detector = Detector.START;
        for (int day = 0; day < 60; day++) {
            int ofArm = random.nextInt(12);
            int ofControl = random.nextInt(12);
            detector = day(detector, ofArm, ofControl);
            double sum = 0;
            for (int j = 0; j < r.length; j++) {
                double f = Wealth.bets()[j];
                r[j] = (1 + r[j]) * Math.pow(1 - f, ofArm) * Math.pow(1 + f * 0.95, ofControl);
                sum += r[j];
            }
            assertThat(detector.logStatistic()).isCloseTo(Math.log(sum / r.length), within(1e-10));
            detector = detector.nextDay();
        }
    }

    @Test
    void logStatistic_firstDay_isThatOfWealth() {
        Detector detector = day(Detector.START, 7, 12);
        Wealth wealth = Wealth.START.plus(HARM.logFactors(true, HALF, 1), 7).plus(HARM.logFactors(false, HALF, 1), 12);

        assertThat(Detector.START.logStatistic()).isZero();
        assertThat(detector.logStatistic()).isEqualTo(wealth.logE());
    }

    /// Two years good, and then dead: new gamblers notice before control has a third of the conversions of a day,
    /// those who lost nearly all do not.
    @Test
    void logStatistic_goodForYearsThenDead_noticesWithinADay() {
        Detector detector = Detector.START;
        Wealth wealth = Wealth.START;
        for (int day = 0; day < 730; day++) {
            detector = day(detector, 120, 80).nextDay();
            wealth = wealth.plus(HARM.logFactors(true, HALF, 1), 120).plus(HARM.logFactors(false, HALF, 1), 80);
        }
        assertThat(detector.logStatistic()).isLessThan(Math.log(100));
        double alarm = Math.log(1e4);
        detector = day(detector, 0, 24);
        wealth = wealth.plus(HARM.logFactors(false, HALF, 1), 24);

        assertThat(detector.logStatistic()).isGreaterThan(alarm);
        assertThat(wealth.logE()).isLessThan(-100);
    }

    /// Ten years each of a great harm, of the contrary, and of nothing: ends of what logarithms have to bear.
    @Test
    void logStatistic_yearsOfExtremes_staysFinite() {
        for (int[] conversions : new int[][] {{0, 5000}, {5000, 0}, {0, 0}}) {
            Detector detector = Detector.START;
            for (int day = 0; day < 3650; day++) {
                detector = day(detector, conversions[0], conversions[1]).nextDay();
            }
            assertThat(detector.logStatistic()).isFinite().isNotNegative();
            assertThat(Detector.of(detector.stakes(), detector.today())).isEqualTo(detector);
        }
    }

    /// What makes the time to a false alarm what it is said to be: in expectation the statistic grows by 1 per day
    /// at most. Exact over all outcomes of days of four conversions, each of either arm with probability q, after
    /// which control got its share of (1 - margin).
    @Test
    void logStatistic_noMoreThanTheMargin_growsByOneADayAtMost() {
        double q = 0.3;
        Chance chance = Chance.of(q, 1 - q);
        double ofArm = q * 0.95 / (q * 0.95 + 1 - q);
        BinomialDistribution arms = BinomialDistribution.of(4, ofArm);
        Detector began = Detector.START
                .plus(HARM.logFactors(false, chance, 1), 9)
                .nextDay()
                .plus(HARM.logFactors(true, chance, 1), 2)
                .nextDay();
        double expected = 0;
        for (int n = 0; n <= 4; n++) {
            Detector ended = began.plus(HARM.logFactors(true, chance, 1), n)
                    .plus(HARM.logFactors(false, chance, 1), 4 - n)
                    .nextDay();
            expected += arms.probability(n) * Math.exp(ended.logStatistic());
        }
        assertThat(expected).isCloseTo(Math.exp(began.logStatistic()) + 1, within(1e-9));
    }

    @Test
    void plus_thenTakenBack_isAsBefore() {
        Detector before = day(Detector.START, 3, 4).nextDay();
        Detector after = day(day(before, 900, 1200), -900, -1200);

        assertThat(after.today()).containsExactly(before.today(), within(1e-9));
        assertThat(after.stakes()).containsExactly(before.stakes());
    }

    @Test
    void of_impossibleStates_refuses() {
        double[] zeros = new double[12];

        assertThatIllegalArgumentException().isThrownBy(() -> Detector.of(new double[11], zeros));
        assertThatIllegalArgumentException().isThrownBy(() -> Detector.of(zeros, new double[13]));
        double[] negative = new double[12];
        negative[3] = -1e-3;
        assertThatIllegalArgumentException().isThrownBy(() -> Detector.of(negative, zeros));
        double[] infinite = new double[12];
        infinite[11] = Double.NEGATIVE_INFINITY;
        assertThatIllegalArgumentException().isThrownBy(() -> Detector.of(zeros, infinite));
    }

    private static Detector day(Detector detector, long ofArm, long ofControl) {
        return detector.plus(HARM.logFactors(true, HALF, 1), ofArm).plus(HARM.logFactors(false, HALF, 1), ofControl);
    }
}
