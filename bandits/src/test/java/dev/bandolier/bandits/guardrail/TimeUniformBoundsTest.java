package dev.bandolier.bandits.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.Golden;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Time-uniform bounds against reference numbers, and against what they promise.
final class TimeUniformBoundsTest {

    @ParameterizedTest
    @MethodSource("rates")
    void betaBinomial_golden_agrees(Golden golden) {
        Interval interval = new BetaBinomialBound(golden.input("a"), golden.input("b"), golden.input("alpha"))
                .of((long) golden.input("S"), (long) golden.input("n"));

        golden.check(new double[] {interval.lower(), interval.upper()});
    }

    static Stream<Golden> rates() {
        return Golden.startingWith("bb_mixture_cs_");
    }

    @ParameterizedTest
    @MethodSource("sums")
    void normalMixture_golden_agrees(Golden golden) {
        NormalMixtureBound bound = new NormalMixtureBound(golden.input("v_opt"), golden.input("alpha"));

        golden.check("rho", bound.rho());
        golden.check("bound", bound.margin(golden.input("v")));
    }

    static Stream<Golden> sums() {
        return Golden.startingWith("normal_mixture_");
    }

    /// Values in {-0.2, 0.8} of variance 0.16: after 625 of them the sum's variance is 100, and a sum of s is 125 + s
    /// successes at the rate 0.2. The mixture that the reference library takes is centred on that rate.
    @Test
    void betaBinomial_referenceBoundOfTheSum_isWhereTheRateLeaves() {
        Golden golden = Golden.named("confseq_reference_bounds");
        double weight = new NormalMixtureBound(golden.input("v_opt"), golden.input("alpha")).rho() - 0.16;
        BetaBinomialBound bound = new BetaBinomialBound(weight / 0.8, weight / 0.2, golden.input("alpha"));
        long most = (long) (125
                + golden.expected().required("beta_binomial_g02_h08_two_sided").asDouble());

        assertThat(bound.of(most, 625).lower()).isLessThan(0.2);
        assertThat(bound.of(most + 1, 625).lower()).isGreaterThan(0.2);
    }

    @Test
    void asymptotic_golden_agrees() {
        Golden golden = Golden.named("asymptotic_cs");
        AsymptoticBound bound = new AsymptoticBound(golden.input("t_opt"), golden.input("alpha"));
        double[] units = golden.inputList("n");
        double[] margins = new double[units.length];
        for (int i = 0; i < units.length; i++) {
            margins[i] = bound.margin(golden.input("sd"), units[i]);
        }

        golden.check("rho2", bound.rho2());
        golden.check("margin", margins);
    }

    /// v - ln v = 1 + u with u = 2 ln(1/alpha) is what defines rho^2 = (v - 1) / t; down to alphas whose square is no
    /// double any more, and up to those where v is hardly above 1.
    @ParameterizedTest
    @CsvSource({"1e-300", "1e-20", "0.05", "0.5", "0.999", "0.99999999"})
    void asymptotic_anyAlpha_solvesItsEquation(double alpha) {
        double v = 1 + new AsymptoticBound(1, alpha).rho2();

        assertThat(v).isGreaterThan(1);
        assertThat(v - 1 - Math.log1p(v - 1)).isCloseTo(-2 * Math.log(alpha), within(1e-12 * (1 - Math.log(alpha))));
    }

    @Test
    void empiricalBernstein_golden_agrees() {
        Golden golden = Golden.named("empirical_bernstein_predmix_cs");
        double[] values = golden.inputList("x_repeat10");
        EmpiricalBernstein bound = EmpiricalBernstein.of(golden.input("alpha"));
        for (int i = 0; i < 10 * values.length; i++) {
            bound = bound.plus(values[i % values.length]);
            if (i == 99) {
                golden.check("lower_100", bound.interval().lower());
                golden.check("upper_100", bound.interval().upper());
            }
        }

        golden.check("lower_200", bound.interval().lower());
        golden.check("upper_200", bound.interval().upper());
    }

    /// 400 streams of 3,000 units at 5 %, looked at after each: at most 5 % may ever miss the rate. Seed 11; with a true
    /// rate of errors of 5 % more than 34 of 400 would come with probability 0.1 %.
    @Test
    void bounds_lookedAtAllTheTime_missAtMostAlpha() {
        SplittableRandom random = new SplittableRandom(11);
        BetaBinomialBound rates = BetaBinomialBound.around(0.05, 0.05);
        int missedRate = 0;
        int missedMean = 0;
        for (int run = 0; run < 400; run++) {
            long conversions = 0;
            EmpiricalBernstein mean = EmpiricalBernstein.of(0.05);
            boolean rateMissed = false;
            boolean meanMissed = false;
            for (int unit = 1; unit <= 3_000; unit++) {
                boolean converts = random.nextDouble() < 0.05;
                conversions += converts ? 1 : 0;
                mean = mean.plus(converts ? 1 : 0);
                rateMissed |= unit % 10 == 0 && misses(rates.of(conversions, unit));
                meanMissed |= misses(mean.interval());
            }
            missedRate += rateMissed ? 1 : 0;
            missedMean += meanMissed ? 1 : 0;
        }

        assertThat(missedRate).isBetween(1, 34);
        assertThat(missedMean).isBetween(0, 34);
    }

    private static boolean misses(Interval interval) {
        return interval.lower() > 0.05 || interval.upper() < 0.05;
    }

    @Test
    void bounds_beforeTheFirstUnit_knowNothing() {
        assertThat(BetaBinomialBound.around(0.02, 0.05).of(0, 0)).isEqualTo(new Interval(0, 1));
        assertThat(EmpiricalBernstein.of(0.05).interval()).isEqualTo(new Interval(0, 1));
    }

    @Test
    void bounds_withLessAlpha_areWider() {
        Interval narrow = new BetaBinomialBound(1, 19, 0.05).of(50, 1_000);
        Interval wide = new BetaBinomialBound(1, 19, 0.01).of(50, 1_000);

        assertThat(wide.lower()).isLessThan(narrow.lower());
        assertThat(wide.upper()).isGreaterThan(narrow.upper());
        assertThat(new NormalMixtureBound(100, 0.01).margin(100))
                .isGreaterThan(new NormalMixtureBound(100, 0.05).margin(100));
        assertThat(new AsymptoticBound(100, 0.01).margin(1, 100))
                .isGreaterThan(new AsymptoticBound(100, 0.05).margin(1, 100));
    }

    @Test
    void bounds_ofNonsense_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BetaBinomialBound(0, 1, 0.05));
        assertThatIllegalArgumentException().isThrownBy(() -> new BetaBinomialBound(1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new BetaBinomialBound(1, 1, 0.05).of(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new NormalMixtureBound(-1, 0.05));
        assertThatIllegalArgumentException().isThrownBy(() -> new NormalMixtureBound(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new AsymptoticBound(0, 0.05));
        assertThatIllegalArgumentException().isThrownBy(() -> new AsymptoticBound(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> EmpiricalBernstein.of(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmpiricalBernstein.of(0.05).plus(1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Interval(1, 0));
    }
}
