package dev.bandolier.bandits.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.Objective.Kind;
import dev.bandolier.bandits.guardrail.LossCeiling.Seen;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The loss that is not exceeded whatever was believed.
final class LossCeilingTest {

    @Test
    void conversions_beforeAnyOutcome_mayAllBeLost() {
        assertThat(conversions(Seen.of(10, 0, 0), Seen.of(70, 0, 0), Seen.of(30, 0, 0)))
                .isEqualTo(100);
    }

    @Test
    void conversions_ofAnArmThatIsFarBetter_loseNothing() {
        assertThat(conversions(Seen.of(10_000, 10_000, 500), Seen.of(10_000, 10_000, 900)))
                .isZero();
    }

    /// 300 experiments of two arms at 5 % and 4 %, 4,000 units each, looked at every 100: the loss of the arm is 0.01 for
    /// each of its units. Seed 3; with a true rate of errors of 5 % more than 27 of 300 would come with probability 0.1 %.
    @Test
    void conversions_lookedAtAllTheTime_stayBelow() {
        SplittableRandom random = new SplittableRandom(3);
        int missed = 0;
        for (int run = 0; run < 300; run++) {
            long[] earned = new long[2];
            boolean above = false;
            for (int units = 1; units <= 4_000; units++) {
                earned[0] += random.nextDouble() < 0.05 ? 1 : 0;
                earned[1] += random.nextDouble() < 0.04 ? 1 : 0;
                above |= units % 100 == 0
                        && conversions(Seen.of(units, units, earned[0]), Seen.of(units, units, earned[1]))
                                < 0.01 * units;
            }
            missed += above ? 1 : 0;
        }

        assertThat(missed).isLessThanOrEqualTo(27);
    }

    @Test
    void revenue_withFewOrders_isLimitedByTheCap() {
        Seen control = new Seen(1_000, 1_000, 199, 199_000, 2.5e8);
        Seen arm = new Seen(1_000, 1_000, 500, 500_000, 6e8);
        double rate = conversions(Seen.of(1_000, 1_000, 199), Seen.of(1_000, 0, 0));

        assertThat(revenue(OptionalDouble.of(3_000), control, arm)).isCloseTo(3_000 * rate, within(1e-6));
        assertThat(revenue(OptionalDouble.empty(), control, arm)).isInfinite();
    }

    /// 10,000 units, 2,000 of them with orders of 1,000: sd 400. With alpha = 0.025, tightest at this number, the margin
    /// is 400 / 100 times sqrt(2 (x + 1) / x ln(sqrt(x + 1) / 0.025)) for x - ln(1 + x) = -2 ln 0.025, x = 9.884.
    @Test
    void revenue_withManyOrders_isBoundedByItsScatter() {
        Seen equal = new Seen(10_000, 10_000, 2_000, 2e6, 2e9);
        double margin = 4 * Math.sqrt(2 * 10.884 / 9.884 * Math.log(Math.sqrt(10.884) / 0.025));

        assertThat(revenue(OptionalDouble.empty(), equal, equal)).isCloseTo(10_000 * 2 * margin, within(200.0));
    }

    private static double conversions(Seen... arms) {
        return LossCeiling.of(Kind.CONVERSION, 0.05, OptionalDouble.empty(), List.of(arms), 0);
    }

    private static double revenue(OptionalDouble cap, Seen... arms) {
        return LossCeiling.of(Kind.REVENUE, 0.05, cap, List.of(arms), 0);
    }
}
