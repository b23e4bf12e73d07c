package dev.bandolier.server.receive;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.bandits.attribution.Touch;
import dev.bandolier.server.wire.Problem;
import java.time.Duration;
import java.time.Instant;
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
    record Known(Claim claim, Optional<UnitKey> unit, Optional<Decision> decision) {}

    /// The conversion to log.
    ///
    /// @param experiments those that count the claim's metric
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
        if (claim.reverses().isEmpty()) {
            checkTouch(known, experiments, decisions);
        }
        checkCurrency(claim, experiments);
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
                claim.reverses());
    }

    private void checkTouch(Known known, List<Experiment> experiments, List<Decision> decisions) {
        if (known.decision().isPresent()) {
            checkToken(known.claim(), known.decision().get(), experiments);
            return;
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
        boolean late = false;
        for (Experiment experiment : sticky) {
            List<Decision> own = decisions.stream()
                    .filter(each -> each.experiment() == experiment.id())
                    .toList();
            switch (touch(experiment).find(own, known.claim().at())) {
                case Touch.Found.Belongs belongs -> {
                    return;
                }
                case Touch.Found.OutsideWindow outside -> late = true;
                case Touch.Found.NoDecision none -> {
                    // Another experiment may have decided for this unit.
                }
            }
        }
        throw late
                ? Problem.field("at", "lies outside the window of every decision of this unit")
                : Problem.field("unit", "no experiment that counts this metric has decided for this unit");
    }

    private void checkToken(Claim claim, Decision decision, List<Experiment> experiments) {
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
    }

    private static void checkCurrency(Claim claim, List<Experiment> experiments) {
        if (claim.value().isEmpty()) {
            return;
        }
        for (Experiment experiment : experiments) {
            Optional<String> wanted = experiment.definition().objective().currency();
            if (wanted.isPresent() && !wanted.equals(claim.currency())) {
                throw Problem.field(
                        "currency", "must be " + wanted.get() + ", the currency of '" + experiment.key() + "'");
            }
        }
    }

    private Touch touch(Experiment experiment) {
        return new Touch(experiment.definition().objective().window(), tolerance);
    }
}
