package dev.bandolier.bandits.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.junit.jupiter.api.Test;

/// Quantiles that hold at every look, against random walks.
final class EveryLookTest {

    /// 4,000 normal walks, looked at after each of 10,000 steps from the tenth: a thousandfold of information. Seed 17;
    /// four standard errors of 4,000 are 1 % at 2.5 %, and steps look a little less often than a Brownian motion does.
    @Test
    void tail_ofWalks_isPassedByAlpha() {
        double z = Math.sqrt(2) * InverseErfc.value(2 * EveryLook.tail(0.025));
        SplittableRandom random = new SplittableRandom(17);
        int passed = 0;
        for (int walk = 0; walk < 4_000; walk++) {
            double sum = 0;
            boolean beyond = false;
            for (int step = 1; step <= 10_000 && !beyond; step++) {
                sum += random.nextGaussian();
                beyond = step >= 10 && sum > z * Math.sqrt(step);
            }
            passed += beyond ? 1 : 0;
        }

        assertThat(z).isBetween(3.1, 3.3);
        assertThat(passed / 4_000.0).isBetween(0.01, 0.03);
    }

    @Test
    void tail_ofAnyAlpha_isBelowItAndGrowsWithIt() {
        double before = 0;
        for (double alpha : new double[] {1e-300, 1e-12, 1e-6, 1e-3, 0.025, 0.1, 0.25, 0.5}) {
            assertThat(EveryLook.tail(alpha)).isLessThan(alpha).isGreaterThanOrEqualTo(before);
            before = EveryLook.tail(alpha);
        }
        assertThat(EveryLook.tail(0.5)).isGreaterThan(Erfc.value(2.2 / Math.sqrt(2)) / 2);
    }
}
