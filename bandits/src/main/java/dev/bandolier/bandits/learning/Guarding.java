package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Snapshot.ArmView;
import dev.bandolier.bandits.Snapshot.SegmentView;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.guardrail.RampProgress;
import dev.bandolier.bandits.guardrail.SampleRatio;
import dev.bandolier.bandits.guardrail.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// The step from what the policy would serve to what is served: what each guardrail finds, and what it takes away
/// (`methods.md` 7 and 10).
///
/// In this order: arms that do harm are named, to be paused; those that look harmful are held at their floor; what the
/// budget and the strict mode do not allow goes to control; then the ramp; and if feed or ratio are broken, shares stay
/// as they are, and after a while everybody gets control. Confined to the call that made it.
final class Guarding {

    /// What is left of an outlook.
    ///
    /// @param outlook what is believed, with the shares that are left
    /// @param guard   what the guardrails say
    /// @param watch   what they remember
    /// @param harmful keys of live arms that are to be paused
    record Guarded(Outlook outlook, Guard guard, Watch watch, Set<String> harmful) {}

    private final boolean running;
    private final Definition definition;
    private final Guardrails rules;
    private final Counters counters;
    private final Outlook outlook;
    private final Watch watch;
    private final Optional<Snapshot> served;
    private final Instant now;
    private final Rulings rulings;
    private final Restraint restraint;

    private Guarding(
            Experiment experiment,
            Counters counters,
            Outlook outlook,
            Watch watch,
            Optional<Snapshot> served,
            Instant now) {
        this.running = experiment.running();
        this.definition = experiment.definition();
        this.rules = definition.guardrails();
        this.counters = counters;
        this.outlook = outlook;
        this.watch = watch;
        this.served = served;
        this.now = now;
        this.rulings = new Rulings(watch.verdicts());
        this.restraint = new Restraint(definition);
    }

    /// What the guardrails leave of an outlook.
    ///
    /// @param watch  what they have seen, fitted to the definition
    /// @param served the snapshot that is served, if there is one
    static Guarded of(
            Experiment experiment,
            Counters counters,
            Outlook outlook,
            Watch watch,
            Optional<Snapshot> served,
            Instant now) {
        return new Guarding(experiment, counters, outlook, watch, served, now).guarded();
    }

    private Guarded guarded() {
        List<Findings.OfArm> findings = Findings.of(definition, counters, watch.docket(), now);
        Set<String> harmful = HarmRule.apply(findings, definition, rulings, restraint, now);
        origins();
        // Without control there is nothing to lose against, and nobody to give the rest to.
        boolean safe = definition.control().live();
        Optional<Guard.Spending> spending = rules.budget()
                .filter(budget -> safe)
                .map(budget -> BudgetRule.apply(budget, definition, counters, outlook, rulings, restraint, now));
        if (safe) {
            rules.strict()
                    .ifPresent(loss -> StrictRule.apply(loss, definition, counters, outlook, rulings, restraint, now));
        }
        boolean blocked = rules.ratio() && FreezeRule.ratio(watch, rulings, restraint, now);
        boolean tripped = rules.feed() && FreezeRule.feed(watch, rulings, restraint, now);
        Optional<RampProgress> ramp = ramp(findings, blocked, tripped);
        Guard guard = new Guard(
                OptionalDouble.of(definition.holdout()),
                rulings.all(),
                findings.stream().map(Findings.OfArm::shown).toList(),
                spending,
                ramp.map(each -> new Guard.RampStage(each.stage(), each.share(rules.ramp()))),
                heard(),
                rules.ratio() ? OptionalDouble.of(watch.ratio().logE()) : OptionalDouble.empty(),
                watch.top(),
                blocked || tripped);
        return new Guarded(left(blocked || tripped), guard, watch.with(ramp).with(rulings.all()), harmful);
    }

