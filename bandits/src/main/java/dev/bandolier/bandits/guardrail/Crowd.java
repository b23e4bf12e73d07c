package dev.bandolier.bandits.guardrail;

import dev.bandolier.bandits.Allocation;
import java.util.List;

/// Units that are served by the same shares: all of an experiment, or those of a segment that has shares of its own.
///
/// @param arms     what each arm has served of them and is believed to earn with them: all arms in the order of the
///                 definition, paused ones too, beliefs of one kind
/// @param proposed what they would be served if there were no budget; 0 for arms that are not served
/// @param next     how many of them are expected until the budget is looked at again, or somewhat longer
public record Crowd(List<Outlay> arms, Allocation proposed, double next) {

    /// Keeps its own copy, and refuses what does not fit together.
    public Crowd {
        arms = List.copyOf(arms);
        if (proposed.arms() != arms.size()) {
            throw new IllegalArgumentException(arms.size() + " arms and " + proposed.arms() + " shares");
        }
        if (!(next >= 0)) {
            throw new IllegalArgumentException("units of the next batch: " + next);
        }
    }
}
