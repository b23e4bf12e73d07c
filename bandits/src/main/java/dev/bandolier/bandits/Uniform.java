package dev.bandolier.bandits;

import java.util.List;

/// The same share for every arm: a plain A/B test.
public record Uniform() implements Policy {

    @Override
    public Allocation allocate(List<Contender> contenders, long exposures) {
        return Allocation.uniform(contenders.size());
    }
}
