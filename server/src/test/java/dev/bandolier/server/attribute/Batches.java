package dev.bandolier.server.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Crediting;
import dev.bandolier.bandits.Crediting.Orders;
import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.Prior;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.Uniform;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.bandits.attribution.Earnings;
import dev.bandolier.bandits.attribution.Reward;
import dev.bandolier.server.ledger.ConversionLog.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Experiments, decisions and conversions that tests of batches are made of.
final class Batches {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    static final UnitKey UNIT = new UnitKey(1, 2);
    static final Experiment EUROS = experiment(1, Stickiness.UNIT, Optional.of("EUR"));
    static final Experiment DOLLARS = experiment(2, Stickiness.UNIT, Optional.of("USD"));
    static final Experiment REQUESTS = experiment(3, Stickiness.NONE, Optional.empty());
    static final Experiment UNCAPPED = experiment(4, Stickiness.UNIT, Optional.of("EUR"), Optional.empty());
    static final Decision DECISION = decision(EUROS, 0);
    static final int CREDITS_MAX = 3;
    static final long ORIGIN_CAP = 2;
    static final OriginKey ORIGIN = new OriginKey(new UUID(0, 1));
    static final long CAP = 1_000_000;
    static final Experiment REVENUE =
            experiment(6, Objective.Kind.REVENUE, Stickiness.UNIT, Optional.of("USD"), Optional.of(CAP));

    static final Experiment WATCHING = experiment(
            8,
            Objective.Kind.CONVERSION,
            Stickiness.UNIT,
            Optional.of("EUR"),
            Optional.of(CAP),
            "refund",
            "unsubscribe");

    private Batches() {}

    static Batch batch(List<Experiment> experiments, List<Decision> decisions) {
        return batch(experiments, decisions, conversion -> false);
    }

    static Batch batch(List<Experiment> experiments, List<Decision> decisions, Predicate<Conversion> covered) {
        Map<Long, Experiment> byId =
                experiments.stream().collect(Collectors.toMap(Experiment::id, Function.identity()));
        Map<Decision.Key, Decision> byKey =
                decisions.stream().collect(Collectors.toMap(Decision::key, Function.identity()));
        List<Decision> standing = decisions.stream()
                .filter(each -> each.occasion() < Decision.REQUESTS_FROM)
                .toList();
        return new Batch(
                new Batch.Read(
                        metric -> experiments.stream()
                                .filter(each -> each.definition().credits(metric))
                                .toList(),
                        byId::get,
                        Map.of(UNIT, standing),
                        byKey,
                        Map.of(),
                        Set.of(),
                        Map.of(),
                        Map.of(),
                        covered),
                new OriginCounts(Map.of(), (experiment, day) -> ORIGIN_CAP),
                Duration.ofMinutes(10),
                CREDITS_MAX);
    }

    static Experiment experiment(long id, Stickiness sticky, Optional<String> currency) {
        return experiment(id, sticky, currency, Optional.of(CAP));
    }

    static Experiment experiment(long id, Stickiness sticky, Optional<String> currency, Optional<Long> cap) {
        return experiment(id, Objective.Kind.CONVERSION, sticky, currency, cap);
    }

    static Experiment experiment(
            long id,
            Objective.Kind kind,
            Stickiness sticky,
            Optional<String> currency,
            Optional<Long> cap,
            String... guarded) {
        return experiment(id, objective(kind, currency, cap), sticky, guarded);
    }

    private static Objective objective(Objective.Kind kind, Optional<String> currency, Optional<Long> cap) {
        return new Objective("purchase", kind, Duration.ofDays(7), Optional.empty(), currency, 0.02, cap);
    }

    private static Experiment experiment(long id, Objective objective, Stickiness sticky, String... guarded) {
        List<Arm> arms = List.of(new Arm("a", true, "{}", Arm.Status.LIVE), new Arm("b", false, "{}", Arm.Status.LIVE));
        Definition definition = new Definition(
                "e" + id,
                "E",
                "visitor",
                sticky,
                arms,
                objective,
                new Uniform(),
                new Prior.UnitSuccess(),
                new Limits(0, 1, 0, 1, 0),
                Drift.DEFAULT,
                Optional.empty(),
                0,
                new Guardrails(
                        Optional.empty(),
                        Stream.of(guarded)
                                .map(each -> new Guardrails.Metric(each, Guardrails.Direction.LOWER, 0.1))
                                .toList(),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        Guardrails.Ramp.NONE,
                        false,
                        false,
                        1,
                        Optional.empty()));
        return new Experiment(id, 1, Experiment.State.RUNNING, 1, 2, NOON, definition);
    }

