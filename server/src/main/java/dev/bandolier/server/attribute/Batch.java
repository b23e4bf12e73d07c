package dev.bandolier.server.attribute;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.bandits.attribution.Earnings;
import dev.bandolier.bandits.attribution.Entitlement;
import dev.bandolier.bandits.attribution.Reward;
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
    /// @param byUnit     decisions of the units of the batch; of draws per request those that may be meant
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
    private Optional<Reattribution> over = Optional.empty();

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

    /// Attributes one conversion over again that was settled before, by the rules and definitions of now.
    ///
    /// @return whether anything of what it earned came out differently
    boolean over(Conversion conversion) {
        Name name = new Name(conversion.source(), conversion.id());
        credited.remove(name);
        Reattribution again = new Reattribution(accounts, name, read.onRecord().getOrDefault(name, List.of()));
        over = Optional.of(again);
        attribute(conversion);
        over = Optional.empty();
        return again.withdrawElsewhere(read.byId());
    }

    /// Settles one conversion again that was put under quarantine, or released, since it was settled.
    void again(Conversion conversion) {
        Name name = new Name(conversion.source(), conversion.id());
        boolean covered = read.covered().test(conversion);
        boolean weighs = false;
        for (Credited each : read.onRecord().getOrDefault(name, List.of())) {
            Experiment experiment = read.byId().apply(each.decision().experiment());
            if (experiment != null && !settling(each, name).withdrawn()) {
                accounts.settle(experiment, each, name, covered);
                weighs |= !settling(each, name).voided();
                outcomes.put(name, weighs ? Outcome.CREDITED : covered ? Outcome.QUARANTINED : Outcome.CAPPED);
            }
        }
    }

    private Reward.Settling settling(Credited each, Name name) {
        return accounts.entry(each.account(), name).orElseThrow().settling();
    }

    private Outcome credit(Conversion conversion, Name name) {
        List<Experiment> experiments = read.withMetric().apply(conversion.metric());
        Outcome outcome = Outcome.NO_EXPERIMENT;
        for (Experiment experiment : experiments) {
            outcome = better(outcome, credit(conversion, experiment, name));
        }
        return outcome;
    }

    private Outcome credit(Conversion conversion, Experiment experiment, Name name) {
        Optional<Decision> named = conversion
                .decision()
                .flatMap(key -> Optional.ofNullable(read.byKey().get(key)));
        List<Decision> ofUnit = conversion.unit().map(read.byUnit()::get).orElse(List.of());
        return switch (new Entitlement(experiment, tolerance).of(conversion, named, ofUnit)) {
            case Entitlement.Answer.Earns(Decision decision, Earnings.Credit credit) ->
                credit(conversion, experiment, new Credited(decision, watched(conversion, experiment)), credit, name);
            case Entitlement.Answer.Misses(Entitlement.Reason reason) -> Outcome.of(reason);
        };
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
        Credited event = new Credited(given.decision(), Optional.of(conversion.metric()));
        boolean happens = experiment.definition().guardrails().guards(conversion.metric())
                && !event.metric().equals(given.metric());
        Optional<Earnings.Credit> taken = taken(conversion, experiment, given);
        if (taken.isEmpty() && !happens) {
            return Outcome.WRONG_CURRENCY;
        }
        Outcome outcome = append(conversion, experiment, given, taken.orElseGet(() -> nothing(conversion)));
        if (!happens || !entered(outcome)) {
            return outcome;
        }
        Name name = new Name(conversion.source(), conversion.id());
        Earnings.Credit itself = Entitlement.event(conversion, Optional.empty());
        return better(outcome, credit(conversion, experiment, event, itself, name));
    }

    /// What a reversal takes back of what a conversion gave; nothing if nobody knows what it is worth.
    private Optional<Earnings.Credit> taken(Conversion conversion, Experiment experiment, Credited given) {
        if (given.metric().isPresent()) {
            return Optional.of(Entitlement.event(conversion, conversion.reverses()));
        }
        Name original = new Name(conversion.source(), conversion.reverses().orElseThrow());
        Earnings.Credit order =
                accounts.entry(given.account(), original).orElseThrow().credit();
        return new Entitlement(experiment, tolerance).reversal(conversion, order);
    }

    /// A part in a currency without a rate cannot be subtracted; it takes nothing back, where no value would take all.
    private static Earnings.Credit nothing(Conversion conversion) {
        return new Earnings.Credit(
                conversion.source(),
                conversion.id(),
                Optional.of(0L),
                conversion.reverses(),
                conversion.at(),
                conversion.receivedAt());
    }

    /// The metric that guardrails watch, if it is not that of the objective.
    private static Optional<String> watched(Conversion conversion, Experiment experiment) {
        String metric = conversion.metric();
        return experiment.definition().objective().metric().equals(metric) ? Optional.empty() : Optional.of(metric);
    }

    private Outcome credit(
            Conversion conversion, Experiment experiment, Credited to, Earnings.Credit credit, Name name) {
        if (to.decision().switched()) {
            // The unit has seen another arm before: served, kept, and not learned from.
            return Outcome.CREDITED;
        }
        Outcome outcome = append(conversion, experiment, to, credit);
        if (entered(outcome)) {
            credited.computeIfAbsent(name, first -> new ArrayList<>()).add(to);
        }
        return outcome;
    }

    private Outcome append(Conversion conversion, Experiment experiment, Credited to, Earnings.Credit credit) {
        // A reversal takes back what was credited, so it is let in beyond the limit, as often as there are orders.
        boolean order = credit.reverses().isEmpty();
        Name name = new Name(credit.source(), credit.id());
        boolean stands = accounts.entry(to.account(), name)
                .filter(each -> !each.settling().withdrawn())
                .isPresent();
        if (!stands && accounts.size(to.account()) >= (order ? creditsMax : 2 * creditsMax)) {
            return Outcome.TOO_MANY;
        }
        boolean covered = read.covered().test(conversion);
        Optional<Entry> before = over.flatMap(each -> each.restore(experiment, to, credit, covered));
        boolean capped = before.isPresent()
                ? before.get().settling().capped()
                : enter(conversion, experiment, to, credit, covered);
        return capped && !covered ? Outcome.CAPPED : covered ? Outcome.QUARANTINED : Outcome.CREDITED;
    }

    /// Enters a conversion that is not on record; whether its origin has too many.
    private boolean enter(
            Conversion conversion, Experiment experiment, Credited to, Earnings.Credit credit, boolean covered) {
        boolean counted = credit.reverses().isEmpty() && to.metric().isEmpty();
        boolean capped = counted
                && over.flatMap(each -> each.cappedIn(experiment))
                        .orElseGet(() -> origins.exceeds(
                                experiment, conversion, to.decision().arm()));
        boolean voided = capped || covered || accounts.reversesWhatIsVoid(to, new Name(credit.source(), credit.id()));
        Optional<OriginKey> origin = accounts.reversed(to.account(), credit)
                .flatMap(reversed -> reversed.settling().origin())
                .or(conversion::origin);
        // Over again it was settled before, as what earned nothing here: it did not arrive just now.
        int settledBefore = over.isPresent() ? 1 : 0;
        accounts.enter(experiment, to, credit, new Reward.Settling(settledBefore, voided, capped, origin));
        return capped;
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
