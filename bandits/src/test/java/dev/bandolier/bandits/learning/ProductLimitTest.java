package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.bandolier.bandits.Golden;
import dev.bandolier.bandits.learning.ProductLimit.Cohort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProductLimitTest {

    @Test
    void cdf_golden_agrees() {
        Golden golden = Golden.named("lynden_bell_delay_cdf");
        double[] cdf = ProductLimit.of(20, cohorts(golden)).cdf();

        double[] points = Golden.numbers(golden.expected().required("points"));
        double[] wanted = Golden.numbers(golden.expected().required("cdf"));
        assertThat(Arrays.stream(points).map(point -> cdf[(int) point - 1]).toArray())
                .containsExactly(wanted, offset(golden.abs()));
    }

    @Test
    void cdf_everythingObserved_isTheEmpiricalDistribution() {
        double[] cdf = ProductLimit.of(4, List.of(new Cohort(4, new long[] {1, 4, 0, 5})))
                .cdf();

        assertThat(cdf).containsExactly(new double[] {0.1, 0.5, 0.5, 1}, offset(1e-15));
    }

    @Test
    void of_binsNotLivedThrough_areLeftOut() {
        ProductLimit limit = ProductLimit.of(3, List.of(new Cohort(2, new long[] {3, 1, 7})));

        assertThat(limit.conversions()).isEqualTo(4);
        assertThat(limit.cdf()).containsExactly(0.75, 1, 1);
    }

    @Test
    void of_cohortsInAnyOrder_areTheSame() {
        List<Cohort> cohorts = cohorts(Golden.named("lynden_bell_delay_cdf"));
        double[] cdf = ProductLimit.of(20, cohorts).cdf();
        Collections.reverse(cohorts);

        assertThat(ProductLimit.of(20, cohorts).cdf()).isEqualTo(cdf);
    }

    @Test
    void of_countTakenBackBeforeItCame_countsAsNone() {
        ProductLimit limit = ProductLimit.of(2, List.of(new Cohort(2, new long[] {-1, 2})));

        assertThat(limit.conversions()).isEqualTo(2);
        assertThat(limit.cdf()).containsExactly(0, 1);
    }

    @Test
    void cdfWithPrior_nobodyAtRisk_isThePrior() {
        double[] before = {0.1, 0.4, 0.9, 1};

        assertThat(ProductLimit.of(4, List.of()).cdf(before, 10)).containsExactly(before, offset(1e-15));
    }

    /// Of bins 0 and 1 the cohort shows three quarters to one quarter; of the rest nothing but what was believed.
    @Test
    void cdfWithPrior_manyYoungConversions_isConditionalOnWhatTheySaw() {
        double[] before = {0.1, 0.4, 0.9, 1};
        double[] cdf = ProductLimit.of(4, List.of(new Cohort(2, new long[] {3_000_000, 1_000_000, 0, 0})))
                .cdf(before, 10);

        assertThat(cdf).containsExactly(new double[] {0.3, 0.4, 0.9, 1}, offset(1e-5));
    }

    @Test
    void cdfWithPrior_oneLonelyConversion_doesNotEraseWhatIsBelow() {
        double[] before = {0.25, 0.5, 0.75, 1};
        List<Cohort> cohorts =
                List.of(new Cohort(4, new long[] {0, 0, 1, 0}), new Cohort(2, new long[] {500, 500, 0, 0}));

        assertThat(ProductLimit.of(4, cohorts).cdf()[1]).isZero();
        assertThat(ProductLimit.of(4, cohorts).cdf(before, 10)[1]).isBetween(0.4, 0.5);
    }

    /// One cohort per conversion; delays and ages are whole numbers from 1, and each is a bin of its own.
    private static List<Cohort> cohorts(Golden golden) {
        double[] delays = golden.inputList("delay");
        double[] ages = golden.inputList("truncation_age");
        List<Cohort> cohorts = new ArrayList<>();
        for (int i = 0; i < delays.length; i++) {
            long[] byBin = new long[20];
            byBin[(int) delays[i] - 1] = 1;
            cohorts.add(new Cohort((int) ages[i], byBin));
        }
        return cohorts;
    }
}
