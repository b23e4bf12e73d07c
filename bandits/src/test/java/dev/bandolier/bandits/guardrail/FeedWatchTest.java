package dev.bandolier.bandits.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.Golden;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FeedWatchTest {

    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @MethodSource("drops")
    void logRatio_golden_agrees(Golden golden) {
        golden.check(
                "log_e",
                ShiryaevRoberts.logRatio((long) golden.input("observed"), golden.input("expected"), golden.input("x")));
    }

    @Test
    void shiryaevRoberts_golden_agrees() {
        Golden golden = Golden.named("poisson_sr_detector");
        JsonNode batches = golden.inputs().required("batches");
        double[] path = new double[batches.size()];
        ShiryaevRoberts detector = ShiryaevRoberts.FLAT;
        for (int i = 0; i < path.length; i++) {
            long observed = batches.get(i).get(0).asLong();
            double expected = batches.get(i).get(1).asDouble();
            double ratio = ShiryaevRoberts.logRatio(observed, expected, golden.input("x"));
            detector = detector.plus(START, ratio, observed, expected);
            path[i] = Math.expm1(detector.log());
        }

        golden.check(path);
    }

    /// The mean of the likelihood ratio at the bound is 1, summed up over all counts; at sounder rates it is less.
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 3, 40})
    void logRatio_atTheBound_hasMeanOne(double bound) {
        for (double x : new double[] {0.3, 3}) {
            assertThat(mean(bound, bound, x)).isCloseTo(1, within(1e-9));
            assertThat(mean(bound, x < 1 ? bound * 1.1 : bound / 1.1, x)).isLessThan(1);
            assertThat(mean(bound, bound * x, x)).isGreaterThan(1);
        }
    }

    /// What a recovery is told by: turned round, it is the ratio of the other rate, of mean 1 there.
    @Test
    void logRatio_turnedRound_isThatOfTheOtherRate() {
        for (long observed = 0; observed < 9; observed++) {
            assertThat(-ShiryaevRoberts.logRatio(observed, 2, 0.3))
                    .isCloseTo(ShiryaevRoberts.logRatio(observed, 0.6, 1 / 0.3), within(1e-12));
        }
    }

    @Test
    void shiryaevRoberts_nothingExpected_staysFlat() {
        ShiryaevRoberts detector = ShiryaevRoberts.FLAT;
        for (int i = 0; i < 1000; i++) {
            detector = detector.plus(START, 0, 0, 0);
        }

        assertThat(detector).isEqualTo(ShiryaevRoberts.FLAT);
    }

    @Test
    void shiryaevRoberts_hugeEvidence_staysFinite() {
        ShiryaevRoberts detector = ShiryaevRoberts.FLAT.plus(START, 1e6, 0, 1e6);

        assertThat(detector.log()).isCloseTo(1e6, within(1e-6));
        assertThat(detector.plus(START, -2e6, 0, 1).log()).isZero();
    }

    /// 33 forecast conversions, in intervals of a fifth each; the sum over beginnings saves a few.
    @Test
    void plus_conversionsStop_tripsAfterThirtyThreeOfThem() {
        Run run = new Run(FeedWatch.START).times(500, 1, 1).times(300, 0, 0.2);
        FeedWatch.Trip trip = run.watch.trip().orElseThrow();

        assertThat(trip.inflated()).isFalse();
        assertThat(trip.began()).isEqualTo(START.plus(MINUTE.multipliedBy(500)));
        assertThat(trip.observed()).isZero();
        assertThat(trip.expected()).isBetween(20.0, 33.0);
        assertThat(trip.logE()).isGreaterThanOrEqualTo(Math.log(1e5));
        assertThat(Duration.between(trip.began(), trip.since()).toMinutes() * 0.2)
                .isCloseTo(trip.expected(), within(1e-9));
        assertThat(run.watch.began()).contains(trip.began());
    }

    @Test
    void plus_forecastTwiceTooHigh_neverTrips() {
        assertThat(new Run(FeedWatch.START).times(20_000, 1, 2).watch.tripped()).isFalse();
        assertThat(new Run(FeedWatch.START).times(20_000, 3, 1.5).watch.tripped())
                .isFalse();
    }

    @Test
    void plus_tenTimesAsMany_tripsAsInflated() {
        Run run = new Run(FeedWatch.START).times(100, 1, 1).times(3, 10, 1);
        FeedWatch.Trip trip = run.watch.trip().orElseThrow();

        assertThat(trip.inflated()).isTrue();
        assertThat(trip.began()).isEqualTo(START.plus(MINUTE.multipliedBy(100)));
        assertThat(trip.observed()).isEqualTo(20);
        assertThat(trip.expected()).isEqualTo(2);
    }

    @Test
    void control_halfAnHourAfterTheTrip_isTheAnswer() {
        FeedWatch watch = new Run(FeedWatch.START).times(40, 0, 1).watch;
        Instant since = watch.trip().orElseThrow().since();

        assertThat(watch.control(since.plusSeconds(1799))).isFalse();
        assertThat(watch.control(since.plusSeconds(1800))).isTrue();
        assertThat(FeedWatch.START.control(since)).isFalse();
    }

    @Test
    void plus_conversionsArriveAgain_recoversAfterTenOfThem() {
        Run run = new Run(FeedWatch.START).times(200, 0, 1).times(9, 1, 1);

        assertThat(run.watch.tripped()).isTrue();
        run.times(1, 1, 1);
        assertThat(run.watch.trip()).isEmpty();
        assertThat(run.watch.silence()).isEqualTo(ShiryaevRoberts.FLAT);
    }

    @Test
    void plus_backlogInOneBurst_isNoRecovery() {
        Run run = new Run(FeedWatch.START).times(200, 0, 1);
        Optional<FeedWatch.Trip> trip = run.watch.trip();

        assertThat(run.times(1, 200, 1).times(200, 0, 1).watch.trip())
                .isPresent()
                .isEqualTo(trip);
    }

    /// A tenth of the forecast still arrives: one conversion in every ten intervals.
    @Test
    void plus_trickle_isNoRecovery() {
        Run run = new Run(FeedWatch.START).times(100, 0, 1);
        Optional<FeedWatch.Trip> trip = run.watch.trip();
        for (int i = 0; i < 1000; i++) {
            run.times(9, 0, 1).times(1, 1, 1);
        }

        assertThat(run.watch.trip()).isPresent().isEqualTo(trip);
    }

    @Test
    void plus_backlogAfterAnOutage_isNoInflation() {
        Run noticed = new Run(FeedWatch.START).times(600, 0, 1).times(12, 1, 1);
        assertThat(noticed.watch.tripped()).isFalse();
        assertThat(noticed.times(60, 11, 1).watch.tripped()).isFalse();

        Run unnoticed =
                new Run(FeedWatch.START).times(100, 1, 1).times(20, 0, 1).times(1, 21, 1);
        assertThat(unnoticed.watch.trip()).isEmpty();
        assertThat(new Run(FeedWatch.START)
                        .times(120, 1, 1)
                        .times(1, 21, 1)
                        .watch
                        .tripped())
                .isTrue();
    }

    @Test
    void plus_backlogThatNeverComes_isForgotten() {
        Run run = new Run(FeedWatch.START).times(600, 0, 1).times(12, 1, 1);
        assertThat(run.watch.owed()).isGreaterThan(1000);

        assertThat(run.times(1300, 1, 1).watch.owed()).isZero();
        assertThat(run.times(3, 10, 1).watch.tripped()).isTrue();
    }

    @Test
    void plus_inflationOver_recovers() {
        Run run = new Run(FeedWatch.START).times(100, 1, 1).times(30, 10, 1).times(9, 1, 1);
        assertThat(run.watch.tripped()).isTrue();

        assertThat(run.times(1, 1, 1).watch.tripped()).isFalse();
    }

    @Test
    void plus_stillInflated_staysOpen() {
        Run run = new Run(FeedWatch.START).times(20, 7, 1);
        Optional<FeedWatch.Trip> trip = run.watch.trip();

        assertThat(run.times(2000, 7, 1).times(2000, 2, 1).watch.trip())
                .isPresent()
                .isEqualTo(trip);
    }

    @Test
    void thawed_byHand_startsAnew() {
        FeedWatch watch = new Run(FeedWatch.START).times(200, 0, 1).watch.thawed();

        assertThat(watch).isEqualTo(FeedWatch.START);
        assertThat(watch.began()).isEmpty();
    }

    @Test
    void plus_whatIsNoCount_isRefusedNamingIt() {
        Instant end = START.plus(MINUTE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeedWatch.START.plus(START, end, -1, 1))
                .withMessageContaining("-1 conversions");
        for (double expected : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FeedWatch.START.plus(START, end, 0, expected))
                    .withMessageContaining(Double.toString(expected));
        }
    }

    static Stream<Golden> drops() {
        return Golden.startingWith("poisson_drop_e_");
    }

    private static double mean(double bound, double rate, double x) {
        PoissonDistribution counts = PoissonDistribution.of(rate);
        double sum = 0;
        for (int n = 0; n < 1000; n++) {
            sum += Math.exp(counts.logProbability(n) + ShiryaevRoberts.logRatio(n, bound, x));
        }
        return sum;
    }

    /// A watch that goes on minute by minute.
    private static final class Run {
        private FeedWatch watch;
        private Instant time = START;

        Run(FeedWatch watch) {
            this.watch = watch;
        }

        Run times(int minutes, long observed, double expected) {
            for (int i = 0; i < minutes; i++) {
                watch = watch.plus(time, time.plus(MINUTE), observed, expected);
                time = time.plus(MINUTE);
            }
            return this;
        }
    }
}
