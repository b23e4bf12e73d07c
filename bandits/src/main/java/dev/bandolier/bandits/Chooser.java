package dev.bandolier.bandits;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/// The choice of an arm under one snapshot: a pure function of the unit, the arms that are eligible, and the occasion.
///
/// Two nodes with the same snapshot choose the same; the propensity is the exact one. Immutable.
public final class Chooser {

    private final Experiment experiment;
    private final Snapshot snapshot;
    private final Allocation allocation;
    private final Draw draw;
    private final Draw holdout;
    private final boolean[] live;
    private final boolean allLive;

    /// The choice among the live arms of an experiment, with the shares of a snapshot.
    ///
    /// The snapshot may be older than the experiment: an arm that was paused since is not chosen, one that was
    /// added since is
    /// not chosen until the next snapshot.
    public Chooser(Experiment experiment, Snapshot snapshot) {
        this.experiment = experiment;
        this.snapshot = snapshot;
        this.draw = new Draw(experiment.salt());
        this.holdout = new Draw(experiment.holdoutSalt());
        Definition definition = experiment.definition();
        int arms = definition.arms().size();
        double[] shares = new double[arms];
        this.live = new boolean[arms];
        boolean all = true;
        for (int i = 0; i < arms; i++) {
            Arm arm = definition.arms().get(i);
            Optional<Snapshot.ArmView> view = snapshot.arms().stream()
                    .filter(each -> each.arm().equals(arm.key()))
                    .findFirst();
            shares[i] = view.map(Snapshot.ArmView::share).orElse(0.0);
            live[i] = arm.live() && view.isPresent();
            all &= live[i];
        }
        this.allLive = all;
        this.allocation = Arrays.stream(shares).sum() > 0 ? Allocation.proportional(shares) : Allocation.uniform(arms);
    }

    /// The experiment chosen for.
    public Experiment experiment() {
        return experiment;
    }

    /// The snapshot chosen under.
    public Snapshot snapshot() {
        return snapshot;
    }

    /// Whether a unit is held out: always, and whatever the snapshot.
    public boolean holdsOut(UnitKey unit) {
        double share = experiment.definition().holdout();
        return share > 0 && holdout.fraction(unit) < share;
    }

    /// The decision for a unit that is held out: control, with certainty.
    public Decision heldOut(UnitKey unit, long occasion, Instant at) {
        return decision(unit, occasion, experiment.definition().controlIndex(), 1, true, at);
    }

    /// The decision for any other unit, among all live arms; nothing if none is live.
    public Optional<Decision> choose(UnitKey unit, long occasion, Instant at) {
        if (allLive) {
            int arm = allocation.armAt(fraction(unit, occasion));
            return Optional.of(decision(unit, occasion, arm, allocation.probability(arm), false, at));
        }
        return choose(unit, occasion, arm -> true, at);
    }

    /// The decision for any other unit, among the live arms that are eligible; nothing if there is none.
    public Optional<Decision> choose(UnitKey unit, long occasion, Predicate<String> eligible, Instant at) {
        boolean[] may = new boolean[live.length];
        boolean any = false;
        for (int i = 0; i < may.length; i++) {
            may[i] = live[i]
                    && eligible.test(experiment.definition().arms().get(i).key());
            any |= may[i];
        }
        if (!any) {
            return Optional.empty();
        }
        Allocation among = allocation.among(may);
        int arm = among.armAt(fraction(unit, occasion));
        return Optional.of(decision(unit, occasion, arm, among.probability(arm), false, at));
    }

    private double fraction(UnitKey unit, long occasion) {
        return occasion == Decision.STANDING ? draw.fraction(unit) : draw.fraction(unit, occasion);
    }

    private Decision decision(UnitKey unit, long occasion, int arm, double propensity, boolean heldOut, Instant at) {
        String key = experiment.definition().arms().get(arm).key();
        return new Decision(experiment.id(), unit, occasion, key, propensity, snapshot.version(), "", heldOut, at);
    }
}
