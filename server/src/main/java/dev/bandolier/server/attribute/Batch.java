package dev.bandolier.server.attribute;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.DelayBins;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.bandits.attribution.Earnings;
import dev.bandolier.bandits.attribution.Reward;
import dev.bandolier.bandits.attribution.Touch;
import dev.bandolier.server.ledger.ConversionLog.Name;
import dev.bandolier.server.ledger.ConversionLog.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;

/// A batch of conversions being attributed: no I/O, the rows it needs were read before, the rows it makes are written
/// after.
///
/// Confined to the thread of the duty.
final class Batch {

    /// What was read for a batch.
    ///
    /// @param withMetric experiments that count a metric
    /// @param byId       experiments by number, null where deleted
    /// @param byUnit     decisions of the units of the batch, draws per request left out
    /// @param byKey      decisions named by tokens
    /// @param credited   decisions that the reversed conversions were credited to
    /// @param settled    reversed conversions that are settled, credited or not
    /// @param earnings   what all these decisions earned before
    record Read(
            Function<String, List<Experiment>> withMetric,
            LongFunction<Experiment> byId,
            Map<UnitKey, List<Decision>> byUnit,
            Map<Decision.Key, Decision> byKey,
            Map<Name, List<Decision>> credited,
            Set<Name> settled,
            Map<Decision.Key, Earnings> earnings) {}

    private final Read read;
    private final Duration tolerance;
    private final int creditsMax;
    private final Map<Duration, DelayBins> grids = new HashMap<>();
    private final Map<Decision.Key, Earnings> earnings;
    private final Map<Name, List<Decision>> credited;
    private final List<Reward> rewards = new ArrayList<>();
    private final Map<Name, Outcome> outcomes = new LinkedHashMap<>();

    Batch(Read read, Duration tolerance, int creditsMax) {
        this.read = read;
        this.tolerance = tolerance;
        this.creditsMax = creditsMax;
        this.earnings = new HashMap<>(read.earnings());
        this.credited = new HashMap<>(read.credited());
    }

    /// The rewards so far, in order.
    List<Reward> rewards() {
        return rewards;
    }

    /// What became of each conversion so far.
    Map<Name, Outcome> outcomes() {
        return outcomes;
    }

    /// Attributes one conversion.
    void attribute(Conversion conversion) {
        Name name = new Name(conversion.source(), conversion.id());
        outcomes.put(name, conversion.reverses().isPresent() ? reverse(conversion) : credit(conversion, name));
    }

    private Outcome credit(Conversion conversion, Name name) {
        List<Experiment> experiments = read.withMetric().apply(conversion.metric());
        Outcome outcome = Outcome.NO_EXPERIMENT;
        for (Experiment experiment : experiments) {
            Touch touch = new Touch(experiment.definition().objective().window(), tolerance);
            Touch.Found found = touch.find(candidates(conversion, experiment), conversion.at());
            Outcome here = switch (found) {
                case Touch.Found.Belongs(Decision decision) -> credit(conversion, experiment, decision, name);
                case Touch.Found.OutsideWindow outside -> Outcome.OUTSIDE_WINDOW;
                case Touch.Found.NoDecision none -> Outcome.NO_DECISION;
            };
            outcome = better(outcome, here);
        }
        return outcome;
    }

    /// The decisions of this experiment that the conversion may belong to: the one its token names, or those of its
    /// unit.
    private List<Decision> candidates(Conversion conversion, Experiment experiment) {
        if (conversion.decision().isPresent()) {
            Decision named = read.byKey().get(conversion.decision().get());
            return named != null && named.experiment() == experiment.id() ? List.of(named) : List.of();
        }
        if (experiment.definition().sticky() == Stickiness.NONE) {
            return List.of();
        }
        return read.byUnit().getOrDefault(conversion.unit().orElseThrow(), List.of()).stream()
                .filter(each -> each.experiment() == experiment.id())
                .toList();
    }

