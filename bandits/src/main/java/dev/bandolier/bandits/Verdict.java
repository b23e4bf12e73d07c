package dev.bandolier.bandits;

import java.time.Instant;

/// What a guardrail found, with its evidence; in force as long as it stands in the latest snapshot.
public sealed interface Verdict {

    /// Since when it is in force.
    Instant since();

    /// An arm earns less than control, or spoils a metric, by more than the margin; it is paused.
    ///
    /// @param arm      key of the arm
    /// @param evidence of closed windows
    record ArmHarmful(String arm, Evidence evidence, Instant since) implements Verdict {}

    /// An arm looks harmful by what has arrived so far; it is held at its floor until that is settled.
    ///
    /// @param arm      key of the arm
    /// @param evidence of what has arrived, windows still open
    record ArmSuspected(String arm, Evidence evidence, Instant since) implements Verdict {}

    /// An arm earns more than control: a claim that nothing follows from.
    ///
    /// @param arm      key of the arm
    /// @param evidence of closed windows
    record ArmBetter(String arm, Evidence evidence, Instant since) implements Verdict {}

    /// Exploring has lost, or is about to lose, what was agreed to; the rest of the traffic gets control.
    ///
    /// @param spent     what has been lost by now, as far as it counts against the budget, in the unit of the reward
    /// @param allowed   the budget, in the same unit
    /// @param daily     whether it is the budget of the day
    /// @param rate      share of exploring that is left, in [0, 1]
    /// @param exhausted whether next to nothing is left, so that only arms stay which are probably better than control
    record BudgetSpent(double spent, double allowed, boolean daily, double rate, boolean exhausted, Instant since)
            implements Verdict {}

    /// Arms have not yet proven enough for the strict mode to serve them as the policy would.
    ///
    /// @param rate share of exploring that is safe, in [0, 1)
    record HeldBack(double rate, Instant since) implements Verdict {}

    /// The ramp went back a stage.
    ///
    /// @param from     share of all arms but control before
    /// @param to       share since
    /// @param arm      arm whose evidence it was
    /// @param evidence of what has arrived
    record SteppedBack(double from, double to, String arm, Evidence evidence, Instant since) implements Verdict {}

    /// Conversions stopped arriving, or come in far too often; learning is frozen.
    ///
    /// @param inflated whether they come in too often; else they are missing
    /// @param observed conversions since the evidence began to grow
    /// @param expected how many there should have been, at least or at most
    /// @param logE     logarithm of the evidence
    /// @param control  whether it has lasted so long that everybody gets control
    record FeedBroken(boolean inflated, long observed, double expected, double logE, boolean control, Instant since)
            implements Verdict {}

    /// Arms are not exposed as often as they were drawn; what is counted of them is not to be trusted.
    ///
    /// @param arm      arm that is furthest off
    /// @param observed its exposures
    /// @param expected how many there should have been
    /// @param logE     logarithm of the evidence
    /// @param blocked  whether learning is frozen; else this is a warning
    /// @param control  whether it has lasted so long that everybody gets control
    record RatioBroken(
            String arm, long observed, double expected, double logE, boolean blocked, boolean control, Instant since)
            implements Verdict {}

    /// An arm leads because of a few origins; it gets no more traffic than it has.
    ///
    /// @param arm     key of the arm
    /// @param best    its probability to be the best
    /// @param without the same without the conversions of the top origins
    /// @param origins how many these are
    record LeadFragile(String arm, double best, double without, int origins, Instant since) implements Verdict {}

    /// One origin reports far more conversions of one arm than of the others; what it reported was taken back.
    ///
    /// @param quarantine number of the quarantine
    /// @param arm        key of the arm
    /// @param reported   conversions of the arm that it reported
    /// @param all        conversions of the arm
    /// @param share      its share of the conversions of all arms
    /// @param logP       logarithm of the probability of so many by chance
    record OriginQuarantined(
            long quarantine, String arm, long reported, long all, double share, double logP, Instant since)
            implements Verdict {}

    /// What a test of an arm against control has seen.
    ///
    /// @param metric      what was counted
    /// @param horizon     which outcomes
    /// @param logE        logarithm of the e-value, or of the always-on statistic
    /// @param logMost     what it has to reach
    /// @param ofArm       what the arm exposed, and what converted of it
    /// @param ofControl   the same of control, holdout included
    record Evidence(String metric, Horizon horizon, double logE, double logMost, Sample ofArm, Sample ofControl) {}

    /// Units of one side of a test.
    ///
    /// @param exposures   units exposed
    /// @param conversions units that converted
    /// @param value       sum of their winsorised values in minor units; 0 where conversions are counted
    record Sample(long exposures, long conversions, long value) {

        /// Nothing.
        public static final Sample NONE = new Sample(0, 0, 0);

        /// The sum of both.
        public Sample plus(Sample other) {
            return new Sample(exposures + other.exposures, conversions + other.conversions, value + other.value);
        }
    }

    /// Which outcomes a test looks at.
    enum Horizon {
        /// As they arrive: for warnings, because it is no test at every time.
        ARRIVED,
        /// Those known a short time after exposure, each looked at once.
        SHORT,
        /// Those known at the end of the window of the objective, each looked at once.
        WINDOW
    }
}
