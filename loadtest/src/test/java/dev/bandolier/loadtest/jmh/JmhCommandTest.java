package dev.bandolier.loadtest.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.loadtest.CommandLineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JmhCommandTest {

    @Test
    void jmh_forAMoment_measuresEverything() {
        CommandLineRun run = CommandLineRun.of(
                "jmh", "Quadrature", "--for", "1ms", "--warm-up", "0", "--iterations", "1", "--forks", "0");

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
    }

    @Test
    void jmh_ofNothing_saysSo() {
        CommandLineRun run = CommandLineRun.of("jmh", "NoSuchBenchmark");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err().strip()).isEqualTo("jmh: no benchmark matches 'NoSuchBenchmark'");
    }

    /// What is measured is what is meant: the best of these arms gets most, or all alike if nothing is known.
    @ParameterizedTest
    @CsvSource({"2, 10000, 1, 0.99", "10, 10000, 9, 0.5", "100, 0, 99, 0.00999"})
    void quadrature_ofArms_allocatesToTheBest(int arms, double exposures, int best, double least) {
        Quadrature quadrature = new Quadrature();
        quadrature.arms = arms;
        quadrature.exposures = exposures;
        quadrature.see();
        Allocation allocation = quadrature.allocate();

        assertThat(allocation.arms()).isEqualTo(arms);
        assertThat(allocation.probability(best)).isGreaterThan(least);
    }
}
