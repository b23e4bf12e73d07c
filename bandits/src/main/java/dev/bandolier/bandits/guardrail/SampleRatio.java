package dev.bandolier.bandits.guardrail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The evidence that arms are not exposed as often as they were drawn: a sample ratio mismatch, under allocations that
/// move (`methods.md` 7e). Immutable.
///
/// For each arm a and each stake eta, a unit that could be drawn to a with chance p multiplies the wealth by
/// `(1 + eta) / (1 + eta p)` if it got a, else by `1 / (1 + eta p)`. If units get arms with the chances they were drawn
/// with, this factor has mean 1 whatever happened before, so the average wealth W over arms and stakes is a
/// non-negative martingale started at 1: by Ville's inequality it ever reaches e with probability at most 1/e, however
/// often one looks. Units that only one arm could get say nothing and are left out.
///
/// *An arm that appears later* begins with the wealth that the others have on average, W, at each stake. Then the average
/// over one arm more is `(K W + W) / (K + 1) = W`: nothing changes by its joining, whenever and for whatever reason it
/// joins, and W stays a martingale. Were it to begin with 1, the average would jump up whenever W is below 1, which it
/// mostly is; whoever stops where W is high and else waits for arms would get a mean above 1, and no bound would hold.
/// Hence W depends on when arms appear, but not on the order of units between.
///
/// @param arms what is known of each arm that was seen, by key
public record SampleRatio(List<OfArm> arms) {

    /// Shares of the wealth of an arm are staked on so much more, or less, of its exposures.
    private static final double[] ETAS = {-0.5, -0.2, -0.1, -0.05, -0.02, 0.02, 0.05, 0.1, 0.2, 0.5};

    /// Logarithm of the evidence that is worth a warning: reached by chance in one of 100 experiments at most.
    public static final double LOG_WARN = Math.log(100);

    /// Logarithm of the evidence that freezes learning: reached by chance in one of 1,000 experiments at most.
    public static final double LOG_BLOCK = Math.log(1000);

    /// How far the sum of chances may be from 1.
    private static final double TOLERANCE = 1e-9;

    /// Nothing seen.
    public static final SampleRatio START = new SampleRatio(List.of());

    /// What is known of one arm, among units that could be drawn to more than one.
    ///
    /// @param arm      key of the arm
    /// @param observed its exposures
    /// @param expected how many there should have been: the sum of chances
    /// @param logs     logarithm of the wealth at each stake, in the order of [#etas]
    public record OfArm(String arm, long observed, double expected, List<Double> logs) {

        /// Keeps its own copy; refuses another number of stakes.
        public OfArm {
            logs = List.copyOf(logs);
            if (logs.size() != ETAS.length) {
                throw new IllegalArgumentException(logs.size() + " stakes of '" + arm + "', not " + ETAS.length);
            }
        }

        private OfArm plus(double chance, long got, long all) {
            List<Double> more = new ArrayList<>();
            for (int i = 0; i < ETAS.length; i++) {
                more.add(logs.get(i) + got * Math.log1p(ETAS[i]) - all * Math.log1p(ETAS[i] * chance));
            }
            return new OfArm(arm, observed + got, expected + all * chance, more);
        }
    }

    /// Keeps its own copy, in the order of the keys.
    public SampleRatio {
        arms = arms.stream().sorted(Comparator.comparing(OfArm::arm)).toList();
    }

    /// What was stored of an earlier one.
    public static SampleRatio of(List<OfArm> arms) {
        return new SampleRatio(arms);
    }

    /// The stakes: relative excess of exposures, in (-1, 1).
    public static double[] etas() {
        return ETAS.clone();
    }

    /// This and units that were drawn alike.
    ///
    /// @param chances probability of each arm that they could be drawn to; sums to 1
    /// @param units   how many units each arm got
    /// @throws IllegalArgumentException if chances are no probabilities, or if an arm got a negative number, or units that
    ///                                  could not be drawn to it
    public SampleRatio plus(Map<String, Double> chances, Map<String, Long> units) {
        check(chances, units);
        long all = units.values().stream().mapToLong(Long::longValue).sum();
        boolean certain = chances.values().stream().filter(chance -> chance > 0).count() < 2;
        if (all == 0 || certain) {
            return this;
        }
        List<OfArm> more = new ArrayList<>();
        for (OfArm each : joined(chances)) {
            double chance = chances.getOrDefault(each.arm(), 0.0);
            more.add(chance > 0 ? each.plus(chance, units.getOrDefault(each.arm(), 0L), all) : each);
        }
        return new SampleRatio(more);
    }

    /// Logarithm of the evidence: of the average wealth over arms and stakes; 0 if nothing was seen.
    public double logE() {
        return logMean(arms.stream().flatMap(each -> each.logs().stream()).toList());
    }

    /// The arm that the evidence is mostly about; none if nothing was seen.
    public Optional<OfArm> worst() {
        return arms.stream().max(Comparator.comparingDouble(each -> logMean(each.logs())));
    }

    /// What one look at all exposures says, for reports: not for looking again and again.
    public static ChiSquare chiSquare(List<Drawn> draws) {
        return ChiSquare.of(draws);
    }

    /// Units that were drawn alike.
    ///
    /// @param chances probability of each arm that they could be drawn to; sums to 1
    /// @param units   how many units each arm got
    public record Drawn(Map<String, Double> chances, Map<String, Long> units) {

        /// Keeps its own copies; refuses what [SampleRatio#plus] refuses.
        public Drawn {
            check(chances, units);
            chances = Map.copyOf(chances);
            units = Map.copyOf(units);
        }
    }

    /// The arms seen so far and those that can now be drawn for the first time.
    private List<OfArm> joined(Map<String, Double> chances) {
        TreeSet<String> unseen = new TreeSet<>(chances.keySet());
        arms.forEach(each -> unseen.remove(each.arm()));
        unseen.removeIf(arm -> !(chances.get(arm) > 0));
        List<Double> stakes = new ArrayList<>();
        double share = logE();
        for (int i = 0; i < ETAS.length; i++) {
            stakes.add(share);
        }
        List<OfArm> joined = new ArrayList<>(arms);
        unseen.forEach(arm -> joined.add(new OfArm(arm, 0, 0, stakes)));
        return joined;
    }

    private static void check(Map<String, Double> chances, Map<String, Long> units) {
        double sum = 0;
        for (double chance : chances.values()) {
            if (!(chance >= 0)) {
                throw new IllegalArgumentException("chance " + chance + " is no probability");
            }
            sum += chance;
        }
        if (!(Math.abs(sum - 1) <= TOLERANCE)) {
            throw new IllegalArgumentException("chances sum to " + sum + ", not 1");
        }
        units.forEach((arm, got) -> {
            if (got < 0 || (got > 0 && !(chances.getOrDefault(arm, 0.0) > 0))) {
                throw new IllegalArgumentException(got + " units of '" + arm + "' cannot have been drawn");
            }
        });
    }

    private static double logMean(List<Double> logs) {
        if (logs.isEmpty()) {
            return 0;
        }
        double top = logs.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        double sum = logs.stream().mapToDouble(log -> Math.exp(log - top)).sum();
        return top + Math.log(sum / logs.size());
    }
}
