package dev.bandolier.bandits.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MultiplicityTest {

    @Test
    void bonferroni_testsOverAlpha_asLogarithm() {
        assertThat(Math.exp(Multiplicity.bonferroni(0.05, 1))).isCloseTo(20, within(1e-12));
        assertThat(Math.exp(Multiplicity.bonferroni(0.05, 4))).isCloseTo(80, within(1e-12));
    }

    @Test
    void discoveries_oneTest_isTheThreshold() {
        assertThat(Multiplicity.discoveries(logs(20.0001), 0.05)).containsExactly(true);
        assertThat(Multiplicity.discoveries(logs(19.9999), 0.05)).containsExactly(false);
    }

    /// Of four at 5 %, the k-th has to reach 80, 40, 26.7, 20: here three do by the third, though not each by
    /// itself.
    @Test
    void discoveries_laterOneReaches_takesAllBefore() {
        assertThat(Multiplicity.discoveries(logs(27, 1, 35, 30), 0.05)).containsExactly(true, false, true, true);
        assertThat(Multiplicity.discoveries(logs(26, 1, 35, 30), 0.05)).containsExactly(false, false, false, false);
        assertThat(Multiplicity.discoveries(logs(26, 1, 81, 30), 0.05)).containsExactly(false, false, true, false);
        assertThat(Multiplicity.discoveries(logs(20.1, 20.1, 20.1, 20.1), 0.05)).containsOnly(true);
        assertThat(Multiplicity.discoveries(new double[0], 0.05)).isEmpty();
    }

    /// What defines it, against the definition itself: of all sets that keep their own promise, the largest.
    @Test
    void discoveries_randomEvidence_areTheLargestSetThatKeepsThePromise() {
        Random random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            int tests = 1 + random.nextInt(6);
            double[] logEs = random.doubles(tests, -3, 6).toArray();
            int largest = 0;
            for (int set = 0; set < 1 << tests; set++) {
                int size = Integer.bitCount(set);
                boolean keeps = true;
                for (int i = 0; i < tests; i++) {
                    keeps &= (set & 1 << i) == 0 || Math.exp(logEs[i]) * 0.05 * size >= tests;
                }
                largest = keeps ? Math.max(largest, size) : largest;
            }
            double[] sorted = logEs.clone();
            Arrays.sort(sorted);
            boolean[] discovered = Multiplicity.discoveries(logEs, 0.05);
            for (int i = 0; i < tests; i++) {
                assertThat(discovered[i]).isEqualTo(largest > 0 && logEs[i] >= sorted[tests - largest]);
            }
        }
    }

    @Test
    void bonferroni_impossibleInputs_refuses() {
        assertThatIllegalArgumentException().isThrownBy(() -> Multiplicity.bonferroni(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Multiplicity.bonferroni(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Multiplicity.bonferroni(0.05, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Multiplicity.discoveries(logs(1), Double.NaN));
    }

    private static double[] logs(double... es) {
        return Arrays.stream(es).map(Math::log).toArray();
    }
}
