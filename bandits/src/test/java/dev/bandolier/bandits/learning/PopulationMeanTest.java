package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.GammaPosterior;
import dev.bandolier.bandits.OrderValuePosterior;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.RevenuePosterior;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The mean over segments, held against draws that are made by another road: a common error and one of each segment.
class PopulationMeanTest {

    private static final Percentage ROUNDING = Percentage.withPercentage(1e-9);

    private static final BetaPosterior FEW = new BetaPosterior(3, 60);
    private static final BetaPosterior MANY = new BetaPosterior(90, 910);

    @Test
    void segment_thatAllComeFrom_isBelievedAsItIs() {
        BetaPosterior mean = rate(List.of(part(FEW, 0, 0.3), part(MANY, 12, 0.3)));

        assertThat(mean.alpha()).isCloseTo(90, ROUNDING);
        assertThat(mean.beta()).isCloseTo(910, ROUNDING);
    }

    @Test
    void segments_thatErrAlike_areWorthOne_andThoseThatDoNot_asManyAsTheyAre() {
        double alike = rate(List.of(part(MANY, 1, 1), part(MANY, 1, 1))).variance();
        double apart = rate(List.of(part(MANY, 1, 0), part(MANY, 1, 0))).variance();

        assertThat(alike).isCloseTo(MANY.variance(), ROUNDING);
        assertThat(apart).isCloseTo(MANY.variance() / 2, ROUNDING);
    }

    // 200,000 draws: the standard error of a variance is 0.32 %, so of 2 % less than one in a million seeds misses.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 0.8, 1})
    void moments_areThoseOfDraws(double shared) {
        SplittableRandom random = new SplittableRandom(7);
        int draws = 200_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            double common = random.nextGaussian();
            double drawn = 0.3 * drawn(FEW, common, shared, random) + 0.7 * drawn(MANY, common, shared, random);
            sum += drawn;
            squares += drawn * drawn;
        }
        double mean = sum / draws;

        BetaPosterior found = rate(List.of(part(FEW, 30, shared), part(MANY, 70, shared)));

        assertThat(found.mean()).isCloseTo(mean, Percentage.withPercentage(0.3));
        assertThat(found.variance()).isCloseTo(squares / draws - mean * mean, Percentage.withPercentage(2));
    }

    @Test
    void counts_andRates_haveTheSameMoments() {
        GammaPosterior few = new GammaPosterior(5, 40);
        GammaPosterior many = new GammaPosterior(200, 900);
        Posterior mean = PopulationMean.of(
                List.of(new PopulationMean.Part<>(few, 1, 0.5), new PopulationMean.Part<>(many, 3, 0.5)));

        assertThat(mean).isInstanceOf(GammaPosterior.class);
        assertThat(mean.mean()).isCloseTo((few.mean() + 3 * many.mean()) / 4, ROUNDING);
        double s1 = Math.sqrt(few.variance()) / 4;
        double s2 = 3 * Math.sqrt(many.variance()) / 4;
        assertThat(mean.variance()).isCloseTo((s1 * s1 + s2 * s2) / 2 + (s1 + s2) * (s1 + s2) / 2, ROUNDING);
    }

    @Test
    void revenue_isTheMeanRate_withTheOrderValueThatAllShare() {
        OrderValuePosterior value = new OrderValuePosterior(30, 120_000);
        Posterior mean = PopulationMean.of(List.of(
                new PopulationMean.Part<>(new RevenuePosterior(FEW, value), 1, 0.5),
                new PopulationMean.Part<>(new RevenuePosterior(MANY, value), 1, 0.5)));

        assertThat(mean).isEqualTo(new RevenuePosterior(rate(List.of(part(FEW, 1, 0.5), part(MANY, 1, 0.5))), value));
    }

    @Test
    void segments_thatNobodyComesFrom_haveNoMean() {
        assertThatIllegalArgumentException().isThrownBy(() -> PopulationMean.of(List.of(part(FEW, 0, 1))));
    }

    private static double drawn(BetaPosterior belief, double common, double shared, SplittableRandom random) {
        double error = Math.sqrt(shared) * common + Math.sqrt(1 - shared) * random.nextGaussian();
        return belief.mean() + Math.sqrt(belief.variance()) * error;
    }

    private static PopulationMean.Part<BetaPosterior> part(BetaPosterior belief, double weight, double shared) {
        return new PopulationMean.Part<>(belief, weight, shared);
    }

    private static BetaPosterior rate(List<PopulationMean.Part<BetaPosterior>> parts) {
        return (BetaPosterior) PopulationMean.of(parts);
    }
}
