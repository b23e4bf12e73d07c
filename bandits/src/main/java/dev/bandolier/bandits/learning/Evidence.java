package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the counters of one experiment say at one time, every exposure weighted by what it can tell:
/// maturity x index of its epoch x decay (`methods.md` 2, 4, 5).
///
/// A group is an arm within a segment. Groups are numbered segment by segment, with the units of no declared segment
/// last, and within a segment in the order of the arms. Not changed once made.
final class Evidence {

    /// Conversions of the units of the first day from which hours are told apart, not days: 100 an hour
    /// (`methods.md` 4).
    private static final long CONVERSIONS_FIRST_DAY_MIN = 2_400;

    /// Hours beyond which days are told apart in any case, 100 days: a bound on the work of a turn.
    private static final long HOURS_MAX = 2_400;

    /// Where the totals of a group stand in its row.
    private static final int MATURE = 0;

    private static final int REWARD = 1;
    private static final int ORDERS = 2;
    private static final int VALUE = 3;
    private static final int TOTALS = 4;

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /// What units came to.
    ///
    /// @param trials exposures, weighted
    /// @param mature exposures, weighted by maturity alone
    /// @param reward what the objective counts: units that converted, or conversions; forgotten as exposures are
    /// @param orders units that converted, forgotten alike
    /// @param value  their net value in minor units, forgotten alike
    record Sums(double trials, double mature, double reward, double orders, double value) {

        static final Sums NONE = new Sums(0, 0, 0, 0, 0);

        Sums plus(Sums other) {
            return new Sums(
                    trials + other.trials,
                    mature + other.mature,
                    reward + other.reward,
                    orders + other.orders,
                    value + other.value);
        }

        /// The same units, if what the objective counts came to this: conversions, or minor units.
        Sums earning(double earned) {
            return new Sums(trials, mature, earned, orders, earned);
        }

        private Sums times(double index) {
            return new Sums(trials * index, mature, reward, orders, value);
        }
    }

    private final List<String> arms;
    private final List<String> segments;
    private final Maturity maturity;
    private final Decay decay;
    private final Objective.Kind kind;
    private final Duration epochWidth;
    private final long firstEpoch;
    private final double[][] exposures;
    private final double[][] rewards;
    private final double[] index;
    private final double[][] totals;
    private final List<Sums> sums = new ArrayList<>();
    private final double[] segmentIndex;

    /// Numbers of the groups that counters name; they name the same ones in bucket after bucket.
    private final Map<Counters.Group, Integer> groups = new HashMap<>();

    private Evidence(Experiment experiment, Counters counters, Instant now) {
        Definition definition = experiment.definition();
        arms = definition.arms().stream().map(arm -> arm.key()).toList();
        segments = new ArrayList<>(definition.segments().map(Segments::values).orElse(List.of()));
        segments.add(Segments.OTHER);
        maturity = Maturity.of(experiment, counters, now);
        decay = new Decay(definition.drift().halfLife());
        kind = definition.objective().kind();
        epochWidth = epochWidth(counters);
        int width = segments.size() * arms.size();
        boolean none = counters.slices().isEmpty();
        firstEpoch = none ? 0 : epoch(counters.slices().firstKey());
        int epochs = none ? 0 : Math.toIntExact(epoch(counters.slices().lastKey()) - firstEpoch + 1);
        exposures = new double[epochs][width];
        rewards = new double[epochs][width];
        totals = new double[width][TOTALS];
        counters.slices().forEach((bucket, slice) -> add(bucket, slice.drawn(), now));
        index = definition.drift().epochs()
                ? EpochOffsets.fit(exposures, rewards, EpochOffsets.SHRINKAGE).index()
                : ones(epochs);
        for (int group = 0; group < width; group++) {
            double[] total = totals[group];
            sums.add(new Sums(trials(group), total[MATURE], total[REWARD], total[ORDERS], total[VALUE]));
        }
        segmentIndex = ofSegments();
    }

    /// The evidence in these counters now.
    static Evidence of(Experiment experiment, Counters counters, Instant now) {
        return new Evidence(experiment, counters, now);
    }

    /// The declared segments and, last, that of all other units.
    List<String> segments() {
        return segments;
    }

    /// What the units of one segment came to at each arm.
    List<Sums> of(int segment) {
        return sums.subList(segment * arms.size(), (segment + 1) * arms.size());
    }

    /// What all units came to at each arm, exposures weighted by how good their segment is for everybody: an arm that
    /// mostly serves a good segment would look good in the raw sums.
    List<Sums> pooled() {
        List<Sums> pooled = new ArrayList<>();
        for (int arm = 0; arm < arms.size(); arm++) {
            Sums all = Sums.NONE;
            for (int segment = 0; segment < segments.size(); segment++) {
                all = all.plus(sums.get(segment * arms.size() + arm).times(segmentIndex[segment]));
            }
            pooled.add(all);
        }
        return pooled;
    }

