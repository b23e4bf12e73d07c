package dev.bandolier.server.receive;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.bandits.attribution.Touch;
import dev.bandolier.server.wire.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rule that admits a claim into the log: it fits an experiment, a decision, the window and the currency, or it is
/// refused
/// by the name of the field that does not.
///
/// Refusing at the door tells the reporter at once what would otherwise be found out days later in a report. What is
/// admitted
/// is attributed by the same rules.
///
/// @param source    who reports
/// @param tolerance how far the clocks of sender and server may differ
record Admission(String source, Duration tolerance) {

    /// A claim with what its texts stand for.
    ///
    /// @param claim    the claim
    /// @param unit     key of its unit, or of its token's unit
    /// @param decision decision that its token names
    /// @param origin   key of its origin
    record Known(Claim claim, Optional<UnitKey> unit, Optional<Decision> decision, Optional<OriginKey> origin) {}

    /// The conversion to log.
    ///
    /// @param experiments those that count the claim's metric, or guard it
    /// @param decisions   all decisions of its unit, if it came without a token
    /// @throws Problem 422 naming the field
    Conversion admit(Known known, List<Experiment> experiments, List<Decision> decisions, Instant now) {
        Claim claim = known.claim();
        if (experiments.isEmpty()) {
            throw Problem.field("metric", "no experiment that was started counts '" + claim.metric() + "'");
        }
        if (claim.at().isAfter(now.plus(tolerance))) {
            throw Problem.field("at", "lies more than " + tolerance + " in the future of this server's clock, " + now);
        }
        boolean order = claim.reverses().isEmpty();
        List<Experiment> earning = order ? earning(known, experiments, decisions) : experiments;
        // Where guardrails watch the metric, that it happened is enough.
        boolean watched =
                earning.stream().anyMatch(each -> each.definition().guardrails().guards(claim.metric()));
        if (order && !watched) {
            checkValue(claim, earning);
        }
        if (!watched) {
            checkCurrency(claim, earning);
        }
        return new Conversion(
                source,
                claim.id(),
                claim.metric(),
                known.unit(),
                known.decision().map(Decision::key),
                claim.value(),
                claim.currency(),
                claim.at(),
                now,
                claim.reverses(),
                known.origin());
    }

    /// Those of the experiments that have a decision to which the claim belongs; at least one, or it is refused.
    private List<Experiment> earning(Known known, List<Experiment> experiments, List<Decision> decisions) {
        if (known.decision().isPresent()) {
            return List.of(named(known.claim(), known.decision().get(), experiments));
        }
        List<Experiment> sticky = experiments.stream()
                .filter(each -> each.definition().sticky() == Stickiness.UNIT)
                .toList();
        if (sticky.isEmpty()) {
            throw Problem.field(
                    "decision",
                    "is required: '" + experiments.getFirst().key()
                            + "' draws for every request, so a unit does not say " + "which decision earned this");
        }
        List<Experiment> earning = new ArrayList<>();
        boolean late = false;
        for (Experiment experiment : sticky) {
            List<Decision> own = decisions.stream()
                    .filter(each -> each.experiment() == experiment.id())
                    .toList();
            switch (touch(experiment).find(own, known.claim().at())) {
                case Touch.Found.Belongs belongs -> earning.add(experiment);
                case Touch.Found.OutsideWindow outside -> late = true;
                case Touch.Found.NoDecision none -> {
                    // Another experiment may have decided for this unit.
                }
            }
        }
        if (!earning.isEmpty()) {
            return earning;
        }
        throw late
                ? Problem.field("at", "lies outside the window of every decision of this unit")
                : Problem.field("unit", "no experiment that counts this metric has decided for this unit");
    }

    private Experiment named(Claim claim, Decision decision, List<Experiment> experiments) {
        Experiment experiment = experiments.stream()
                .filter(each -> each.id() == decision.experiment())
                .findFirst()
                .orElseThrow(() ->
                        Problem.field("metric", "the decision's experiment does not count '" + claim.metric() + "'"));
        if (!touch(experiment).within(decision, claim.at())) {
            throw Problem.field(
                    "at",
                    "lies outside the window of the decision, "
                            + experiment.definition().objective().window() + " from " + decision.at());
        }
        return experiment;
    }

    /// An order without a value is a conversion, but it is no revenue.
    private static void checkValue(Claim claim, List<Experiment> experiments) {
        boolean revenue = experiments.stream()
                .allMatch(each -> each.definition().objective().kind() == Objective.Kind.REVENUE);
        if (revenue && claim.value().isEmpty()) {
            throw Problem.field(
                    "value",
                    "is required: '" + experiments.getFirst().key() + "' learns what orders are worth, in "
                            + experiments
                                    .getFirst()
                                    .definition()
                                    .objective()
                                    .currency()
                                    .orElseThrow());
        }
    }

    /// A shop with two currencies has experiments in both on one metric: one that the value fits is enough, since those
    /// that it does not fit count the conversion without it, or not at all if they learn revenue.
    private static void checkCurrency(Claim claim, List<Experiment> experiments) {
        List<Optional<String>> wanted = experiments.stream()
                .map(each -> each.definition().objective().currency())
                .toList();
        if (claim.value().isEmpty() || wanted.contains(Optional.<String>empty()) || wanted.contains(claim.currency())) {
            return;
        }
        throw Problem.field(
                "currency",
                "must be " + wanted.getFirst().orElseThrow() + ", the currency of '"
                        + experiments.getFirst().key() + "'");
    }

    private Touch touch(Experiment experiment) {
        return new Touch(experiment.definition().objective().window(), tolerance);
    }
}
