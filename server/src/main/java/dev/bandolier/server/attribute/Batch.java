package dev.bandolier.server.attribute;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.bandits.attribution.Earnings;
import dev.bandolier.bandits.attribution.Reward;
import dev.bandolier.bandits.attribution.Touch;
import dev.bandolier.server.ledger.ConversionLog.Name;
import dev.bandolier.server.ledger.ConversionLog.Outcome;
import dev.bandolier.server.ledger.RewardLog.Credited;
import dev.bandolier.server.ledger.RewardLog.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/// A batch of conversions being attributed: no I/O, the rows it needs were read before, the rows it makes are written
/// after.
///
/// Confined to the thread of the duty.
final class Batch {

    /// What was read for a batch.
    ///
    /// @param withMetric experiments that count a metric, or guard it
    /// @param byId       experiments by number, null where deleted
    /// @param byUnit     decisions of the units of the batch, draws per request left out
    /// @param byKey      decisions named by tokens
    /// @param credited   what the reversed conversions were credited to
    /// @param settled    reversed conversions that are settled, credited or not
    /// @param onRecord   where conversions that are settled again are on record
    /// @param accounts   what is on record with all these decisions, metric by metric
    /// @param covered    whether a conversion is under quarantine
    record Read(
            Function<String, List<Experiment>> withMetric,
            LongFunction<Experiment> byId,
            Map<UnitKey, List<Decision>> byUnit,
            Map<Decision.Key, Decision> byKey,
            Map<Name, List<Credited>> credited,
            Set<Name> settled,
            Map<Name, List<Credited>> onRecord,
            Map<Reward.Account, List<Entry>> accounts,
            Predicate<Conversion> covered) {}

    private final Read read;
    private final Duration tolerance;
    private final int creditsMax;
    private final Accounts accounts;
    private final OriginCounts origins;
    private final Map<Name, List<Credited>> credited;
    private final Map<Name, Outcome> outcomes = new LinkedHashMap<>();

    /// @param origins orders of each origin, to which those of the batch are added
    Batch(Read read, OriginCounts origins, Duration tolerance, int creditsMax) {
        this.read = read;
        this.tolerance = tolerance;
        this.creditsMax = creditsMax;
        this.accounts = new Accounts(read.accounts());
        this.origins = origins;
        this.credited = new HashMap<>();
        read.credited().forEach((name, all) -> credited.put(name, new ArrayList<>(all)));
    }

