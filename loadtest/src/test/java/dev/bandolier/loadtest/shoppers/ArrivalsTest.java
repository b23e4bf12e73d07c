package dev.bandolier.loadtest.shoppers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {

    private static final double PER_SECOND = 3000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nextNanos_gaps_areExponential(long seed) {
        int n = 5000;
        Arrivals arrivals = new Arrivals(PER_SECOND, new SplittableRandom(seed));
        double[] gaps = new double[n];
        long before = 0;
        for (int i = 0; i < n; i++) {
            long next = arrivals.nextNanos();
            gaps[i] = (next - before) / 1e9;
            before = next;
        }
        Arrays.sort(gaps);
        double distance = 0;
        for (int i = 0; i < n; i++) {
            double expected = -Math.expm1(-gaps[i] * PER_SECOND);
            distance = Math.max(distance, Math.max(expected - (double) i / n, (double) (i + 1) / n - expected));
        }
        // Kolmogorov-Smirnov: with 1.95 / sqrt(n) a true exponential fails with 0.1 %, one of three seeds with 0.3 %.
        assertThat(distance).as("seed %d", seed).isLessThan(1.95 / Math.sqrt(n));
    }

    @Test
    void nextNanos_overTheLongRun_keepTheRate() {
        int n = 100_000;
        Arrivals arrivals = new Arrivals(PER_SECOND, new SplittableRandom(4));
        long last = LongStream.generate(arrivals::nextNanos).limit(n).max().orElseThrow();

        // The sum of n gaps has a relative deviation of 1 / sqrt(n): four of them fail with 0.006 %.
        assertThat(n / (last / 1e9) / PER_SECOND).isCloseTo(1, within(4 / Math.sqrt(n)));
    }

    @Test
    void nextNanos_sameSeed_sameTimes() {
        Arrivals one = new Arrivals(PER_SECOND, new SplittableRandom(5));
        Arrivals other = new Arrivals(PER_SECOND, new SplittableRandom(5));

        assertThat(LongStream.generate(one::nextNanos).limit(1000))
                .containsExactlyElementsOf(LongStream.generate(other::nextNanos)
                        .limit(1000)
                        .boxed()
                        .toList())
                .isSorted();
    }

    @Test
    void nextNanos_inARamp_growTowardsTheFullRate() {
        Arrivals arrivals = new Arrivals(PER_SECOND, Duration.ofSeconds(10), new SplittableRandom(6));
        long[] perSecond = new long[12];
        for (long next = arrivals.nextNanos(); next < 12_000_000_000L; next = arrivals.nextNanos()) {
            perSecond[(int) (next / 1_000_000_000L)]++;
        }

        for (int second = 0; second < 12; second++) {
            // The rate in the middle of the second is its mean there. Five deviations: all twelve fail with 0.0007 %.
            double rate = PER_SECOND * Math.min(1, 0.1 + 0.9 * (second + 0.5) / 10);
            assertThat((double) perSecond[second]).as("second %d", second).isCloseTo(rate, within(5 * Math.sqrt(rate)));
        }
    }
}
