package dev.bandolier.bandits.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the quadrature does for densities of any kind; for Beta beliefs see the tests of the policy.
final class BestArmTest {

    @ParameterizedTest
    @MethodSource("normals")
    void probabilities_normalArms_agreeWithGolden(Golden golden) {
        List<Density> arms = new ArrayList<>();
        for (JsonNode arm : golden.inputs().required("arms")) {
            arms.add(new NormalDensity(arm.get(0).asDouble(), arm.get(1).asDouble()));
        }
        golden.check(BestArm.probabilities(arms));
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 1, 1", "0, 0.001, 3, 1", "100, 5, 99, 0.01", "0, 1, 40, 1"})
    void probabilities_twoNormals_agreeWithTheDifference(double mean, double sd, double otherMean, double otherSd) {
        double p = NormalDistribution.of(0, 1).cumulativeProbability((mean - otherMean) / Math.hypot(sd, otherSd));

        assertThat(BestArm.probabilities(List.of(new NormalDensity(mean, sd), new NormalDensity(otherMean, otherSd))))
                .containsExactly(new double[] {p, 1 - p}, within(1e-12));
    }

    @Test
    void probabilities_noArm_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BestArm.probabilities(List.of()))
                .withMessageContaining("0 arms");
    }

    @Test
    void probabilities_densityThatIsNone_refusesWithTheSum() {
        Density doubled = new Stretched(new NormalDensity(0, 1), 2, 1);

        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> BestArm.probabilities(List.of(doubled, new NormalDensity(0, 1))))
                .withMessageContaining("not 1");
    }

    @Test
    void probabilities_grainWithoutEnd_stopsAndSaysSo() {
        Density endless = new Stretched(new NormalDensity(0, 1), 1, 1e-9);

        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> BestArm.probabilities(List.of(endless, new NormalDensity(0, 1))))
                .withMessageContaining("100000 intervals");
    }

    static Stream<Golden> normals() {
        return Golden.startingWith("p_best_normals");
    }

    /// A density multiplied by what it should not be, at a grain that it does not have.
    private record Stretched(Density density, double factor, double grain) implements Density {

        @Override
        public double at(double z) {
            return factor * density.at(z);
        }

        @Override
        public double cumulative(double z) {
            return factor * density.cumulative(z);
        }

        @Override
        public double lower() {
            return density.lower();
        }

        @Override
        public double upper() {
            return density.upper();
        }

        @Override
        public double grain(double z) {
            return grain;
        }

        @Override
        public double value(double z) {
            return density.value(z);
        }

        @Override
        public Density times(double more) {
            return new Stretched(density.times(more), factor, grain);
        }
    }
}
