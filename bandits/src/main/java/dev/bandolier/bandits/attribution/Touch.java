package dev.bandolier.bandits.attribution;

import dev.bandolier.bandits.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The rule that finds, among one unit's decisions in one experiment, the decision that a conversion belongs to: the
/// last one
/// at or before it, if the conversion lies within the window of that decision.
///
/// @param window    time after a decision within which its conversions count
/// @param tolerance how far the clocks of sender and server may differ: a conversion may seem to precede its decision
/// by this
public record Touch(Duration window, Duration tolerance) {

    /// What the rule found.
    public sealed interface Found {
        /// The conversion belongs to this decision.
        record Belongs(Decision decision) implements Found {}

        /// The unit was decided for, but too long ago or only later.
        record OutsideWindow(Decision nearest) implements Found {}

        /// The unit was never decided for.
        record NoDecision() implements Found {}
    }

    /// The decision that a conversion of this time belongs to.
    ///
    /// @param decisions all decisions of one unit in one experiment, in any order
    public Found find(List<Decision> decisions, Instant at) {
        Optional<Decision> before =
                decisions.stream().filter(d -> !d.at().isAfter(at)).max(Touch::order);
        // A sender's clock that lags makes an order look older than its decision; the first decision is then the one.
        Optional<Decision> nearest = before.or(() -> decisions.stream().min(Touch::order));
        if (nearest.isEmpty()) {
            return new Found.NoDecision();
        }
        return within(nearest.get(), at) ? new Found.Belongs(nearest.get()) : new Found.OutsideWindow(nearest.get());
    }

    /// Whether a conversion of this time lies in the window of a decision.
    public boolean within(Decision decision, Instant at) {
        return !at.isBefore(decision.at().minus(tolerance))
                && !at.isAfter(decision.at().plus(window));
    }

    private static int order(Decision left, Decision right) {
        int byTime = left.at().compareTo(right.at());
        return byTime != 0 ? byTime : Long.compare(left.occasion(), right.occasion());
    }
}
