package dev.bandolier.bandits.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.Golden;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DetectableEffectTest {

    @Test
    void of_golden_agrees() {
        Golden golden = Golden.named("holdout_mde");
        DetectableEffect effect = DetectableEffect.of(
                golden.input("rate"),
                Math.round(golden.input("n_holdout")),
                Math.round(golden.input("n_bandit")),
                golden.input("alpha"),
                golden.input("power"));

        golden.check("abs", effect.absolute());
        golden.check("rel", effect.relative());
    }

    /// The table of `methods.md` 8, which has two digits.
    @ParameterizedTest
    @CsvSource({
        "100_000, 0.02, 0.36",
        "100_000, 0.05, 0.23",
        "100_000, 0.10, 0.17",
        "500_000, 0.05, 0.10",
        "500_000, 0.10, 0.075",
        "2_000_000, 0.02, 0.080",
        "2_000_000, 0.05, 0.052",
        "2_000_000, 0.10, 0.038"
    })
    void of_publishedTable_agrees(String visitors, double holdout, double relative) {
        long units = Long.parseLong(visitors.replace("_", ""));
        long heldOut = Math.round(holdout * units);

        assertThat(DetectableEffect.of(0.03, heldOut, units - heldOut, 0.05, 0.8)
                        .relative())
                .isCloseTo(relative, within(0.05 * relative));
    }

    /// Groups of 400 and 1600 whose means differ by the detectable effect: 4,000 pairs of normal means find it in 80
    /// % of cases give or take 2.5 points, four standard errors; false alarm of another seed: 1 in 10,000.
    @Test
    void ofMean_thatEffectThere_isFoundAsOftenAsWanted() {
        double sd = 60;
        double effect =
                DetectableEffect.ofMean(5, sd * sd, 400, 1600, 0.05, 0.8).absolute();
        double error = sd * Math.sqrt(1 / 400.0 + 1 / 1600.0);
        SplittableRandom random = new SplittableRandom(20);
        int found = 0;
        for (int i = 0; i < 4000; i++) {
            double difference =
                    effect + sd / Math.sqrt(400) * random.nextGaussian() + sd / Math.sqrt(1600) * random.nextGaussian();
            found += Math.abs(difference) > 1.959963984540054 * error ? 1 : 0;
        }

        assertThat(found / 4000.0).isCloseTo(0.8, within(0.025));
        assertThat(DetectableEffect.ofMean(5, sd * sd, 400, 1600, 0.05, 0.8).relative())
                .isCloseTo(effect / 5, within(1e-12));
    }

    @Test
    void of_senselessNumbers_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> DetectableEffect.of(0, 10, 10, 0.05, 0.8));
        assertThatIllegalArgumentException().isThrownBy(() -> DetectableEffect.of(1, 10, 10, 0.05, 0.8));
        assertThatIllegalArgumentException().isThrownBy(() -> DetectableEffect.of(0.03, 0, 10, 0.05, 0.8));
        assertThatIllegalArgumentException().isThrownBy(() -> DetectableEffect.of(0.03, 10, 10, 0.05, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> DetectableEffect.ofMean(0, 1, 10, 10, 0.05, 0.8));
    }
}
