package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Policy;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Snapshot.ArmView;
import dev.bandolier.bandits.Snapshot.Counted;
import java.util.ArrayList;
import java.util.List;

/// The shares that another policy would have given at the time of a snapshot, believing what was believed then: the
/// step from beliefs to shares over again, warm-up, floors and ceilings included, guardrails left out.
///
/// A snapshot was made before the units that it served, so what follows from it may be judged by them. Two things it
/// does not hold, and they are replaced: how mature exposures were, which ends the warm-up of a policy that learns where
/// the one that served did not (all count as mature), and the counts that policies without a prior look at (the mean of
/// the belief stands for the mean of the counts). Immutable.
public final class Hindsight {

    private final Definition definition;
    private final boolean learns;

    /// What another policy would have made of the beliefs of an experiment.
    ///
    /// @param limits what it may do, instead of the limits of the experiment
    /// @throws IllegalArgumentException if the floor leaves no allocation
    public Hindsight(Definition definition, Policy policy, Limits limits) {
        this.definition = new Definition(
                definition.key(),
                definition.name(),
                definition.unit(),
                definition.sticky(),
                definition.arms(),
                definition.objective(),
                policy,
                definition.prior(),
                limits,
                definition.drift(),
                definition.segments(),
                definition.holdout(),
                definition.guardrails());
        this.learns = Sharing.learns(policy);
    }

    /// The share of each arm of the definition.
    ///
    /// @param snapshot what was believed; it may be older than the definition, and not know its latest arms
    /// @param segment  declared segment of the units asked for; any other text stands for all of them
    public double[] shares(Snapshot snapshot, String segment) {
        List<Arm> arms = new ArrayList<>();
        List<ArmView> pooled = new ArrayList<>();
        List<ArmView> own = new ArrayList<>();
        List<ArmView> served = snapshot.segments().stream()
                .filter(each -> each.own() && each.segment().equals(segment))
                .findFirst()
                .map(Snapshot.SegmentView::arms)
                .orElse(snapshot.arms());
        for (ArmView view : snapshot.arms()) {
            int index = definition.indexOf(view.arm());
            if (index >= 0) {
                arms.add(definition.arms().get(index).with(live(view) ? Arm.Status.LIVE : Arm.Status.PAUSED));
                pooled.add(view);
                served.stream()
                        .filter(each -> each.arm().equals(view.arm()))
                        .findFirst()
                        .ifPresent(own::add);
            }
        }
        return spread(arms, shares(snapshot, definition.withArms(arms), pooled, own));
    }

    /// The part of all units that each arm of the definition would get, as many of each segment as have come.
    ///
    /// @param snapshot what was believed
    public double[] served(Snapshot snapshot) {
        return snapshot.overall(segment ->
                shares(snapshot, segment.map(Snapshot.SegmentView::segment).orElse(Segments.OTHER)));
    }

    /// Whether an arm was live at the time of a snapshot: who is not live cannot be the best.
    public static boolean live(ArmView view) {
        return view.share() > 0 || !(view.belief().best() <= 0);
    }

    private double[] shares(Snapshot snapshot, Definition then, List<ArmView> pooled, List<ArmView> served) {
        boolean warm = learns && snapshot.basis().phase() == Snapshot.Phase.WARMING_UP;
        Sharing sharing = new Sharing(
                then,
                Evidence.Sums::reward,
                pooled.stream().map(view -> sums(view, warm)).toList());
        List<Posterior> beliefs =
                served.stream().map(view -> view.belief().posterior()).toList();
        double[] best =
                served.stream().mapToDouble(view -> view.belief().best()).toArray();
        return sharing.shares(
                beliefs, served.stream().map(view -> sums(view, warm)).toList(), best, Snapshot.exposures(served));
    }

    /// The counts of an arm, as far as a snapshot has them.
    ///
    /// @param warm whether too little was heard for a policy to decide, so that nothing counts as heard
    private static Evidence.Sums sums(ArmView view, boolean warm) {
        Counted counted = view.counted();
        double reward = counted.effective() * view.belief().posterior().mean();
        return new Evidence.Sums(
                counted.effective(),
                warm ? 0 : counted.exposures(),
                reward,
                warm ? 0 : counted.conversions(),
                counted.value());
    }

    private double[] spread(List<Arm> arms, double[] shares) {
        double[] spread = new double[definition.arms().size()];
        for (int i = 0; i < shares.length; i++) {
            spread[definition.indexOf(arms.get(i).key())] = shares[i];
        }
        return spread;
    }
}
