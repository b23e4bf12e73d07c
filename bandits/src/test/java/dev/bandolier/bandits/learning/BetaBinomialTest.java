package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.Golden;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BetaBinomialTest {

    private static final Golden GOLDEN = Golden.named("eb_beta_binomial");
    private static final double[] SUCCESSES = GOLDEN.inputList("S");
    private static final double[] TRIALS = GOLDEN.inputList("N");

    @Test
    void fit_golden_agrees() {
        BetaBinomial fit = BetaBinomial.fit(SUCCESSES, TRIALS);

        GOLDEN.check("ml_mean", fit.mean());
        GOLDEN.check("ml_kappa", fit.kappa());
        GOLDEN.check("ml_loglik", fit.logLikelihood(SUCCESSES, TRIALS));
        double[] wanted = Golden.numbers(GOLDEN.expected().required("posterior_mean_ml"));
        double[] means = IntStream.range(0, TRIALS.length)
                .mapToDouble(i -> fit.prior().after(SUCCESSES[i], TRIALS[i]).mean())
                .toArray();
        for (int i = 0; i < wanted.length; i++) {
            assertThat(means[i]).isCloseTo(wanted[i], within(GOLDEN.abs() + GOLDEN.rel() * wanted[i]));
        }
    }

    @Test
    void moments_golden_agree() {
        BetaBinomial moments = BetaBinomial.moments(SUCCESSES, TRIALS);

        GOLDEN.check("pooled_mean", moments.mean());
        GOLDEN.check("mom_between_var", moments.variance());
        GOLDEN.check("mom_kappa", moments.kappa());
    }

    /// No pair of mean and kappa nearby is more likely.
    @Test
    void fit_golden_isATop() {
        BetaBinomial fit = BetaBinomial.fit(SUCCESSES, TRIALS);
        double top = fit.logLikelihood(SUCCESSES, TRIALS);

        for (double mean : new double[] {0.99, 1, 1.01}) {
            for (double kappa : new double[] {0.9, 1, 1.1}) {
                assertThat(new BetaBinomial(fit.mean() * mean, fit.kappa() * kappa).logLikelihood(SUCCESSES, TRIALS))
                        .isLessThanOrEqualTo(top);
            }
        }
    }

    @Test
    void fit_groupsThatDifferByNothing_findsThemAlike() {
        double[] successes = {30, 30, 30, 30};
        double[] trials = {1000, 1000, 1000, 1000};

        assertThat(BetaBinomial.fit(successes, trials).kappa()).isGreaterThan(1e6);
        assertThat(BetaBinomial.fit(successes, trials).mean()).isCloseTo(0.03, within(1e-6));
        assertThat(BetaBinomial.moments(successes, trials).kappa()).isInfinite();
    }

    @Test
    void fit_groupsWithoutTrials_changeNothing() {
        double[] successes = {12, 60, 3, 0, 25, 90, 0};
        double[] trials = {400, 900, 150, 0, 1000, 1500, 0};

        assertThat(BetaBinomial.fit(successes, trials)).isEqualTo(BetaBinomial.fit(SUCCESSES, TRIALS));
        assertThat(BetaBinomial.moments(successes, trials).kappa())
                .isCloseTo(BetaBinomial.moments(SUCCESSES, TRIALS).kappa(), within(1e-9));
    }

    @Test
    void fit_noSuccessAtAll_isNextToZero() {
        assertThat(BetaBinomial.fit(new double[] {0, 0}, new double[] {100, 50}).mean())
                .isBetween(0.0, 1e-9);
    }
}
