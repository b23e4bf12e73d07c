package dev.bandolier.bandits.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.Golden;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BernoulliTest {

    @Test
    void kl_golden_agrees() {
        Golden golden = Golden.named("kl_bernoulli");
        List<Double> divergences = new ArrayList<>();
        for (JsonNode pair : golden.inputs().required("pairs")) {
            divergences.add(Bernoulli.kl(pair.get(0).asDouble(), pair.get(1).asDouble()));
        }
        golden.check(divergences.stream().mapToDouble(each -> each).toArray());
    }

    @Test
    void kl_certainties_areFreeOrInfinite() {
        assertThat(Bernoulli.kl(0, 0)).isZero();
        assertThat(Bernoulli.kl(1, 1)).isZero();
        assertThat(Bernoulli.kl(0, 1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Bernoulli.kl(0.5, 0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Bernoulli.kl(0.5, 1)).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