    private Optional<RampProgress> ramp(List<Findings.OfArm> findings, boolean blocked, boolean tripped) {
        if (rules.ramp().stages().isEmpty()) {
            return Optional.empty();
        }
        boolean clean = !blocked && (!rules.ratio() || watch.ratio().logE() < SampleRatio.LOG_WARN);
        return Optional.of(RampRule.apply(
                running, watch.ramp(), definition, counters, findings, clean, !tripped, rulings, restraint, now));
    }

    /// Who leads because of a few origins gets no more than he has, anywhere.
    private void origins() {
        for (Verdict each : rulings.all()) {
            if (each instanceof Verdict.LeadFragile fragile && definition.indexOf(fragile.arm()) >= 0) {
                served.filter(snapshot -> share(snapshot.arms(), fragile.arm()).isPresent())
                        .ifPresent(snapshot -> restraint.hold(
                                definition.indexOf(fragile.arm()),
                                segment -> share(views(snapshot, segment), fragile.arm())
                                        .orElse(0)));
            }
        }
    }

    /// What units of a segment are served, or all that are of none with shares of its own.
    private static List<ArmView> views(Snapshot snapshot, Optional<String> segment) {
        return snapshot.segments().stream()
                .filter(each ->
                        each.own() && segment.filter(each.segment()::equals).isPresent())
                .findFirst()
                .map(SegmentView::arms)
                .orElse(snapshot.arms());
    }

    private static OptionalDouble share(List<ArmView> views, String arm) {
        return views.stream()
                .filter(view -> view.arm().equals(arm))
                .mapToDouble(ArmView::share)
                .findFirst();
    }

    /// How the feed does, once there is something to hold it against.
    private Optional<Guard.Feed> heard() {
        return rules.feed() && watch.expected().isPresent()
                ? Optional.of(new Guard.Feed(
                        watch.expected().getAsDouble(),
                        watch.feed().silence().log(),
                        watch.feed().inflation().log()))
                : Optional.empty();
    }

    /// The outlook with what is left of its shares, or with those that are served if learning is frozen.
    private Outlook left(boolean frozen) {
        Allocation kept =
                served.map(Snapshot::arms).map(this::live).orElseGet(() -> Snapshot.allocation(outlook.arms()));
        List<ArmView> arms =
                shared(Optional.empty(), outlook.arms(), frozen ? kept : Snapshot.allocation(outlook.arms()), frozen);
        List<SegmentView> segments = new ArrayList<>();
        for (SegmentView segment : outlook.segments()) {
            Optional<SegmentView> before = served.flatMap(snapshot -> snapshot.segments().stream()
                    .filter(each -> each.segment().equals(segment.segment()))
                    .findFirst());
            boolean own = frozen ? before.map(SegmentView::own).orElse(false) : segment.own();
            Allocation wanted = !own
                    ? (frozen ? kept : Snapshot.allocation(outlook.arms()))
                    : frozen ? live(before.orElseThrow().arms()) : Snapshot.allocation(segment.arms());
            Optional<String> whose = own ? Optional.of(segment.segment()) : Optional.empty();
            segments.add(new SegmentView(segment.segment(), own, shared(whose, segment.arms(), wanted, frozen)));
        }
        return new Outlook(arms, segments, outlook.rest(), outlook.basis());
    }

    private List<ArmView> shared(Optional<String> segment, List<ArmView> views, Allocation wanted, boolean frozen) {
        Allocation left = frozen ? restraint.ofServed(segment, wanted) : restraint.of(segment, wanted);
        List<ArmView> shared = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            shared.add(views.get(i).withShare(left.probability(i)));
        }
        return shared;
    }

    /// The shares that are served, among the arms that are live by now; what the policy wants if that is none of them.
    private Allocation live(List<ArmView> views) {
        double[] shares = new double[definition.arms().size()];
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            Arm arm = definition.arms().get(i);
            shares[i] = arm.live() ? share(views, arm.key()).orElse(0) : 0;
            sum += shares[i];
        }
        return sum > 0 ? Allocation.proportional(shares) : Snapshot.allocation(outlook.arms());
    }
}
