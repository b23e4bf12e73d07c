package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RankingChangeTest {

    private static final int DAYS = 90;
    private static final int ARMS = 3;
    private static final int RUNS = 100;

    @Test
    void of_aFall_saysWhenAndHowFar() {
        RankingChange change = RankingChange.of(
                "a", new double[] {500, 500, 500, 350, 350}, new double[] {1e4, 1e4, 1e4, 1e4, 1e4}, 0.01);

        assertThat(change.changed()).isTrue();
        assertThat(change.arm()).isEqualTo("a");
        assertThat(change.day()).isEqualTo(3);
        assertThat(change.ratio()).isCloseTo(0.7, within(1e-12));
        assertThat(change.threshold()).isCloseTo(Math.log(300 * 5 * Math.sqrt(5)), within(1e-12));
    }

    @Test
    void of_nothingYet_findsNoChange() {
        assertThat(RankingChange.of("a", new double[0], new double[0], 0.01).changed())
                .isFalse();
        assertThat(RankingChange.of("a", new double[3], new double[3], 0.01).changed())
                .isFalse();
        assertThat(RankingChange.of("a", new double[3], new double[] {5, 5, 5}, 0.01)
                        .changed())
                .isFalse();
        assertThat(RankingChange.of("a", new double[] {1, 0, 0}, new double[] {0, 0, 5}, 0.01)
                        .ratio())
                .isOne();
    }

    /// Seeds 1 to 100, a look after each of 90 days. 5 runs or more alarm once in 290 sets of seeds if the rate is the
    /// allowed 1 %, once in 6,300 if it is the 0.5 % that 1000 runs show at worst.
    @ParameterizedTest
    @ValueSource(doubles = {1, 20, 100})
    void of_stationaryRuns_rarelyAlarm(double perDay) {
        assertThat(falseAlarms(perDay, 100)).isLessThan(5);
    }

    /// Seeds 1 to 1000: 1, 2 and 5 alarms. More than 10 are met once in 74 sets of seeds if the rate is 0.5 %.
    @Tag("long")
    @ParameterizedTest
    @ValueSource(doubles = {1, 20, 100})
    void of_thousandStationaryRuns_alarmInAtMostOneInAHundred(double perDay) {
        assertThat(falseAlarms(perDay, 1000)).isLessThanOrEqualTo(10);
    }

    /// A fall of 30 % from 5 %, at 2000 a day, seeds 1 to 100. Fewer than 85 are seen once in 400 sets of seeds, if the
    /// rate is the 92.7 % that 1000 runs show.
    @ParameterizedTest
    @ValueSource(ints = {20, 30, 60})
    void of_aFallByThirtyPercent_isSeenWithinFourDays(int daysBefore) {
        assertThat(seen(daysBefore, 100)).isGreaterThanOrEqualTo(85);
    }

    /// Seeds 1 to 1000: 927, 927 and 931. Fewer than 900 are met once in 1400 sets of seeds if the rate is 92.7 %.
    @Tag("long")
    @ParameterizedTest
    @ValueSource(ints = {20, 30, 60})
    void of_aThousandFallsByThirtyPercent_areSeenWithinFourDaysInNineOfTen(int daysBefore) {
        assertThat(seen(daysBefore, 1000)).isGreaterThanOrEqualTo(900);
    }

    /// Weekends at x2, a sale of four days at x3 and shares that move from one arm to another; seeds 1 to 100, a look
    /// after each of 90 days. 5 runs or more alarm once in 290 sets of seeds if the rate is the allowed 1 %.
    @ParameterizedTest
    @CsvSource({"6000, 0.333", "300, 0.8"})
    void among_goodAndBadDaysForEverybody_rarelyAlarms(int perDay, double share) {
        assertThat(falseAlarmsAmong(perDay, share)).isLessThan(5);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"6000, 0.05", "6000, 0.8", "300, 0.333", "30, 0.333"})
    void among_otherSharesAndTraffic_rarelyAlarms(int perDay, double share) {
        assertThat(falseAlarmsAmong(perDay, share)).isLessThan(5);
    }

    /// The fall by 30 % of one arm of three, seen through an index that falls along with it; seeds 1 to 100. The rates
    /// are 87, 98 and 83 %: fewer are met than asked for once in 2800, 177,000 and 2400 sets of seeds.
    @ParameterizedTest
    @CsvSource({"0.333, 8, 75", "0.333, 12, 90", "0.6, 8, 70"})
    void among_oneArmFalls_isTheOneThatIsNamed(double share, int after, int least) {
        long named = LongStream.rangeClosed(1, RUNS)
                .filter(seed -> {
                    RankingChange top =
                            Days.of(new SplittableRandom(seed), 30 + after, 6000, share, 0.7).after(30 + after).stream()
                                    .max((a, b) -> Double.compare(a.statistic(), b.statistic()))
                                    .orElseThrow();
                    return top.changed() && top.arm().equals("a") && top.ratio() < 1;
                })
                .count();

        assertThat(named).isGreaterThanOrEqualTo(least);
    }

    private static long falseAlarmsAmong(int perDay, double share) {
        return LongStream.rangeClosed(1, RUNS)
                .filter(seed -> {
                    Days days = Days.of(new SplittableRandom(seed), DAYS, perDay, share, 1);
                    return LongStream.rangeClosed(2, DAYS)
                            .anyMatch(day -> days.after((int) day).stream().anyMatch(RankingChange::changed));
                })
                .count();
    }

    private static long falseAlarms(double perDay, int runs) {
        double[] exposures = new double[DAYS];
        Arrays.fill(exposures, perDay / 0.05);
        return LongStream.rangeClosed(1, runs)
                .filter(seed -> {
                    double[] counts = counts(new SplittableRandom(seed), perDay, DAYS);
                    return LongStream.rangeClosed(2, DAYS).anyMatch(days -> changed(counts, exposures, (int) days));
                })
                .count();
    }

    private static long seen(int daysBefore, int runs) {
        double[] exposures = new double[daysBefore + 4];
        Arrays.fill(exposures, 2000);
        return LongStream.rangeClosed(1, runs)
                .filter(seed -> {
                    RandomGenerator random = new SplittableRandom(seed);
                    double[] counts = new double[exposures.length];
                    for (int day = 0; day < counts.length; day++) {
                        counts[day] = binomial(random, 2000, day < daysBefore ? 0.05 : 0.035);
                    }
                    return LongStream.rangeClosed(1, 4)
                            .anyMatch(days -> changed(counts, exposures, daysBefore + (int) days));
                })
                .count();
    }

    private static boolean changed(double[] counts, double[] exposures, int days) {
        return RankingChange.of("a", Arrays.copyOf(counts, days), Arrays.copyOf(exposures, days), RankingChange.DELTA)
                .changed();
    }

    private static double[] counts(RandomGenerator random, double perDay, int days) {
        var sampler = PoissonDistribution.of(perDay).createSampler(random::nextLong);
        double[] counts = new double[days];
        for (int day = 0; day < days; day++) {
            counts[day] = sampler.sample();
        }
        return counts;
    }

    @SuppressWarnings("ArrayRecordComponent") // two tables of a simulation, never compared
    private record Days(double[][] exposures, double[][] conversions) {
        static Days of(RandomGenerator random, int days, int perDay, double share, double fall) {
            double[][] exposures = new double[days][ARMS];
            double[][] conversions = new double[days][ARMS];
            for (int day = 0; day < days; day++) {
                double base = (day % 7 > 4 ? 2 : 1) * (day >= 20 && day < 24 ? 3 : 1) * 0.03;
                double second = (1 - share) * (0.3 + 0.4 * day / days);
                double[] shares = {share, second, 1 - share - second};
                for (int arm = 0; arm < ARMS; arm++) {
                    exposures[day][arm] = Math.rint(perDay * shares[arm]);
                    double rate = base * (arm == 0 && day >= 30 ? fall : 1);
                    conversions[day][arm] = binomial(random, (int) exposures[day][arm], rate);
                }
            }
            return new Days(exposures, conversions);
        }

        List<RankingChange> after(int days) {
            return RankingChange.among(
                    List.of("a", "b", "c"), Arrays.copyOf(exposures, days), Arrays.copyOf(conversions, days));
        }
    }

    private static int binomial(RandomGenerator random, int trials, double rate) {
        int hits = 0;
        for (int i = 0; i < trials; i++) {
            hits += random.nextDouble() < rate ? 1 : 0;
        }
        return hits;
    }
}
