package dev.bandolier.loadtest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Prior;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.Thompson;
import dev.bandolier.bandits.evaluation.Estimate;
import dev.bandolier.bandits.evaluation.OffPolicy;
import dev.bandolier.bandits.learning.Learner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// The learner on a real log: a week of a fashion shop that served 34 items uniformly at random.
///
/// The log is not part of this project; where it is not beside it, the test says so and holds nothing.
final class FashionLogTest {

    private static final Path LOG = Path.of(System.getProperty("bandolier.root"))
            .resolveSibling("shared")
            .resolve("obd")
            .resolve("random-men.csv.gz");

    private static final Instant START = Instant.parse("2019-11-24T00:00:00Z");
    private static final Instant LATER = START.plus(Duration.ofDays(60));

    @Test
    void step_randomLog_posteriorsAreThePlainCounts() throws IOException {
        if (absent()) {
            return;
        }
        List<Logged.Row> rows = rows();
        Map<Integer, int[]> byHand = countedByHand();

        Snapshot learned = learned(rows, byHand.keySet());

        int item = 0;
        for (Map.Entry<Integer, int[]> each : byHand.entrySet()) {
            BetaPosterior belief =
                    (BetaPosterior) learned.arms().get(item++).belief().posterior();
            assertThat(belief.alpha()).isCloseTo(1 + each.getValue()[1], within(1e-9));
            assertThat(belief.beta()).isCloseTo(49 + each.getValue()[0] - each.getValue()[1], within(1e-9));
        }
        assertThat(byHand).hasSize(34);
    }

    /// Each half of the log is served by the Thompson policy that the other half taught, so no click is used to choose
    /// and to judge.
    @Test
    void thompson_taughtByOneHalf_isWorthThisOnTheOther() throws IOException {
        if (absent()) {
            return;
        }
        List<Logged.Row> rows = rows();
        List<Integer> items = List.copyOf(countedByHand().keySet());
        OffPolicy log = OffPolicy.EMPTY;
        double weights = 0;
        double[] nothing = new double[items.size()];
        for (int half = 0; half < 2; half++) {
            int parity = half;
            Snapshot taught =
                    learned(rows.stream().filter(row -> row.row() % 2 != parity).toList(), items);
            double[] target = taught.allocation().probabilities();
            for (Logged.Row row : rows) {
                if (row.row() % 2 == parity) {
                    int arm = items.indexOf(row.item());
                    weights += target[arm] * items.size();
                    log = log.plus(target, nothing, arm, 1.0 / items.size(), row.clicked() ? 1 : 0);
                }
            }
        }

        Estimate value = log.selfNormalised();
        Estimate unbiased = log.weighted();
        System.out.printf(
                Locale.ROOT,
                "Thompson on the random log: %.3f %% of impressions clicked (95 %%: %.3f to %.3f; unbiased %.3f, %.3f"
                        + " to %.3f; worth %.0f rows); the log itself %.3f %%%n",
                100 * value.value(),
                100 * value.lower(),
                100 * value.upper(),
                100 * unbiased.value(),
                100 * unbiased.lower(),
                100 * unbiased.upper(),
                log.effective(),
                100.0 * rows.stream().filter(Logged.Row::clicked).count() / rows.size());
        assertThat(value.upper()).isGreaterThan(0.0046);
        assertThat(weights / log.units()).isCloseTo(1, within(0.1));
    }

    /// The policy of the other log really earned 0.69 %: the estimate from the uniform log has to hold that in its
    /// interval. Plain sums, by hand, have to come to the same.
    @Test
    void valueOf_thompsonFromTheRandomLog_holdsWhatItReallyEarned() throws IOException {
        if (absent()) {
            return;
        }
        Path served = LOG.resolveSibling("bts-men.csv.gz");

        ValueOf value = ValueOf.of(served, LOG, false);

        value.lines().forEach(System.out::println);
        Estimate robust = value.estimate().doublyRobust();
        assertThat(value.served().log().value()).isCloseTo(0.0069, within(1e-12));
        assertThat(robust.lower()).isLessThan(0.0069);
        assertThat(robust.upper()).isGreaterThan(0.0069);
        assertThat(value.estimate().weighted().value()).isCloseTo(weightedByHand(served), within(1e-12));
        assertThat(value.estimate().thin()).isFalse();
    }

    /// The mean of share in the one log / propensity in the other * click, from the text of both.
    private static double weightedByHand(Path served) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (String[] fields : lines(served)) {
            counts.merge(fields[3] + " " + fields[2], 1, Integer::sum);
            counts.merge(fields[3], 1, Integer::sum);
        }
        double sum = 0;
        List<String[]> random = lines(LOG);
        for (String[] fields : random) {
            double share = counts.getOrDefault(fields[3] + " " + fields[2], 0) / (double) counts.get(fields[3]);
            sum += share / Double.parseDouble(fields[5]) * Integer.parseInt(fields[4]);
        }
        return sum / random.size();
    }

    private static boolean absent() {
        boolean absent = !Files.isRegularFile(LOG);
        if (absent) {
            System.out.println("The log of the Open Bandit Dataset is not at " + LOG + ": nothing was held against it");
        }
        return absent;
    }

    private static List<Logged.Row> rows() {
        List<Logged.Row> rows = new ArrayList<>();
        try (LogReader log = LogReader.open(LOG)) {
            for (Optional<Logged> next = log.next(); next.isPresent(); next = log.next()) {
                rows.add((Logged.Row) next.get());
            }
        }
        return rows;
    }

    /// Impressions and clicks of each item, counted without the code of this project.
    private static Map<Integer, int[]> countedByHand() throws IOException {
        Map<Integer, int[]> counts = new TreeMap<>();
        for (String[] fields : lines(LOG)) {
            int[] count = counts.computeIfAbsent(Integer.valueOf(fields[2]), item -> new int[2]);
            count[0]++;
            count[1] += Integer.parseInt(fields[4]);
        }
        return counts;
    }

    /// The fields of each line after the header: 2 is the item, 3 the position, 4 the click, 5 the propensity.
    private static List<String[]> lines(Path file) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> line.split(",", -1)).toList();
        }
    }

    private static Snapshot learned(List<Logged.Row> rows, Iterable<Integer> items) {
        List<Arm> arms = new ArrayList<>();
        items.forEach(item -> arms.add(new Arm(LogScan.arm(item), arms.isEmpty(), "{}", Arm.Status.LIVE)));
        Definition definition = new Definition(
                "fashion",
                "Fashion",
                "impression",
                Stickiness.NONE,
                arms,
                Objective.conversion("click", Duration.ofDays(7)),
                new Thompson(),
                new Prior.UnitSuccess(),
                new Limits(0, 1, 0, 1, 0),
                Drift.DEFAULT,
                Optional.empty(),
                0);
        Experiment experiment = new Experiment(1, 1, Experiment.State.RUNNING, 1, 2, START, definition);
        Counters counters = Counters.EMPTY;
        for (Logged.Row row : rows) {
            int click = row.clicked() ? 1 : 0;
            Counters.Cell cell = new Counters.Cell("", 1, row.arm(), false, experiment.bucketOf(START));
            counters = counters.plus(
                    Map.of(cell, new Tally(1, click, click, click, 0, BigInteger.ZERO, 0, BigInteger.ZERO)));
        }
        Snapshot first = Learner.first(experiment, LATER);
        return Learner.step(experiment, counters, first, LATER).snapshot();
    }
}
