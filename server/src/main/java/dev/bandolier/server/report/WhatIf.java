package dev.bandolier.server.report;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.FixedSplit;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Snapshot.ArmView;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.evaluation.OffPolicy;
import dev.bandolier.bandits.evaluation.Stratum;
import dev.bandolier.bandits.guardrail.Lots;
import dev.bandolier.bandits.learning.Hindsight;
import dev.bandolier.server.ledger.TargetJson.Target;
import dev.bandolier.server.wire.Problem;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Another policy on the units of an experiment, lot by lot: what it would have served them, believing what their
/// snapshot believed, and what that would have earned.
///
/// Guardrails are not asked what they would have done: arms that they left nothing stay without, and their share goes to
/// the others, as it does with arms that were paused or not eligible. An arm that could have been drawn but for the
/// policy that served is another matter: nothing was seen of it, and the question is refused.
///
/// Confined to the call that made it.
final class WhatIf {

    private final Definition definition;
    private final Target target;
    private final Hindsight hindsight;
    private final boolean[] reachable;
    private OffPolicy log = OffPolicy.EMPTY;
    private double away;

    /// The policy on no units yet.
    WhatIf(Definition definition, Target target) {
        this.definition = definition;
        this.target = target;
        this.hindsight = new Hindsight(definition, target.policy(), target.limits());
        this.reachable = new boolean[definition.arms().size()];
    }

    /// Adds units.
    ///
    /// @param snapshot the one that they were drawn under
    /// @throws Problem 422 naming an arm that the policy would have served and the log could not
    void add(Lot lot, Snapshot snapshot) {
        List<ArmView> views = views(snapshot, lot.segment());
        List<String> arms = definition.arms().stream().map(Arm::key).toList();
        Optional<Stratum> units = lot.stratum(
                arms,
                Lots.of(snapshot, definition.holdout()),
                arm -> view(views, arm)
                        .map(each -> each.belief().posterior().mean())
                        .orElse(0.0));
        units.ifPresent(stratum -> add(stratum, lot, snapshot));
    }

    private void add(Stratum stratum, Lot lot, Snapshot snapshot) {
        double[] served =
                stratum.arms().stream().mapToDouble(Stratum.Drawn::propensity).toArray();
        for (int i = 0; i < served.length; i++) {
            reachable[i] |= served[i] > 0;
        }
        Allocation asked = Allocation.proportional(hindsight.shares(snapshot, lot.segment()))
                .among(eligible(lot));
        boolean[] allowed = allowed(snapshot.guard(), asked, served);
        away += stratum.units() * missing(asked, allowed, served);
        try {
            log = log.plus(stratum, asked.among(allowed).probabilities());
        } catch (OffPolicy.Unreachable e) {
            throw unreachable(e.arm(), "for some of the units");
        }
    }

    /// What came of it, once all units were added.
    ///
    /// @throws Problem 422 naming an arm that was asked for and never could be drawn
    OffPolicy log() {
        if (target.policy() instanceof FixedSplit split && log.units() > 0) {
            for (int i = 0; i < reachable.length; i++) {
                if (!reachable[i]
                        && split.shares().getOrDefault(definition.arms().get(i).key(), 0.0) > 0) {
                    throw unreachable(i, "at any time");
                }
            }
        }
        return log;
    }

    /// The share of what was asked for that went to other arms, because an arm was paused, not there yet, not eligible or
    /// left nothing by a guardrail; of policies that are not asked for arms, the last alone.
    double away() {
        return log.units() == 0 ? 0 : away / log.units();
    }

    /// The part of all units that each arm would get from the policy under these beliefs, in the order of the definition.
    double[] serves(Snapshot standing) {
        return hindsight.served(standing);
    }

