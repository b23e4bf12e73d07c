package dev.bandolier.bandits;

import java.util.List;

/// Thompson sampling: each arm with the probability that it is the best, by quadrature (`methods.md` 3.1).
///
/// Drawing from every posterior for every unit has the same law, but leaves no exact propensity.
public record Thompson() implements Policy {

    @Override
    public Allocation allocate(List<Contender> contenders, long exposures) {
        return Allocation.proportional(
                Comparison.of(contenders.stream().map(Contender::posterior).toList())
                        .best());
    }
}