    /// Arms whose rate relative to all arms seems to have changed, day by day. Exposures are weighted by how good their
    /// segment is for everybody: an arm that is sent to a better segment from some day on has not become better.
    ///
    /// @param weight what one exposure is worth in exposures with Poisson counts, which is what [RankingChange] takes
    ///               them for
    List<Snapshot.Change> changes(double weight) {
        long first = Math.floorDiv(firstEpoch * epochWidth.toSeconds(), DAY.toSeconds());
        long last = Math.floorDiv((firstEpoch + index.length - 1) * epochWidth.toSeconds(), DAY.toSeconds());
        int days = index.length == 0 ? 0 : Math.toIntExact(last - first + 1);
        double[][] exposed = new double[days][arms.size()];
        double[][] earned = new double[days][arms.size()];
        for (int epoch = 0; epoch < index.length; epoch++) {
            long start = (firstEpoch + epoch) * epochWidth.toSeconds();
            int day = Math.toIntExact(Math.floorDiv(start, DAY.toSeconds()) - first);
            for (int group = 0; group < sums.size(); group++) {
                int arm = group % arms.size();
                exposed[day][arm] += weight * segmentIndex[group / arms.size()] * exposures[epoch][group];
                earned[day][arm] += weight * rewards[epoch][group];
            }
        }
        return RankingChange.among(arms, exposed, earned).stream()
                .filter(RankingChange::changed)
                .map(each -> new Snapshot.Change(
                        each.arm(),
                        Instant.ofEpochSecond((first + each.day()) * DAY.toSeconds()),
                        each.statistic(),
                        each.threshold()))
                .toList();
    }

    /// How long conversions take.
    Snapshot.Delay delay() {
        return maturity.facts();
    }

    /// How the epochs differed.
    Snapshot.Epochs epochs() {
        return new Snapshot.Epochs(epochWidth, index.length, index.length == 0 ? 1 : index[index.length - 1]);
    }

    private void add(Instant bucket, Map<Counters.Group, Tally> drawn, Instant now) {
        double kept = decay.weight(Math.max(Duration.between(bucket, now).toMillis() / 1e3, 0));
        double mature = maturity.weight(bucket);
        int epoch = Math.toIntExact(epoch(bucket) - firstEpoch);
        drawn.forEach((each, tally) -> {
            int group = groups.computeIfAbsent(each, this::number);
            if (group >= 0) {
                double reward = kept * (kind == Objective.Kind.COUNT ? tally.orders() : tally.conversions());
                exposures[epoch][group] += kept * mature * tally.exposures();
                rewards[epoch][group] += reward;
                double[] total = totals[group];
                total[MATURE] += mature * tally.exposures();
                total[REWARD] += reward;
                total[ORDERS] += kept * tally.conversions();
                total[VALUE] += kept * tally.value();
            }
        });
    }

    /// The number of a group; -1 if its arm is no longer there.
    private int number(Counters.Group group) {
        int arm = arms.indexOf(group.arm());
        int declared = segments.indexOf(group.segment());
        return arm < 0 ? -1 : (declared >= 0 ? declared : segments.size() - 1) * arms.size() + arm;
    }

    /// How good each segment is for everybody.
    private double[] ofSegments() {
        double[][] exposed = new double[segments.size()][arms.size()];
        double[][] earned = new double[segments.size()][arms.size()];
        for (int group = 0; group < sums.size(); group++) {
            exposed[group / arms.size()][group % arms.size()] = sums.get(group).trials();
            earned[group / arms.size()][group % arms.size()] = sums.get(group).reward();
        }
        return EpochOffsets.fit(exposed, earned, 1).index();
    }

    private double trials(int group) {
        double trials = 0;
        for (int epoch = 0; epoch < index.length; epoch++) {
            trials += exposures[epoch][group] * index[epoch];
        }
        return trials;
    }

    private long epoch(Instant bucket) {
        return Math.floorDiv(bucket.getEpochSecond(), epochWidth.toSeconds());
    }

    /// Hours, where the units of the first 24 hours came to enough conversions to tell hours apart. What comes later
    /// says nothing about it, and conversions of these units only become more; so the width changes once at most, when
    /// they are enough, and again after [#HOURS_MAX]. Were it decided by the average so far, it would go back and forth,
    /// and every belief with it.
    private static Duration epochWidth(Counters counters) {
        if (counters.slices().isEmpty()) {
            return DAY;
        }
        Instant first = counters.slices().firstKey().truncatedTo(ChronoUnit.HOURS);
        Instant last = counters.slices().lastKey();
        long conversions = 0;
        for (Counters.Slice slice : counters.slices().headMap(first.plus(DAY)).values()) {
            for (Tally tally : slice.drawn().values()) {
                conversions += tally.conversions();
            }
        }
        boolean few = last.isBefore(first.plus(HOUR.multipliedBy(HOURS_MAX)));
        return few && conversions >= CONVERSIONS_FIRST_DAY_MIN ? HOUR : DAY;
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
