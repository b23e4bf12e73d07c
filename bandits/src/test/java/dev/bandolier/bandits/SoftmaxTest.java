package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SoftmaxTest {

    @Test
    void allocate_golden_agrees() {
        Golden golden = Golden.named("softmax");

        golden.check(Softmax.fixed(golden.input("temperature"))
                .allocate(Contenders.withMeans(golden.inputList("means")), 0)
                .probabilities());
    }

    @Test
    void allocate_withoutTemperature_takesTheRootOfTheMeanVariance() {
        BetaPosterior wide = new BetaPosterior(5, 95);
        BetaPosterior narrow = new BetaPosterior(60, 940);
        double temperature = Math.sqrt((wide.variance() + narrow.variance()) / 2);
        List<Contender> arms = Contenders.believed(List.of(wide, narrow));

        assertThat(Softmax.pooled().allocate(arms, 0))
                .isEqualTo(Softmax.fixed(temperature).allocate(arms, 0));
        assertThat(Softmax.pooled().allocate(arms, 0).probability(0))
                .isCloseTo(1 / (1 + Math.exp(0.01 / temperature)), within(1e-12));
    }

    @Test
    void allocate_moreEvidenceWithoutTemperature_tellsArmsApart() {
        List<Contender> few = List.of(Contenders.counted("a", 100, 5), Contenders.counted("b", 100, 6));
        List<Contender> many = List.of(Contenders.counted("a", 100_000, 5000), Contenders.counted("b", 100_000, 6000));

        assertThat(Softmax.pooled().allocate(few, 0).probability(1)).isBetween(0.5, 0.7);
        assertThat(Softmax.pooled().allocate(many, 0).probability(1)).isGreaterThan(0.999);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-300})
    void allocate_almostNoTemperature_givesTheLeadersEverything(double temperature) {
        assertThat(Softmax.fixed(temperature).allocate(Contenders.withMeans(0.25, 0.5, 0.5), 0))
                .isEqualTo(Allocation.of(0, 0.5, 0.5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void constructor_notATemperature_refusesNamingIt(double temperature) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Softmax.fixed(temperature))
                .withMessageContaining("temperature " + temperature);
    }
}
