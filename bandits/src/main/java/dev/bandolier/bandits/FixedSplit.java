package dev.bandolier.bandits;

import java.util.List;
import java.util.Map;

/// Shares that the owner wrote down, whatever is learned: a canary, or an A/B test that is not even.
///
/// Arms that are paused leave theirs to the others in proportion. An arm without an entry has the share 0; if all live
/// arms have it, they share equally.
///
/// @param shares share of each arm by its key, not negative; they need not sum to 1, only their proportions count
public record FixedSplit(Map<String, Double> shares) implements Policy {

    /// Refuses shares that are negative, not finite or all 0; keeps its own copy.
    public FixedSplit {
        shares = Map.copyOf(shares);
        double sum = 0;
        for (Map.Entry<String, Double> entry : shares.entrySet()) {
            if (!(entry.getValue() >= 0)) {
                throw new IllegalArgumentException(
                        "share " + entry.getValue() + " of arm '" + entry.getKey() + "' is negative or not a number");
            }
            sum += entry.getValue();
        }
        if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("shares " + shares + " sum to " + sum);
        }
    }

    @Override
    public Allocation allocate(List<Contender> contenders, long exposures) {
        double[] live = contenders.stream()
                .mapToDouble(each -> shares.getOrDefault(each.arm(), 0.0))
                .toArray();
        for (double share : live) {
            if (share > 0) {
                return Allocation.proportional(live);
            }
        }
        return Allocation.uniform(live.length);
    }
}
