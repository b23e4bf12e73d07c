package dev.bandolier.server.receive;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.bandits.attribution.Entitlement;
import dev.bandolier.bandits.attribution.Entitlement.Answer;
import dev.bandolier.bandits.attribution.Entitlement.Reason;
import dev.bandolier.server.wire.Problem;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rule that admits a conversion into the log: it fits an experiment, a decision, the window and the currency, or it
/// is refused by the name of the field that does not.
///
/// Refusing at the door tells the reporter at once what would otherwise be found out days later in a report. What is
/// admitted is attributed by the same rules.
///
/// @param tolerance how far the clocks of sender and server may differ
record Admission(Duration tolerance) {

    /// Why a conversion earns nothing of a decision that it does belong to.
    private static final Set<Reason> WORTHLESS = EnumSet.of(Reason.NO_VALUE, Reason.WRONG_CURRENCY);

    /// Refuses a conversion that no experiment would count.
    ///
    /// @param named       decision that its token names
    /// @param experiments those that count its metric, or guard it
    /// @param ofUnit      decisions of its unit, as [Entitlement#of] needs them
    /// @throws Problem 422 naming the field
    void check(Conversion conversion, Optional<Decision> named, List<Experiment> experiments, List<Decision> ofUnit) {
        if (experiments.isEmpty()) {
            throw Problem.field("metric", "no experiment that was started counts '" + conversion.metric() + "'");
        }
        checkTime(conversion);
        boolean order = conversion.reverses().isEmpty();
        List<Experiment> earning = order ? earning(conversion, named, experiments, ofUnit) : experiments;
        // Where guardrails watch the metric, that it happened is enough.
        if (earning.stream().anyMatch(each -> each.definition().guardrails().guards(conversion.metric()))) {
            return;
        }
        if (order) {
            checkValue(conversion, earning);
        }
        checkCurrency(conversion, earning);
    }

    /// Refuses what lies further in the future than clocks differ.
    ///
    /// @throws Problem 422 naming the field
    void checkTime(Conversion conversion) {
        if (conversion.at().isAfter(conversion.receivedAt().plus(tolerance))) {
            throw Problem.field(
                    "at",
                    "lies more than " + tolerance + " in the future of this server's clock, "
                            + conversion.receivedAt());
        }
    }

    /// Those of the experiments that have a decision to which the conversion belongs; at least one, or it is refused.
    private List<Experiment> earning(
            Conversion conversion, Optional<Decision> named, List<Experiment> experiments, List<Decision> ofUnit) {
        Map<Experiment, Answer> answers = new LinkedHashMap<>();
        experiments.forEach(each -> answers.put(each, new Entitlement(each, tolerance).of(conversion, named, ofUnit)));
        List<Experiment> earning = experiments.stream()
                .filter(each -> switch (answers.get(each)) {
                    case Answer.Earns earns -> true;
                    case Answer.Misses(Reason reason) -> WORTHLESS.contains(reason);
                })
                .toList();
        if (earning.isEmpty()) {
            throw nowhere(conversion, named, answers);
        }
        return earning;
    }

    /// The refusal of a conversion that belongs to no decision, by the nearest miss.
    private Problem nowhere(Conversion conversion, Optional<Decision> named, Map<Experiment, Answer> answers) {
        Map.Entry<Experiment, Answer> nearest = answers.entrySet().stream()
                .min((left, right) -> reason(left.getValue()).compareTo(reason(right.getValue())))
                .orElseThrow();
        Experiment experiment = nearest.getKey();
        return switch (reason(nearest.getValue())) {
            case TOO_LATE ->
                Problem.field(
                        "at",
                        "is too long ago: orders of '" + experiment.key() + "' may arrive until "
                                + experiment
                                        .definition()
                                        .objective()
                                        .crediting()
                                        .grace()
                                + " after the end of the window");
            case OUTSIDE_WINDOW ->
                Problem.field(
                        "at",
                        named.map(decision -> outside(experiment, decision)).orElse(OUTSIDE));
            case NO_DECISION ->
                Problem.field("unit", "no experiment that counts this metric has decided for this unit");
            case NEEDS_TOKEN ->
                Problem.field(
                        "decision",
                        "is required: '" + experiment.key()
                                + "' draws for every request, so a unit does not say which decision earned this");
            case OTHER_EXPERIMENT ->
                Problem.field("metric", "the decision's experiment does not count '" + conversion.metric() + "'");
            case NO_VALUE, WRONG_CURRENCY -> throw new IllegalStateException("it belongs to a decision");
        };
    }

    private static final String OUTSIDE = "lies outside the window of every decision of this unit";

    private static String outside(Experiment experiment, Decision named) {
        return experiment.id() == named.experiment()
                ? "lies outside the window of the decision, "
                        + experiment.definition().objective().window() + " from " + named.at()
                : OUTSIDE;
    }

    private static Reason reason(Answer answer) {
        return switch (answer) {
            case Answer.Misses(Reason reason) -> reason;
            case Answer.Earns earns -> throw new IllegalStateException("it earns something");
        };
    }

    /// An order without a value is a conversion, but it is no revenue.
    private static void checkValue(Conversion order, List<Experiment> experiments) {
        boolean revenue = experiments.stream()
                .allMatch(each -> each.definition().objective().kind() == Objective.Kind.REVENUE);
        if (revenue && order.value().isEmpty()) {
            Experiment first = experiments.getFirst();
            throw Problem.field(
                    "value",
                    "is required: '" + first.key() + "' learns what orders are worth, in "
                            + first.definition().objective().currency().orElseThrow());
        }
    }

    /// A shop with two currencies has experiments in both on one metric: one that the value fits is enough, since those
    /// that it does not fit count the conversion without it, or not at all if they learn revenue.
    private void checkCurrency(Conversion conversion, List<Experiment> experiments) {
        if (experiments.stream().noneMatch(each -> new Entitlement(each, tolerance).values(conversion))) {
            Experiment first = experiments.getFirst();
            throw Problem.field(
                    "currency",
                    "must be " + first.definition().objective().currency().orElseThrow() + ", the currency of '"
                            + first.key() + "', or one that it has a rate for");
        }
    }
}
