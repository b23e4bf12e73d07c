package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.Golden;
import org.junit.jupiter.api.Test;

final class ChangePointTest {

    @Test
    void bernoulli_golden_agrees() {
        Golden golden = Golden.named("glr_bernoulli_change");
        ChangePoint.Split split =
                ChangePoint.bernoulli(column(golden, "S"), column(golden, "N"), golden.input("delta"));

        golden.check("statistic", split.statistic());
        golden.check("split_after_batch", split.split());
        golden.check("threshold", split.threshold());
        assertThat(split.changed()).isFalse();
    }

    @Test
    void cusum_golden_agrees() {
        Golden golden = Golden.named("cusum_bernoulli_drop");

        golden.check(
                ChangePoint.cusum(column(golden, "S"), column(golden, "N"), golden.input("p0"), golden.input("p1")));
    }

    @Test
    void pageHinkley_golden_agrees() {
        Golden golden = Golden.named("page_hinkley_decrease");

        golden.check(ChangePoint.pageHinkley(golden.inputList("x"), golden.input("delta")));
    }

    @Test
    void bernoulli_noTwoBatchesWithTrials_findsNothing() {
        assertThat(ChangePoint.bernoulli(new double[] {3}, new double[] {100}, 0.01)
                        .statistic())
                .isZero();
        assertThat(ChangePoint.bernoulli(new double[] {0, 3, 0}, new double[] {0, 100, 0}, 0.01)
                        .statistic())
                .isZero();
    }

    @Test
    void bernoulli_noneThenAll_findsWhere() {
        ChangePoint.Split split =
                ChangePoint.bernoulli(new double[] {0, 0, 50, 50}, new double[] {50, 50, 50, 50}, 0.01);

        assertThat(split.split()).isEqualTo(2);
        assertThat(split.statistic()).isEqualTo(200 * Math.log(2));
        assertThat(split.changed()).isTrue();
    }

    private static double[] column(Golden golden, String field) {
        JsonNode batches = golden.inputs().required("batches");
        double[] column = new double[batches.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = batches.get(i).required(field).asDouble();
        }
        return column;
    }
}
