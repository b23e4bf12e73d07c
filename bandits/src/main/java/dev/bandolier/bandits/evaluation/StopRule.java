package dev.bandolier.bandits.evaluation;

import dev.bandolier.bandits.Comparison;
import dev.bandolier.bandits.Posterior;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// When an experiment has said what it can say, and who should be kept then (`methods.md` 8).
///
/// Two questions, both of what is believed now: how much better than an arm the best one may still turn out to be
/// (its potential value remaining, which is not exceeded with 95 % probability), and how much less it earns than the
/// best one on average (its expected loss, relative to what control earns). An arm that stays below both limits is
/// safe to keep.
///
/// - If every live arm is safe to keep, it hardly matters which one is: there is *no difference* that is worth waiting
/// for, and any may be picked. This comes before the next case, because to praise a leader that is one by chance
/// would be a claim.
/// - If the leader is, but another one is not, the leader has won: *stop*.
/// - Otherwise, keep going. So do all for two weeks: weekdays differ from weekends, and first impressions wear off.
///
/// Arms that lose get few units and stay uncertain, so an experiment with a loser ends by its leader being safe, not
/// by the loser being known well. Arms that are equal share the traffic, and to know that within 1 % takes more than
/// a million units each at a rate of 3 %: a shop with less ends such an experiment by its own decision.
///
/// @param days         days since the start, at least
/// @param weeks        how often every day of the week must have been seen, at least
/// @param remaining    potential value remaining of an arm that is safe to keep, below this
/// @param expectedLoss expected loss of such an arm relative to what control earns, below this
public record StopRule(int days, int weeks, double remaining, double expectedLoss) {

    /// Two weeks, 1 % and 0.5 %.
    public static final StopRule DEFAULT = new StopRule(14, 2, 0.01, 0.005);

    private static final double CERTAINTY = 0.95;

    /// What should be done.
    public enum Kind {
        /// It cannot be said yet.
        KEEP_GOING,
        /// Keep the leader and end the experiment.
        STOP,
        /// Keep any arm and end the experiment.
        NO_DIFFERENCE,
        /// Fewer than two arms are live.
        NOTHING_TO_COMPARE
    }

    /// One condition of an end.
    public enum Condition {
        /// Days since the start.
        DAYS,
        /// How often every day of the week was seen.
        WEEKS,
        /// Potential value remaining of the leader.
        REMAINING,
        /// Expected loss of the leader, relative to what control earns.
        EXPECTED_LOSS
    }

    /// How one condition stands.
    ///
    /// @param condition which
    /// @param met       whether it is met
    /// @param value     how it is; not a number if that cannot be said
    /// @param needed    at least this for days and weeks; less than this for the others
    public record Check(Condition condition, boolean met, double value, double needed) {}

    /// What should be done, and why.
    ///
    /// @param kind   what
    /// @param leader position among the live arms of the one that is most probably the best; empty if fewer than two are
    ///               live
    /// @param checks one for each condition, in their order
    public record Advice(Kind kind, OptionalInt leader, List<Check> checks) {

        /// Keeps its own copy.
        public Advice {
            checks = List.copyOf(checks);
        }
    }

    /// How often every day of the week was seen among these dates on which units came; dates may repeat.
    public static int weeksSeen(Collection<LocalDate> dates) {
        Map<DayOfWeek, Integer> seen = new EnumMap<>(DayOfWeek.class);
        new HashSet<>(dates).forEach(date -> seen.merge(date.getDayOfWeek(), 1, Integer::sum));
        return seen.size() < DayOfWeek.values().length
                ? 0
                : seen.values().stream().mapToInt(Integer::intValue).min().orElseThrow();
    }

    /// What should be done with an experiment.
    ///
    /// @param control what is believed of control, whether it is live or not
    /// @param live    what is believed of each live arm, control among them if it is; all of the kind of `control`
    /// @param elapsed days since the start
    /// @param seen    how often every day of the week was seen; see [#weeksSeen]
    public Advice advise(Posterior control, List<? extends Posterior> live, double elapsed, int seen) {
        Check enoughDays = new Check(Condition.DAYS, elapsed >= days, elapsed, days);
        Check enoughWeeks = new Check(Condition.WEEKS, seen >= weeks, seen, weeks);
        if (live.size() < 2) {
            return new Advice(
                    Kind.NOTHING_TO_COMPARE,
                    OptionalInt.empty(),
                    List.of(
                            enoughDays,
                            enoughWeeks,
                            below(Condition.REMAINING, Double.NaN, remaining),
                            below(Condition.EXPECTED_LOSS, Double.NaN, expectedLoss)));
        }
        Comparison comparison = Comparison.of(live);
        int leader = comparison.leader();
        List<Check> checks = List.of(
                enoughDays, enoughWeeks, remaining(comparison, leader), expectedLoss(comparison, leader, control));
        Kind kind = !checks.stream().allMatch(Check::met)
                ? Kind.KEEP_GOING
                : IntStream.range(0, live.size()).allMatch(arm -> safe(comparison, arm, control))
                        ? Kind.NO_DIFFERENCE
                        : Kind.STOP;
        return new Advice(kind, OptionalInt.of(leader), checks);
    }

    private boolean safe(Comparison comparison, int arm, Posterior control) {
        return expectedLoss(comparison, arm, control).met()
                && remaining(comparison, arm).met();
    }

    private Check remaining(Comparison comparison, int arm) {
        return below(Condition.REMAINING, comparison.remainingQuantile(arm, CERTAINTY), remaining);
    }

    private Check expectedLoss(Comparison comparison, int arm, Posterior control) {
        return below(Condition.EXPECTED_LOSS, comparison.expectedLoss()[arm] / control.mean(), expectedLoss);
    }

    private static Check below(Condition condition, double value, double limit) {
        return new Check(condition, value < limit, value, limit);
    }
}