    /// An experiment that draws for every request, and credits what comes without a token in this way.
    static Experiment touching(Crediting.Touching touch) {
        Crediting crediting = new Crediting(touch, Crediting.Orders.EVERY, Duration.ofDays(7), false, Map.of());
        return experiment(
                9,
                objective(Objective.Kind.CONVERSION, Optional.of("EUR"), Optional.of(CAP))
                        .withCrediting(crediting),
                Stickiness.NONE);
    }

    /// The decision as if it had been made three seconds later.
    static Decision later(Decision decision) {
        return new Decision(
                decision.experiment(),
                decision.unit(),
                decision.occasion(),
                decision.arm(),
                decision.propensity(),
                decision.version(),
                decision.segment(),
                decision.holdout(),
                decision.at().plusSeconds(3));
    }

    static Decision decision(Experiment experiment, long occasion) {
        return new Decision(experiment.id(), UNIT, occasion, "b", 0.5, 7, "", false, NOON);
    }

    static Conversion order(String id, long value) {
        return valued(id, "purchase", value, "EUR");
    }

    static Conversion valued(String id, String metric, long value, String currency) {
        return new Conversion(
                "api",
                id,
                metric,
                Optional.of(UNIT),
                Optional.empty(),
                Optional.of(value),
                Optional.of(currency),
                NOON.plusSeconds(5),
                NOON.plusSeconds(6),
                Optional.empty());
    }

    static Conversion byOrigin(OriginKey origin, Conversion order) {
        return new Conversion(
                order.source(),
                order.id(),
                order.metric(),
                order.unit(),
                order.decision(),
                order.value(),
                order.currency(),
                order.at(),
                order.receivedAt(),
                order.reverses(),
                Optional.of(origin));
    }

    static Conversion refund(String id, String reverses, Optional<Long> value) {
        return reversal(id, reverses, "purchase", value);
    }

    static Conversion reversal(String id, String reverses, String metric, Optional<Long> value) {
        return new Conversion(
                "api",
                id,
                metric,
                Optional.empty(),
                Optional.empty(),
                value,
                value.map(each -> "EUR"),
                NOON.plusSeconds(7),
                NOON.plusSeconds(8),
                Optional.of(reverses));
    }

    static Conversion conversion(String id, String metric, Optional<Decision.Key> decision, Instant at) {
        return new Conversion(
                "api",
                id,
                metric,
                Optional.of(UNIT),
                decision,
                Optional.empty(),
                Optional.empty(),
                at,
                at,
                Optional.empty());
    }

    static Name name(String id) {
        return new Name("api", id);
    }

    static Tally sum(Batch batch) {
        return sum(batch.rewards().stream());
    }

    static Tally sum(Batch batch, Experiment experiment) {
        return sum(batch.rewards().stream()
                .filter(each -> each.account().decision().experiment() == experiment.id()));
    }

    /// What was earned of a metric that is guarded.
    static Tally sum(Batch batch, String metric) {
        return sum(
                batch.rewards().stream().filter(each -> each.account().metric().equals(Optional.of(metric))));
    }

    static Tally ofObjectives(Batch batch) {
        return sum(
                batch.rewards().stream().filter(each -> each.account().metric().isEmpty()));
    }

    static Tally sum(Stream<Reward> rewards) {
        return rewards.map(Reward::change).reduce(Tally.ZERO, Tally::plus);
    }

    static Tally tally(long conversions, long orders, long value) {
        Tally expected = new Earnings(
                        List.of(new Earnings.Credit("x", "x", Optional.of(value), Optional.empty(), NOON, NOON)))
                .tally(Orders.EVERY, CAP);
        assertThat(List.of(expected.conversions(), expected.orders())).isEqualTo(List.of(conversions, orders));
        return expected;
    }
}