    /// The rewards so far, in order.
    List<Reward> rewards() {
        return accounts.rewards();
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

    /// Settles one conversion again that was put under quarantine, or released, since it was settled.
    void again(Conversion conversion) {
        Name name = new Name(conversion.source(), conversion.id());
        boolean covered = read.covered().test(conversion);
        boolean weighs = false;
        for (Credited each : read.onRecord().getOrDefault(name, List.of())) {
            Experiment experiment = read.byId().apply(each.decision().experiment());
            if (experiment != null) {
                accounts.settle(experiment, each, name, covered);
                weighs |= !voided(each, name);
                outcomes.put(name, weighs ? Outcome.CREDITED : covered ? Outcome.QUARANTINED : Outcome.CAPPED);
            }
        }
    }

    private boolean voided(Credited each, Name name) {
        return accounts.entry(each.account(), name).orElseThrow().settling().voided();
    }

    private Outcome credit(Conversion conversion, Name name) {
        List<Experiment> experiments = read.withMetric().apply(conversion.metric());
        Outcome outcome = Outcome.NO_EXPERIMENT;
        for (Experiment experiment : experiments) {
            Touch touch = new Touch(experiment.definition().objective().window(), tolerance);
            Touch.Found found = touch.find(candidates(conversion, experiment), conversion.at());
            Outcome here = switch (found) {
                case Touch.Found.Belongs(Decision decision) ->
                    credit(conversion, experiment, new Credited(decision, watched(conversion, experiment)), name);
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
        List<Credited> given = credited.get(original);
        if (given != null) {
            Outcome outcome = Outcome.NO_EXPERIMENT;
            for (Credited each : given) {
                outcome = better(outcome, takeBack(conversion, each));
            }
            return outcome;
        }
        boolean settled = read.settled().contains(original)
                || (outcomes.containsKey(original) && outcomes.get(original) != Outcome.WAITING);
        return settled ? Outcome.NOTHING_TO_REVERSE : Outcome.WAITING;
    }

    /// Takes back what a conversion gave, in whatever metric that was; and where guardrails watch the metric of what takes
    /// it back, as they watch refunds, that happened as well.
    private Outcome takeBack(Conversion conversion, Credited given) {
        Experiment experiment = read.byId().apply(given.decision().experiment());
        if (experiment == null) {
            return Outcome.NO_EXPERIMENT;
        }
        Earnings.Credit entry = entry(conversion, experiment, given, conversion.reverses());
        Outcome outcome = append(conversion, experiment, given, entry);
        Credited event = new Credited(given.decision(), Optional.of(conversion.metric()));
        boolean happened = entered(outcome)
                && experiment.definition().guardrails().guards(conversion.metric())
                && !event.metric().equals(given.metric());
        return happened
                ? better(outcome, credit(conversion, experiment, event, new Name(conversion.source(), conversion.id())))
                : outcome;
    }

    /// The metric that guardrails watch, if it is not that of the objective.
    private static Optional<String> watched(Conversion conversion, Experiment experiment) {
        String metric = conversion.metric();
        return experiment.definition().objective().metric().equals(metric) ? Optional.empty() : Optional.of(metric);
    }

    private Outcome credit(Conversion conversion, Experiment experiment, Credited to, Name name) {
        if (to.metric().isEmpty()
                && experiment.definition().objective().kind() == Objective.Kind.REVENUE
                && amount(conversion, experiment).isEmpty()) {
            // As an order worth nothing it would make every order of its arm look small.
            return Outcome.NO_VALUE;
        }
        if (to.decision().switched()) {
            // The unit has seen another arm before: served, kept, and not learned from.
            return Outcome.CREDITED;
        }
        Outcome outcome = append(conversion, experiment, to, entry(conversion, experiment, to, Optional.empty()));
        if (entered(outcome)) {
            credited.computeIfAbsent(name, first -> new ArrayList<>()).add(to);
        }
        return outcome;
    }

    /// The conversion as it is entered for one metric of a decision.
    ///
    /// @param reverses what it takes back there, if it is not an event of its own
    private static Earnings.Credit entry(
            Conversion conversion, Experiment experiment, Credited to, Optional<String> reverses) {
        return new Earnings.Credit(
                conversion.source(),
                conversion.id(),
                to.metric().isPresent() ? conversion.value() : amount(conversion, experiment),
                reverses,
                conversion.receivedAt());
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

    private Outcome append(Conversion conversion, Experiment experiment, Credited to, Earnings.Credit credit) {
        // A reversal takes back what was credited, so it is let in beyond the limit, as often as there are orders.
        boolean order = credit.reverses().isEmpty();
        if (accounts.size(to.account()) >= (order ? creditsMax : 2 * creditsMax)) {
            return Outcome.TOO_MANY;
        }
        boolean counted = order && to.metric().isEmpty();
        boolean capped =
                counted && origins.exceeds(experiment, conversion, to.decision().arm());
        boolean covered = read.covered().test(conversion);
        boolean voided = capped || covered || accounts.reversesWhatIsVoid(to, new Name(credit.source(), credit.id()));
        Optional<OriginKey> origin = accounts.reversed(to.account(), credit)
                .flatMap(reversed -> reversed.settling().origin())
                .or(conversion::origin);
        accounts.enter(experiment, to, credit, new Reward.Settling(0, voided, capped, origin));
        return capped && !covered ? Outcome.CAPPED : covered ? Outcome.QUARANTINED : Outcome.CREDITED;
    }

    /// Whether there is something to take back, now or when a quarantine ends.
    private static boolean entered(Outcome outcome) {
        return outcome == Outcome.CREDITED || outcome == Outcome.QUARANTINED;
    }

    /// What is told of a conversion that several experiments looked at: the best that any of them made of it.
    private static Outcome better(Outcome left, Outcome right) {
        return left.compareTo(right) <= 0 ? left : right;
    }
}