    private Outcome reverse(Conversion conversion) {
        Name original = new Name(conversion.source(), conversion.reverses().orElseThrow());
        List<Decision> decisions = credited.get(original);
        if (decisions != null) {
            Outcome outcome = Outcome.NO_EXPERIMENT;
            for (Decision decision : decisions) {
                Experiment experiment = read.byId().apply(decision.experiment());
                outcome = better(outcome, append(conversion, experiment, decision));
            }
            return outcome;
        }
        boolean settled = read.settled().contains(original)
                || (outcomes.containsKey(original) && outcomes.get(original) != Outcome.WAITING);
        return settled ? Outcome.NOTHING_TO_REVERSE : Outcome.WAITING;
    }

    private Outcome credit(Conversion conversion, Experiment experiment, Decision decision, Name name) {
        if (experiment.definition().objective().kind() == Objective.Kind.REVENUE
                && amount(conversion, experiment).isEmpty()) {
            // As an order worth nothing it would make every order of its arm look small.
            return Outcome.NO_VALUE;
        }
        if (decision.switched()) {
            // The unit has seen another arm before: served, kept, and not learned from.
            return Outcome.CREDITED;
        }
        Outcome outcome = append(conversion, experiment, decision);
        if (outcome == Outcome.CREDITED) {
            credited.computeIfAbsent(name, first -> new ArrayList<>()).add(decision);
        }
        return outcome;
    }

    /// What a conversion is worth to an experiment: its value as reported, if the experiment names no other currency.
    /// A part of an order in another currency cannot be subtracted; it takes nothing back, where no value would take all.
    private static Optional<Long> amount(Conversion conversion, Experiment experiment) {
        Optional<String> currency = experiment.definition().objective().currency();
        if (currency.isEmpty() || currency.equals(conversion.currency())) {
            return conversion.value();
        }
        return conversion.reverses().isPresent() ? conversion.value().map(part -> 0L) : Optional.empty();
    }

    private Outcome append(Conversion conversion, Experiment experiment, Decision decision) {
        if (experiment == null) {
            return Outcome.NO_EXPERIMENT;
        }
        Earnings before = earnings.getOrDefault(decision.key(), Earnings.NONE);
        // A reversal takes back what was credited, so it is let in beyond the limit, as often as there are orders.
        boolean order = conversion.reverses().isEmpty();
        if (before.credits().size() >= (order ? creditsMax : 2 * creditsMax)) {
            return Outcome.TOO_MANY;
        }
        Earnings.Credit credit = new Earnings.Credit(
                conversion.source(),
                conversion.id(),
                amount(conversion, experiment),
                conversion.reverses(),
                conversion.receivedAt());
        Earnings after = before.plus(credit);
        Counters.Cell cell = new Counters.Cell(
                decision.segment(),
                decision.version(),
                decision.arm(),
                decision.holdout(),
                experiment.bucketOf(decision.at()));
        Objective objective = experiment.definition().objective();
        long cap = objective.cap().orElse(Long.MAX_VALUE);
        earnings.put(decision.key(), after);
        rewards.add(new Reward(
                decision.key(),
                credit,
                cell,
                after.tally(cap).minus(before.tally(cap)),
                delay(before, decision, objective),
                delay(after, decision, objective)));
        return Outcome.CREDITED;
    }

    /// The bin of the time until it was heard that the unit converted: its arrival counts, and not when it happened,
    /// because the learner needs to know what it has not heard of yet.
    private OptionalInt delay(Earnings earnings, Decision decision, Objective objective) {
        Optional<Instant> heard = earnings.heardAt();
        if (heard.isEmpty()) {
            return OptionalInt.empty();
        }
        DelayBins grid = grids.computeIfAbsent(objective.window(), DelayBins::of);
        return OptionalInt.of(grid.binOf(Duration.between(decision.at(), heard.get())));
    }

    /// What is told of a conversion that several experiments looked at: the best that any of them made of it.
    private static Outcome better(Outcome left, Outcome right) {
        return left.compareTo(right) <= 0 ? left : right;
    }
}
