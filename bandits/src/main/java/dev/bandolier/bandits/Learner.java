package dev.bandolier.bandits;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The step from counters to the next snapshot: posteriors, policy, bounds.
///
/// Pure: two learners with the same counters make the same snapshot.
public final class Learner {

    /// The least change of the allocation, in total variation, that is worth a new version (`methods.md` 0.1): it keeps
    /// the
    /// counters small, and the served shares are never further than this from what is known.
    public static final double MOVE_MIN = 0.005;

    private Learner() {}

    /// The snapshot that an experiment starts with: nobody has been exposed, so beliefs are the prior.
    public static Snapshot first(Experiment experiment, Instant now) {
        return make(experiment, Counters.EMPTY, 1, Snapshot.Cause.STARTED, now);
    }

    /// The next snapshot, if the definition changed or the allocation moved enough to matter.
    public static Optional<Snapshot> next(Experiment experiment, Counters counters, Snapshot current, Instant now) {
        if (experiment.revision() != current.revision()) {
            return Optional.of(make(experiment, counters, current.version() + 1, Snapshot.Cause.REDEFINED, now));
        }
        Snapshot next = make(experiment, counters, current.version() + 1, Snapshot.Cause.MOVED, now);
        boolean moved = next.allocation().distance(current.allocation()) > MOVE_MIN;
        return moved ? Optional.of(next) : Optional.empty();
    }

    private static Snapshot make(
            Experiment experiment, Counters counters, long version, Snapshot.Cause cause, Instant now) {
        Definition definition = experiment.definition();
        BetaPosterior prior = BetaPosterior.unitSuccess(definition.objective().baseline());
        List<Tally> earned = new ArrayList<>();
        List<BetaPosterior> posteriors = new ArrayList<>();
        for (Arm arm : definition.arms()) {
            Tally tally = counters.drawn(arm.key());
            earned.add(tally);
            posteriors.add(prior.after((double) tally.conversions(), (double) tally.exposures()));
        }
        double[] shares = shares(definition, posteriors, earned);
        List<Snapshot.ArmView> views = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            Tally tally = earned.get(i);
            views.add(new Snapshot.ArmView(
                    definition.arms().get(i).key(),
                    shares[i],
                    tally.exposures(),
                    tally.conversions(),
                    posteriors.get(i)));
        }
        return new Snapshot(experiment.id(), version, now, experiment.revision(), cause, views);
    }

    /// The share of each arm: policy and bounds over the live ones, nothing for the others, all for control if none is
    /// live.
    private static double[] shares(Definition definition, List<BetaPosterior> posteriors, List<Tally> earned) {
        List<Integer> live = new ArrayList<>();
        List<BetaPosterior> beliefs = new ArrayList<>();
        long exposures = 0;
        for (int i = 0; i < definition.arms().size(); i++) {
            if (definition.arms().get(i).live()) {
                live.add(i);
                beliefs.add(posteriors.get(i));
                exposures += earned.get(i).exposures();
            }
        }
        double[] shares = new double[definition.arms().size()];
        if (live.isEmpty()) {
            shares[definition.controlIndex()] = 1;
            return shares;
        }
        Allocation wanted = definition.policy().allocate(beliefs, exposures);
        Allocation bounded = Bounds.floor(definition.floor(), live.size()).project(wanted);
        for (int i = 0; i < live.size(); i++) {
            shares[live.get(i)] = bounded.probability(i);
        }
        return shares;
    }
}
