package dev.bandolier.bandits.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Golden;
import dev.bandolier.bandits.Policy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Regret against anchors of an independent implementation (`methods.md` 9.2): 10,000 units, mean over fixed seeds,
/// within 4 standard errors of both together. False alarm of new seeds: 6e-5 for each anchor.
///
/// The anchors draw for every unit. Here a batch shares an allocation, as in service: 100 units where that costs
/// nothing (`methods.md` 9.3), 10 where arms are told apart sooner.
final class SimulationTest {

    private static final BetaPosterior FLAT = new BetaPosterior(1, 1);

    @ParameterizedTest(name = "{0}, prior Beta({1}, {2}), batches of {3}, {4} seeds")
    @CsvSource({
        "regret_anchor_numpy_TS_A, 1, 1, 100, 400",
        "regret_anchor_numpy_TS_B, 1, 1, 100, 150",
        "regret_anchor_numpy_TS_C, 1, 1, 10, 100",
        "regret_anchor_numpy_TSunit_A, 1, 19, 100, 400",
        "regret_anchor_numpy_TSunit_B, 1, 49, 100, 150",
        "regret_anchor_numpy_TSunit_C, 1, 0.25, 10, 100",
    })
    void thompson_tenThousandUnits_meetsTheAnchor(String anchor, double alpha, double beta, int batch, int seeds) {
        Golden golden = Golden.named(anchor);
        World world = new World(Arrays.stream(golden.inputList("means")).boxed().toList(), Duration.ZERO);
        Simulation simulation = new Simulation(
                world, new Policy.Thompson(), new BetaPosterior(alpha, beta), (int) golden.input("T"), batch);
        double[] regrets = LongStream.range(0, seeds)
                .mapToDouble(seed -> simulation.play(new SplittableRandom(seed)).regret())
                .toArray();

        double mean = Arrays.stream(regrets).average().orElseThrow();
        double variance =
                Arrays.stream(regrets).map(r -> (r - mean) * (r - mean)).sum() / (seeds - 1);
        double error = Math.hypot(
                Math.sqrt(variance / seeds), golden.expected().required("se").asDouble());
        assertThat(mean).isCloseTo(golden.expected().required("mean").asDouble(), within(4 * error));
    }

    @Test
    void uniform_anyWorld_losesTheMeanGap() {
        World world = new World(List.of(0.0, 1.0), Duration.ZERO);
        Simulation simulation = new Simulation(world, new Policy.Uniform(), FLAT, 10_000, 1000);
        Simulation.Outcome outcome = simulation.play(new SplittableRandom(5));

        assertThat(outcome.regret()).isEqualTo((double) outcome.exposures().get(0));
        assertThat(outcome.regret()).as("within 4.5 standard errors").isCloseTo(5000, within(225.0));
        assertThat(outcome.conversions())
                .containsExactly(0L, outcome.exposures().get(1));
    }

    @Test
    void play_horizonNotAMultipleOfTheBatch_playsExactlyTheHorizon() {
        World world = new World(List.of(0.1, 0.2, 0.3), Duration.ZERO);
        Simulation simulation = new Simulation(world, new Policy.Thompson(), FLAT, 1003, 100);

        assertThat(simulation.play(new SplittableRandom(6)).exposures())
                .satisfies(exposures ->
                        assertThat(exposures.stream().mapToLong(n -> n).sum()).isEqualTo(1003));
    }

    @Test
    void play_sameSeed_isTheSameRun() {
        World world = new World(List.of(0.1, 0.2), Duration.ZERO);
        Simulation simulation = new Simulation(world, new Policy.Thompson(), FLAT, 500, 50);

        assertThat(simulation.play(new SplittableRandom(7))).isEqualTo(simulation.play(new SplittableRandom(7)));
    }

    @Test
    void constructor_nothingToPlay_refusesNamingIt() {
        World world = new World(List.of(0.1, 0.2), Duration.ZERO);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Simulation(world, new Policy.Thompson(), FLAT, 0, 1))
                .withMessageContaining("horizon 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Simulation(world, new Policy.Thompson(), FLAT, 10, -1))
                .withMessageContaining("batch -1");
    }
}
