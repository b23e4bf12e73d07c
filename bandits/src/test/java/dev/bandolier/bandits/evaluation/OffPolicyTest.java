package dev.bandolier.bandits.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.Golden;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class OffPolicyTest {

    private static final Offset<Double> ROUNDING = within(1e-12);

    /// Shares of the log, of two strata, and of the other policy.
    private static final double[][] SERVED = {{0.5, 0.3, 0.2}, {0.9, 0.1, 0}};

    private static final double[][] TARGET = {{0.1, 0.2, 0.7}, {0.3, 0.7, 0}};
    private static final double[][] GUESS = {{0.04, 0.05, 0.06}, {0.05, 0.03, 0.02}};
    private static final double[] RATES = {0.05, 0.08, 0.11};

    @Test
    void estimates_referenceLog_areTheReferenceNumbers() {
        Golden golden = Golden.named("ope_estimators");
        OffPolicy log = OffPolicy.EMPTY;
        for (JsonNode row : golden.inputs().required("logs")) {
            log = log.plus(
                    Golden.numbers(row.required("target")),
                    Golden.numbers(row.required("model")),
                    row.required("arm").asInt(),
                    row.required("propensity").asDouble(),
                    row.required("reward").asDouble());
        }

        golden.check("ips", log.weighted().value());
        golden.check("ips_se", log.weighted().error());
        golden.check("snips", log.selfNormalised().value());
        golden.check("snips_se", log.selfNormalised().error());
        golden.check("dm", log.direct());
        golden.check("dr", log.doublyRobust().value());
        golden.check("dr_se", log.doublyRobust().error());
        golden.check("ess", log.effective());
        golden.check("max_weight", log.maxWeight());
        assertThat(log.thin()).isTrue();
        assertThat(log.clipped()).isZero();
    }

    @Test
    void estimates_strataOfALog_areThoseOfItsRows() {
        OffPolicy byRow = OffPolicy.EMPTY;
        OffPolicy byStratum = OffPolicy.EMPTY;
        SplittableRandom random = new SplittableRandom(7);
        for (int s = 0; s < SERVED.length; s++) {
            Sums[] sums = {Sums.NONE, Sums.NONE, Sums.NONE};
            for (int i = 0; i < 500; i++) {
                int arm = draw(SERVED[s], random.nextDouble());
                double reward = random.nextDouble() < 0.2 ? 10 * random.nextDouble() : 0;
                sums[arm] = sums[arm].plus(new Sums(1, reward, reward * reward));
                byRow = byRow.plus(TARGET[s], GUESS[s], arm, SERVED[s][arm], reward);
            }
            byStratum = byStratum.plus(stratum(SERVED[s], GUESS[s], sums), TARGET[s]);
        }

        assertThat(byStratum.units()).isEqualTo(byRow.units());
        same(byStratum.log(), byRow.log());
        same(byStratum.weighted(), byRow.weighted());
        same(byStratum.selfNormalised(), byRow.selfNormalised());
        same(byStratum.doublyRobust(), byRow.doublyRobust());
        same(byStratum.lift(), byRow.lift());
        assertThat(byStratum.direct()).isCloseTo(byRow.direct(), ROUNDING);
        assertThat(byStratum.effective()).isCloseTo(byRow.effective(), within(1e-9));
        assertThat(byStratum.maxWeight()).isEqualTo(byRow.maxWeight());
    }

    @Test
    void estimates_policyOfTheLogItself_areThePlainMean() {
        double[] half = {0.5, 0.5};
        double[] guess = {0.3, 9};
        OffPolicy log = OffPolicy.EMPTY.plus(half, guess, 0, 0.5, 3).plus(half, guess, 1, 0.5, 1);

        assertThat(log.log().value()).isEqualTo(2);
        assertThat(log.weighted().value()).isCloseTo(2, ROUNDING);
        assertThat(log.selfNormalised().value()).isCloseTo(2, ROUNDING);
        assertThat(log.effective()).isCloseTo(2, ROUNDING);
    }

    /// Mean over 2000 logs of 400 units against the truth, at 4.5 standard errors: three checks, false alarms of 2e-5.
    @Test
    void estimates_manyLogs_areUnbiasedAndCover() {
        SplittableRandom random = new SplittableRandom(11);
        double truth = 0.1 * RATES[0] + 0.2 * RATES[1] + 0.7 * RATES[2];
        int logs = 2_000;
        double weighted = 0;
        double robust = 0;
        double robustSq = 0;
        int covered = 0;
        for (int l = 0; l < logs; l++) {
            OffPolicy log = OffPolicy.EMPTY;
            for (int i = 0; i < 400; i++) {
                int arm = draw(SERVED[0], random.nextDouble());
                log = log.plus(TARGET[0], GUESS[0], arm, SERVED[0][arm], random.nextDouble() < RATES[arm] ? 1 : 0);
            }
            Estimate dr = log.doublyRobust();
            weighted += log.weighted().value();
            robust += dr.value();
            robustSq += dr.value() * dr.value();
            covered += dr.lower() <= truth && truth <= dr.upper() ? 1 : 0;
        }
        double spread = Math.sqrt((robustSq / logs - Math.pow(robust / logs, 2)) / logs);

        assertThat(robust / logs).isCloseTo(truth, within(4.5 * spread));
        assertThat(weighted / logs).isCloseTo(truth, within(9 * spread));
        assertThat(covered / (double) logs).isBetween(0.91, 0.97);
    }

    @Test
    void plus_weightAboveTheMost_isClippedAndSaidSo() {
        double[] target = {1, 0};
        double[] guess = {0, 0};
        OffPolicy log = OffPolicy.EMPTY.plus(target, guess, 0, 0.002, 1).plus(target, guess, 1, 0.998, 0);

        assertThat(log.maxWeight()).isCloseTo(500, within(1e-9));
        assertThat(log.weighted().value()).isCloseTo(50, within(1e-9));
        assertThat(log.clipped()).isCloseTo(0.8, within(1e-9));
        assertThat(log.thin()).isTrue();
    }

    @Test
    void thin_manyUnitsAndSmallWeights_isNot() {
        OffPolicy log = OffPolicy.EMPTY.plus(
                stratum(new double[] {0.5, 0.5}, new double[] {0.1, 0.1}, new Sums[] {
                    new Sums(300, 30, 30), new Sums(300, 40, 40)
                }),
                new double[] {0.4, 0.6});

        assertThat(log.effective()).isGreaterThan(OffPolicy.EFFECTIVE_MIN);
        assertThat(log.thin()).isFalse();
    }

    /// Units that the other policy would not have served say nothing of what it would have earned.
    @Test
    void estimates_nothingEarnedByUnitsWithAWeight_areUnknown() {
        Sums[] sums = {new Sums(700, 35, 35), new Sums(300, 0, 0)};
        OffPolicy log = OffPolicy.EMPTY.plus(
                stratum(new double[] {0.7, 0.3}, new double[] {0.05, 0.001}, sums), new double[] {0, 1});

        assertThat(log.effective()).isCloseTo(300, within(1e-9));
        assertThat(log.telling()).isFalse();
        assertThat(log.thin()).isTrue();
        assertThat(log.weighted()).isEqualTo(Estimate.UNKNOWN);
        assertThat(log.selfNormalised()).isEqualTo(Estimate.UNKNOWN);
        assertThat(log.doublyRobust()).isEqualTo(Estimate.UNKNOWN);
        assertThat(log.lift()).isEqualTo(Estimate.UNKNOWN);
        assertThat(log.log().value()).isCloseTo(0.035, ROUNDING);
        assertThat(log.direct()).isCloseTo(0.001, ROUNDING);
    }

    @Test
    void plus_targetOfAnArmThatCouldNotBeDrawn_isRefusedNamingIt() {
        Stratum stratum = stratum(SERVED[1], GUESS[1], new Sums[] {new Sums(9, 1, 1), new Sums(1, 0, 0), Sums.NONE});

        assertThatExceptionOfType(OffPolicy.Unreachable.class)
                .isThrownBy(() -> OffPolicy.EMPTY.plus(stratum, TARGET[0]))
                .withMessageContaining("arm 2")
                .satisfies(refused -> assertThat(refused.arm()).isEqualTo(2));
    }

    @Test
    void plus_noProbabilities_isRefused() {
        double[] guess = {0, 0};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OffPolicy.EMPTY.plus(new double[] {0.5, 0.5}, guess, 0, 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OffPolicy.EMPTY.plus(new double[] {0.5, 0.6}, guess, 0, 0.5, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> OffPolicy.EMPTY.plus(new double[] {1}, guess, 0, 0.5, 1));
    }

    @Test
    void estimates_noUnits_areNoNumbers() {
        assertThat(OffPolicy.EMPTY.doublyRobust().value()).isNaN();
        assertThat(OffPolicy.EMPTY.lift().value()).isNaN();
        assertThat(OffPolicy.EMPTY.effective()).isZero();
    }

    private static void same(Estimate actual, Estimate expected) {
        assertThat(actual.value()).isCloseTo(expected.value(), ROUNDING);
        assertThat(actual.error()).isCloseTo(expected.error(), ROUNDING);
    }

    private static Stratum stratum(double[] served, double[] guess, Sums[] sums) {
        List<Stratum.Drawn> arms = new ArrayList<>();
        for (int i = 0; i < served.length; i++) {
            arms.add(new Stratum.Drawn(served[i], guess[i], sums[i]));
        }
        return new Stratum(arms);
    }

    private static int draw(double[] shares, double at) {
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += shares[i];
            if (at < sum) {
                return i;
            }
        }
        throw new IllegalStateException(Arrays.toString(shares));
    }
}
