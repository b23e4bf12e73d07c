package dev.bandolier.bandits;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The choice of an arm under one snapshot: a pure function of the unit, the arms that are eligible, and the occasion.
///
/// Two nodes with the same snapshot choose the same; the propensity is the exact one. Immutable.
public final class Chooser {

    private final Experiment experiment;
    private final Snapshot snapshot;
    private final Allocation allocation;
    private final Map<String, Allocation> ofSegments;
    private final Draw draw;
    private final Draw holdout;
    private final boolean[] live;
    private final boolean[] drawn;
    private final boolean allLive;
    private final Optional<String> among;

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
        List<Arm> arms = experiment.definition().arms();
        this.live = new boolean[arms.size()];
        boolean all = true;
        for (int i = 0; i < live.length; i++) {
            live[i] = arms.get(i).live()
                    && view(snapshot.arms(), arms.get(i).key()).isPresent();
            all &= live[i];
        }
        this.allLive = all;
        this.allocation = allocation(arms, snapshot.arms());
        this.ofSegments = new HashMap<>();
        for (Snapshot.SegmentView segment : snapshot.segments()) {
            if (segment.own()) {
                ofSegments.put(segment.segment(), allocation(arms, segment.arms()));
            }
        }
        this.drawn = drawn(arms, snapshot);
        this.among = among(arm -> true);
    }

    /// Which arms of the definition a snapshot gives a share, to whomever.
    private static boolean[] drawn(List<Arm> arms, Snapshot snapshot) {
        boolean[] drawn = new boolean[arms.size()];
        for (int i = 0; i < drawn.length; i++) {
            String key = arms.get(i).key();
            drawn[i] = shared(snapshot.arms(), key)
                    || snapshot.segments().stream().anyMatch(each -> each.own() && shared(each.arms(), key));
        }
        return drawn;
    }

    private static boolean shared(List<Snapshot.ArmView> views, String arm) {
        return view(views, arm).filter(each -> each.share() > 0).isPresent();
    }

    /// The shares of the arms of the definition in a snapshot that may know others.
    private static Allocation allocation(List<Arm> arms, List<Snapshot.ArmView> views) {
        double[] shares = new double[arms.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] =
                    view(views, arms.get(i).key()).map(Snapshot.ArmView::share).orElse(0.0);
        }
        return Arrays.stream(shares).sum() > 0 ? Allocation.proportional(shares) : Allocation.uniform(shares.length);
    }

    private static Optional<Snapshot.ArmView> view(List<Snapshot.ArmView> views, String arm) {
        return views.stream().filter(each -> each.arm().equals(arm)).findFirst();
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
    public Decision heldOut(UnitKey unit, long occasion, String segment, Instant at) {
        return decision(unit, occasion, segment, experiment.definition().controlIndex(), 1, true, at);
    }

    /// The decision for any other unit, among all live arms; nothing if none is live.
    ///
    /// @param segment declared segment of the unit, or the empty text
    public Optional<Decision> choose(UnitKey unit, long occasion, String segment, Instant at) {
        if (allLive) {
            Allocation shares = ofSegments.getOrDefault(segment, allocation);
            int arm = shares.armAt(fraction(unit, occasion));
            return Optional.of(decision(unit, occasion, segment, arm, shares.probability(arm), false, at));
        }
        return choose(unit, occasion, segment, arm -> true, at);
    }

    /// The decision for any other unit, among the live arms that are eligible; nothing if there is none.
    public Optional<Decision> choose(
            UnitKey unit, long occasion, String segment, Predicate<String> eligible, Instant at) {
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
        Allocation among = ofSegments.getOrDefault(segment, allocation).among(may);
        int arm = among.armAt(fraction(unit, occasion));
        return Optional.of(decision(unit, occasion, segment, arm, among.probability(arm), false, at));
    }

    /// The arms that [#choose] draws from, comma-separated, where these are not all that the snapshot gives a share: an
    /// arm was paused since. Nothing where the choice is over all of the snapshot's.
    public Optional<String> among() {
        return among;
    }

    /// The same where only some arms are eligible. What a unit was drawn among is needed to know with what probability
    /// it could have got another arm.
    public Optional<String> among(Predicate<String> eligible) {
        List<String> may = new ArrayList<>();
        boolean all = true;
        for (int i = 0; i < live.length; i++) {
            String key = experiment.definition().arms().get(i).key();
            if (live[i] && eligible.test(key)) {
                may.add(key);
            } else {
                all &= !drawn[i];
            }
        }
        return all ? Optional.empty() : Optional.of(String.join(",", may));
    }

    private double fraction(UnitKey unit, long occasion) {
        return occasion == Decision.STANDING ? draw.fraction(unit) : draw.fraction(unit, occasion);
    }

    private Decision decision(
            UnitKey unit, long occasion, String segment, int arm, double propensity, boolean heldOut, Instant at) {
        String key = experiment.definition().arms().get(arm).key();
        return new Decision(experiment.id(), unit, occasion, key, propensity, snapshot.version(), segment, heldOut, at);
    }
}
