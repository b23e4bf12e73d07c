package dev.bandolier.server.attribute;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.bandits.attribution.Entitlement;
import dev.bandolier.bandits.guardrail.OriginCap;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.ConversionLog.Name;
import dev.bandolier.server.ledger.Draws;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.OriginTable.Day;
import dev.bandolier.server.ledger.RewardLog.Credited;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What is read for a batch, each table once.
///
/// Confined to the thread of the duty.
final class Reading {

    /// Experiments and days whose history is kept in mind.
    private static final int HISTORIES_MAX = 10_000;

    private record Past(long experiment, LocalDate before) {}

    private final Board board;
    private final Ledger ledger;
    private final Duration tolerance;
    private final Map<Past, Long> histories = new HashMap<>();

    /// Reads from these logs.
    ///
    /// @param board which experiments count what
    /// @param tolerance how far the clocks of senders and server may differ
    Reading(Board board, Ledger ledger, Duration tolerance) {
        this.board = board;
        this.ledger = ledger;
        this.tolerance = tolerance;
    }

    /// What a batch needs.
    ///
    /// @param again conversions that are settled again
    /// @param fresh conversions that are not settled yet
    Batch.Read read(SqlConnection connection, List<Conversion> again, List<Conversion> fresh) {
        // As they are now: of an experiment that starts meanwhile, nothing that is read here is known.
        Map<String, List<Experiment>> counting = new HashMap<>();
        Set<UnitKey> units = new HashSet<>();
        Set<Draws.Moment> moments = new HashSet<>();
        Set<Decision.Key> keys = new HashSet<>();
        // A set: two refunds of one order in one batch must not find its decision twice.
        Set<Name> reversals = new HashSet<>();
        for (Conversion conversion : fresh) {
            if (conversion.reverses().isPresent()) {
                reversals.add(
                        new Name(conversion.source(), conversion.reverses().get()));
                continue;
            }
            conversion.decision().ifPresent(keys::add);
            for (Experiment experiment : counting.computeIfAbsent(conversion.metric(), board::withMetric)) {
                Entitlement entitlement = new Entitlement(experiment, tolerance);
                if (entitlement.byUnit(conversion)) {
                    units.add(conversion.unit().orElseThrow());
                }
                Draws.Moment.of(entitlement, conversion).ifPresent(moments::add);
            }
        }
        List<Name> reversed = List.copyOf(reversals);
        Map<UnitKey, List<Decision>> byUnit =
                ledger.decisions().ofUnits(connection, units, moments).await();
        Map<Decision.Key, Decision> byKey =
                ledger.decisions().byKeys(connection, keys).await();
        Map<Name, List<Credited>> credited = ledger.rewards().ofEvents(connection, reversed);
        Map<Name, List<Credited>> onRecord = onRecord(connection, again);
        Set<Decision.Key> all = new HashSet<>(byKey.keySet());
        byUnit.values().forEach(found -> found.forEach(each -> all.add(each.key())));
        Stream.of(credited, onRecord)
                .flatMap(found -> found.values().stream())
                .forEach(found -> found.forEach(each -> all.add(each.decision().key())));
        List<Conversion> both = Stream.concat(again.stream(), fresh.stream()).toList();
        return new Batch.Read(
                metric -> counting.getOrDefault(metric, List.of()),
                this::experiment,
                byUnit,
                byKey,
                credited,
                ledger.conversions().settled(connection, reversed),
                onRecord,
                ledger.rewards().ofDecisions(connection, all),
                ledger.quarantines().inForce(connection, both)::covers);
    }

    /// How many orders the origins of these conversions have.
    OriginCounts counts(SqlConnection connection, List<Conversion> fresh) {
        Set<Day> days = new HashSet<>();
        Map<Past, Long> caps = new HashMap<>();
        for (Conversion order : fresh) {
            if (order.origin().isEmpty() || order.reverses().isPresent()) {
                continue;
            }
            OriginKey origin = order.origin().get();
            for (Experiment experiment : board.withMetric(order.metric())) {
                Day day = OriginCounts.day(experiment, origin, order.receivedAt());
                days.add(day);
                caps.computeIfAbsent(new Past(experiment.id(), day.day()), past -> cap(connection, experiment, past));
            }
        }
        return new OriginCounts(
                ledger.origins().counts(connection, days),
                (experiment, day) -> caps.getOrDefault(new Past(experiment.id(), day), (long)
                        experiment.definition().guardrails().originCap()));
    }

    /// Forgets what was read before.
    void forget() {
        histories.clear();
    }

    /// The cap of a day is read from the days before it, once, so that it does not move while it applies.
    private long cap(SqlConnection connection, Experiment experiment, Past past) {
        if (histories.size() > HISTORIES_MAX) {
            histories.clear();
        }
        long high = histories.computeIfAbsent(
                past, of -> OriginCap.of(0, ledger.origins().history(connection, of.experiment(), of.before())));
        return Math.max(high, experiment.definition().guardrails().originCap());
    }

    private Map<Name, List<Credited>> onRecord(SqlConnection connection, List<Conversion> again) {
        List<Name> names =
                again.stream().map(each -> new Name(each.source(), each.id())).toList();
        return names.isEmpty() ? Map.of() : ledger.rewards().onRecord(connection, names);
    }

    private Experiment experiment(long id) {
        return board.get(id).map(Board.Live::experiment).orElse(null);
    }
}
