package dev.bandolier.bandits.evaluation;

/// Sums of doubly robust scores g = sum_a pi(a) m(a) + w (r - m(A)), one per unit, as far as their mean, its error and
/// its comparison with what was earned need them. Immutable.
///
/// @param sum     sum of g
/// @param sumSq   sum of g^2
/// @param rewards sum of g r
/// @param direct  sum of sum_a pi(a) m(a), the part that is believed alone
record Scoring(double sum, double sumSq, double rewards, double direct) {

    /// No units.
    static final Scoring NONE = new Scoring(0, 0, 0, 0);

    /// Units that got the same arm with the same probability.
    ///
    /// @param direct what the other policy would earn with such a unit, as believed
    /// @param raw    their weight before clipping
    /// @param guess  what their arm was believed to earn
    static Scoring of(double direct, double raw, double guess, Sums earned) {
        double w = OffPolicy.clipped(raw);
        double n = earned.units();
        double rest = earned.sum() - n * guess;
        double restSq = earned.sumSq() - 2 * guess * earned.sum() + n * guess * guess;
        return new Scoring(
                n * direct + w * rest,
                n * direct * direct + 2 * direct * w * rest + w * w * restSq,
                direct * earned.sum() + w * (earned.sumSq() - guess * earned.sum()),
                n * direct);
    }

    /// These and others.
    Scoring plus(Scoring other) {
        return new Scoring(sum + other.sum, sumSq + other.sumSq, rewards + other.rewards, direct + other.direct);
    }
}
