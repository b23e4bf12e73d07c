package dev.bandolier.bandits;

import static java.util.stream.Collectors.toMap;

import dev.bandolier.bandits.Snapshot.ArmView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /// How an experiment stands now, under the snapshot that is served: its version and shares, what has been counted
    /// since, and what we believe by now.
    public static Snapshot standing(Experiment experiment, Counters counters, Snapshot served, Instant now) {
        Map<String, Double> shares = served.arms().stream().collect(toMap(ArmView::arm, ArmView::share));
        List<ArmView> views = new ArrayList<>();
        for (ArmView view : beliefs(experiment, counters)) {
            views.add(view.with(shares.getOrDefault(view.arm(), 0.0)));
        }
        return new Snapshot(served.experiment(), served.version(), now, served.revision(), served.cause(), views);
    }

    private static Snapshot make(
            Experiment experiment, Counters counters, long version, Snapshot.Cause cause, Instant now) {
        List<ArmView> beliefs = beliefs(experiment, counters);
        double[] shares = shares(experiment.definition(), beliefs);
        List<ArmView> views = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            views.add(beliefs.get(i).with(shares[i]));
        }
        return new Snapshot(experiment.id(), version, now, experiment.revision(), cause, views);
    }

    /// What was counted of each arm and what follows from it; no shares yet.
    private static List<ArmView> beliefs(Experiment experiment, Counters counters) {
        BetaPosterior prior =
                BetaPosterior.unitSuccess(experiment.definition().objective().baseline());
        List<ArmView> views = new ArrayList<>();
        for (Arm arm : experiment.definition().arms()) {
            Tally tally = counters.drawn(arm.key());
            Posterior posterior = prior.after((double) tally.conversions(), (double) tally.exposures());
            views.add(new ArmView(arm.key(), 0, tally.exposures(), tally.conversions(), posterior));
        }
        return views;
    }

    /// The share of each arm: policy and bounds over the live ones, nothing for the others, all for control if none is
    /// live.
    private static double[] shares(Definition definition, List<ArmView> beliefs) {
        List<Integer> live = new ArrayList<>();
        List<Posterior> posteriors = new ArrayList<>();
        long exposures = 0;
        for (int i = 0; i < beliefs.size(); i++) {
            if (definition.arms().get(i).live()) {
                live.add(i);
                posteriors.add(beliefs.get(i).posterior());
                exposures += beliefs.get(i).exposures();
            }
        }
        double[] shares = new double[beliefs.size()];
        if (live.isEmpty()) {
            shares[definition.controlIndex()] = 1;
            return shares;
        }
        Allocation wanted = definition.policy().allocate(posteriors, exposures);
        Allocation bounded = Bounds.floor(definition.floor(), live.size()).project(wanted);
        for (int i = 0; i < live.size(); i++) {
            shares[live.get(i)] = bounded.probability(i);
        }
        return shares;
    }
}
