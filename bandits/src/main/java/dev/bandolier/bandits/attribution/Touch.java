package dev.bandolier.bandits.attribution;

import dev.bandolier.bandits.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The rule that finds, among one unit's decisions in one experiment, the decision that a conversion belongs to: the
/// first or the last one before it, within the window of that decision.
///
/// It is the same whether all decisions are given to it or only those that [#last] and [#first] look at: the last at or
/// before the conversion, the first after it, and the first whose window has not ended by then.
///
/// @param window    time after a decision within which its conversions count
/// @param tolerance how far the clocks of sender and server may differ: a conversion may seem to precede its decision
///                  by this
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

    /// The last decision before a conversion of this time, if the conversion lies in its window; else the first after it
    /// that a sender's clock, if it lags, makes look so.
    ///
    /// @param decisions all decisions of one unit in one experiment, in any order
    public Found last(List<Decision> decisions, Instant at) {
        Optional<Decision> before =
                decisions.stream().filter(each -> !each.at().isAfter(at)).max(Touch::order);
        Optional<Decision> belongs = before.filter(each -> within(each, at))
                .or(() -> decisions.stream()
                        .filter(each -> each.at().isAfter(at) && within(each, at))
                        .min(Touch::order));
        if (belongs.isPresent()) {
            return new Found.Belongs(belongs.get());
        }
        return before.or(() -> decisions.stream().min(Touch::order))
                .<Found>map(Found.OutsideWindow::new)
                .orElseGet(Found.NoDecision::new);
    }

    /// The first decision in whose window a conversion of this time lies.
    ///
    /// @param decisions all decisions of one unit in one experiment, in any order
    public Found first(List<Decision> decisions, Instant at) {
        Optional<Decision> first =
                decisions.stream().filter(each -> within(each, at)).min(Touch::order);
        return first.isPresent() ? new Found.Belongs(first.get()) : last(decisions, at);
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
