package dev.bandolier.bandits.attribution;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Tally;
import java.util.OptionalInt;

/// A signed change of what one decision earned.
///
/// @param decision  the decision
/// @param credit    the conversion that caused it
/// @param cell      where it counts: with the decision, however late it is
/// @param change    what it adds to the counters; negative for what is taken back
/// @param delayFrom delay bin in which the unit was counted as converted before, if it was
/// @param delayTo   delay bin in which it is counted as converted now, if it is
public record Reward(
        Decision.Key decision,
        Earnings.Credit credit,
        Counters.Cell cell,
        Tally change,
        OptionalInt delayFrom,
        OptionalInt delayTo) {}