    /// Which arms may be asked for: those that could be drawn, and those that could not for no reason but the policy.
    private boolean[] allowed(Guard guard, Allocation asked, double[] served) {
        boolean all = guarded(guard);
        Set<String> held = held(guard);
        boolean[] drawn = new boolean[served.length];
        boolean[] allowed = new boolean[served.length];
        boolean any = false;
        for (int i = 0; i < allowed.length; i++) {
            drawn[i] = served[i] > 0;
            allowed[i] =
                    drawn[i] || !(all || held.contains(definition.arms().get(i).key()));
            any |= allowed[i] && asked.probability(i) > 0;
        }
        // Where nothing is left of what was asked for, those that could be drawn share equally.
        return any ? allowed : drawn;
    }

    private double missing(Allocation asked, boolean[] allowed, double[] served) {
        double missing = 0;
        for (int i = 0; i < served.length; i++) {
            if (target.policy() instanceof FixedSplit split) {
                missing += served[i] > 0
                        ? 0
                        : split.shares().getOrDefault(definition.arms().get(i).key(), 0.0);
            } else {
                missing += allowed[i] ? 0 : asked.probability(i);
            }
        }
        return missing;
    }

    /// Whether guardrails took something away from all arms but control.
    private static boolean guarded(Guard guard) {
        return guard.frozen()
                || guard.ramp().filter(each -> each.share() < 1).isPresent()
                || guard.spending().filter(each -> each.rate() < 1).isPresent()
                || guard.verdicts().stream().anyMatch(WhatIf::holdsBack);
    }

    private static boolean holdsBack(Verdict verdict) {
        return switch (verdict) {
            case Verdict.BudgetSpent _, Verdict.HeldBack _, Verdict.SteppedBack _, Verdict.FeedBroken _ -> true;
            case Verdict.RatioBroken broken -> broken.blocked() || broken.control();
            case Verdict.ArmHarmful _, Verdict.ArmSuspected _, Verdict.ArmBetter _ -> false;
            case Verdict.LeadFragile _, Verdict.OriginQuarantined _ -> false;
        };
    }

    /// The arms that guardrails took something away from.
    private static Set<String> held(Guard guard) {
        Set<String> held = new HashSet<>();
        for (Verdict each : guard.verdicts()) {
            switch (each) {
                case Verdict.ArmHarmful harmful -> held.add(harmful.arm());
                case Verdict.ArmSuspected suspected -> held.add(suspected.arm());
                // It keeps what it has, which may be nothing.
                case Verdict.LeadFragile fragile -> held.add(fragile.arm());
                case Verdict.ArmBetter _, Verdict.OriginQuarantined _, Verdict.BudgetSpent _, Verdict.HeldBack _ -> {}
                case Verdict.SteppedBack _, Verdict.FeedBroken _, Verdict.RatioBroken _ -> {}
            }
        }
        return held;
    }

    private boolean[] eligible(Lot lot) {
        boolean[] eligible = new boolean[definition.arms().size()];
        if (lot.eligible().isEmpty()) {
            Arrays.fill(eligible, true);
        } else {
            List<String> arms = List.of(lot.eligible().get().split(",", -1));
            for (int i = 0; i < eligible.length; i++) {
                eligible[i] = arms.contains(definition.arms().get(i).key());
            }
        }
        return eligible;
    }

    /// What was believed of the arms in a segment, whether it had shares of its own or not.
    private static List<ArmView> views(Snapshot snapshot, String segment) {
        return snapshot.segments().stream()
                .filter(each -> each.segment().equals(segment))
                .findFirst()
                .map(Snapshot.SegmentView::arms)
                .orElse(snapshot.arms());
    }

    private static Optional<ArmView> view(List<ArmView> views, String arm) {
        return views.stream().filter(each -> each.arm().equals(arm)).findFirst();
    }

    private Problem unreachable(int arm, String when) {
        String key = definition.arms().get(arm).key();
        String field = target.policy() instanceof FixedSplit
                ? (target.field().equals("shares") ? "" : "policy.") + "shares." + key
                : target.field();
        return Problem.field(
                field,
                "would serve '" + key + "', which could not be drawn " + when
                        + ": nobody has seen what it would have earned. Ask for a policy that leaves it out");
    }
}
