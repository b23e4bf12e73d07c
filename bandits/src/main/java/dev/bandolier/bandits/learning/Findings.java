package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Guard.ArmEvidence;
import dev.bandolier.bandits.Guardrails.Harm;
import dev.bandolier.bandits.Verdict.Evidence;
import dev.bandolier.bandits.Verdict.Horizon;
import dev.bandolier.bandits.Verdict.Sample;
import dev.bandolier.bandits.guardrail.Case;
import dev.bandolier.bandits.guardrail.Docket;
import dev.bandolier.bandits.guardrail.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// What the tests of every arm against control say at one time. Not changed once made.
final class Findings {

    /// What is told of one arm: the strongest evidence of each sort, seldom more than one test.
    ///
    /// @param arm       key of the arm
    /// @param closed    for harm, from closed windows
    /// @param arrived   for harm, from what has arrived
    /// @param better    for being better, from closed windows
    /// @param logCaution logarithm of the e-value for harm, from what has arrived, divided by how many tests are made
    ///                   of how many arms
    /// @param tests      for harm, what is shown: of few arms every test, of many the strongest
    record OfArm(
            String arm,
            Optional<Evidence> closed,
            Optional<Evidence> arrived,
            Optional<Evidence> better,
            double logCaution,
            List<Evidence> tests) {

        /// The same as people are shown it.
        ArmEvidence shown() {
            return new ArmEvidence(arm, tests, better.map(List::of).orElse(List.of()));
        }
    }

    /// How far evidence is above what it has to reach.
    private static final Comparator<Evidence> STRONGEST =
            Comparator.comparingDouble(each -> each.logE() - each.logMost());

    /// Arms up to which every test is shown.
    private static final int SHOWN_ARMS_MAX = 10;

    private final Definition definition;
    private final Counters counters;
    private final Docket docket;
    private final Instant now;
    private final List<Trial> trials;
    private final Map<List<Instant>, Exposures> exposures = new HashMap<>();

    private Findings(Definition definition, Counters counters, Docket docket, Instant now) {
        this.definition = definition;
        this.counters = counters;
        this.docket = docket;
        this.now = now;
        this.trials = Trial.of(definition);
    }

    /// What the tests say about every arm but control, in the order of the definition; nothing if none is made.
    static List<OfArm> of(Definition definition, Counters counters, Docket docket, Instant now) {
        Findings findings = new Findings(definition, counters, docket, now);
        return definition
                .guardrails()
                .harm()
                .map(rules -> definition.arms().stream()
                        .filter(arm -> !arm.control())
                        .map(arm -> findings.of(arm, rules))
                        .toList())
                .orElse(List.of());
    }

    private OfArm of(Arm arm, Harm rules) {
        Docket.OfArm cases = docket.arms().get(arm.key());
        List<Evidence> closed = new ArrayList<>();
        List<Evidence> arrived = new ArrayList<>();
        List<Evidence> better = new ArrayList<>();
        int others = definition.arms().size() - 1;
        double caution = Double.NEGATIVE_INFINITY;
        for (Trial trial : cases == null ? List.<Trial>of() : trials) {
            Case of = cases.of(trial);
            Exposures seen = exposures(cases.from(), trial.horizon());
            Sample ofArm = new Sample(seen.of(arm.key()), 0, 0).plus(of.arm());
            long control = seen.of(definition.control().key()) + seen.heldOut();
            Sample ofControl = new Sample(control, 0, 0).plus(of.control());
            Evidence harm = new Evidence(
                    trial.name(),
                    trial.horizon(),
                    of.logHarm(rules.form()),
                    trial.logHarm(trials, rules, others),
                    ofArm,
                    ofControl);
            (trial.closed() ? closed : arrived).add(harm);
            if (!trial.closed()) {
                caution = Math.max(caution, of.harm().logE() - trial.logTests(trials, others));
            }
            if (trial.closed() && trial.gain().isPresent()) {
                better.add(new Evidence(
                        trial.name(),
                        trial.horizon(),
                        of.gain().logE(),
                        trial.logGain(trials, others),
                        ofArm,
                        ofControl));
            }
        }
        return new OfArm(
                arm.key(),
                closed.stream().max(STRONGEST),
                arrived.stream().max(STRONGEST),
                better.stream().max(STRONGEST),
                caution,
                shown(closed, arrived));
    }

    /// The strongest of each sort, of few arms by what is tested: a snapshot of a hundred arms has no room for more.
    private List<Evidence> shown(List<Evidence> closed, List<Evidence> arrived) {
        Map<String, Evidence> strongest = new LinkedHashMap<>();
        for (Evidence each : closed) {
            strongest.merge("closed " + name(each), each, BinaryOperator.maxBy(STRONGEST));
        }
        for (Evidence each : arrived) {
            strongest.merge("arrived " + name(each), each, BinaryOperator.maxBy(STRONGEST));
        }
        return List.copyOf(strongest.values());
    }

    private String name(Evidence each) {
        return definition.arms().size() <= SHOWN_ARMS_MAX ? each.metric() : "";
    }

    private Exposures exposures(Instant from, Horizon horizon) {
        Instant to = horizon == Horizon.ARRIVED ? now : docket.closed().getOrDefault(horizon, Instant.MIN);
        return exposures.computeIfAbsent(List.of(from, to), key -> Exposures.between(counters, from, to));
    }
}
