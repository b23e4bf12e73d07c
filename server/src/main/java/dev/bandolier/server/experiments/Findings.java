package dev.bandolier.server.experiments;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Prior.History;
import dev.bandolier.bandits.Prior.WarmStart;
import dev.bandolier.bandits.Tally;
import dev.bandolier.server.ledger.ConversionLog;
import dev.bandolier.server.ledger.CounterTable;
import dev.bandolier.server.ledger.ExperimentTable;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.PriorJson;
import dev.bandolier.server.wire.Problem;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// What a definition leaves to be found in the logs: the counts of a warm start, and the cap of revenue. Both are
/// frozen in the definition when they are found, so that what is believed stays a function of it and of its own
/// counters.
final class Findings {

    private static final String FROM = "prior.experiment";

    /// How far back orders are looked at for a cap (`methods.md` 1.2).
    private static final Duration CAP_LOOKS_BACK = Duration.ofDays(28);

    /// The fewest orders whose 99th percentile means anything.
    private static final long CAP_ORDERS_MIN = 100;

    private final ExperimentTable experiments;
    private final CounterTable counters;
    private final ConversionLog conversions;

    Findings(Ledger ledger) {
        this.experiments = ledger.experiments();
        this.counters = ledger.counters();
        this.conversions = ledger.conversions();
    }

    /// The definition with the counts of the experiment that it starts from, unless it has them already.
    ///
    /// @throws Problem 422 naming `prior.experiment` if nothing can be learned from that one
    Definition history(SqlConnection connection, Definition definition) {
        if (areComplete(definition) || !(definition.prior() instanceof WarmStart start)) {
            return definition;
        }
        String from = start.from().get();
        if (from.equals(definition.key())) {
            throw Problem.field(FROM, "is this experiment itself: its own counts are learned from anyway");
        }
        Experiment earlier = experiments.find(connection, from).orElseThrow(() -> Problem.noExperiment(FROM, from));
        checkComparable(definition.objective(), earlier);
        Map<String, History> histories = histories(definition, counters.drawn(connection, earlier.id()));
        checkWorth(definition.objective(), from, histories);
        checkSize(from, histories);
        if (histories.isEmpty()) {
            throw Problem.field(FROM, "'" + from + "' has no arm of the same key that anybody was sent to");
        }
        return definition.withPrior(new WarmStart(histories, start.discount(), start.exposuresMax(), start.from()));
    }

    /// Whether a definition leaves no counts to be found.
    static boolean areComplete(Definition definition) {
        return !(definition.prior() instanceof WarmStart start)
                || start.from().isEmpty()
                || !start.arms().isEmpty();
    }

    private static void checkComparable(Objective objective, Experiment earlier) {
        Objective other = earlier.definition().objective();
        boolean sameCurrency = objective.kind() != Objective.Kind.REVENUE
                || objective.currency().equals(other.currency());
        if (objective.kind() != other.kind() || !objective.metric().equals(other.metric()) || !sameCurrency) {
            throw Problem.field(
                    FROM,
                    "'" + earlier.key() + "' has another objective (kind, metric or currency), so its counts mean"
                            + " something else; give 'arms' with counts that you know to be comparable");
        }
    }

    private static Map<String, History> histories(Definition definition, Map<String, Tally> counted) {
        Map<String, History> histories = new HashMap<>();
        for (Arm arm : definition.arms()) {
            Tally drawn = counted.getOrDefault(arm.key(), Tally.ZERO);
            if (drawn.exposures() > 0) {
                // Rewards may be counted a moment before their decisions, and refunds may exceed what is left.
                long conversions = Math.clamp(drawn.conversions(), 0, drawn.exposures());
                long orders = Math.max(drawn.orders(), conversions);
                long value = conversions > 0 ? Math.max(drawn.value(), 0) : 0;
                histories.put(arm.key(), new History(drawn.exposures(), conversions, orders, value));
            }
        }
        return histories;
    }

    /// Orders that were worth nothing tell nothing of what an order is worth.
    private static void checkWorth(Objective objective, String from, Map<String, History> histories) {
        histories.forEach((arm, history) -> {
            if (objective.kind() == Objective.Kind.REVENUE && history.conversions() > 0 && history.value() == 0) {
                throw Problem.field(
                        FROM, "the conversions of arm '" + arm + "' of '" + from + "' were worth nothing; give 'arms'");
            }
        });
    }

    private static void checkSize(String from, Map<String, History> histories) {
        histories.forEach((arm, history) -> {
            if (Math.max(history.exposures(), history.orders()) > PriorJson.COUNT_MAX) {
                throw Problem.field(
                        FROM,
                        "arm '" + arm + "' of '" + from + "' has counted more than " + PriorJson.COUNT_MAX
                                + "; give 'arms' with a part of it");
            }
        });
    }

    /// The definition with a cap, if it is about revenue and has none: what 99 % of the orders of the last four weeks did
    /// not exceed.
    ///
    /// @throws Problem 422 naming `objective.cap` if there are too few orders to tell
    Definition cap(SqlConnection connection, Definition definition, Instant now) {
        Objective objective = definition.objective();
        if (objective.kind() != Objective.Kind.REVENUE || objective.cap().isPresent()) {
            return definition;
        }
        String currency = objective.currency().orElseThrow();
        ConversionLog.Values seen =
                conversions.values(connection, objective.metric(), currency, now.minus(CAP_LOOKS_BACK));
        if (seen.count() < CAP_ORDERS_MIN || seen.high() == 0) {
            throw Problem.field(
                    "objective.cap",
                    "is required: the most that the orders of one unit count for, as in \"250.00\". It is taken from"
                            + " the log if that has " + CAP_ORDERS_MIN + " conversions '" + objective.metric()
                            + "' with a value in " + currency + " of the last " + CAP_LOOKS_BACK.toDays()
                            + " days; it has " + seen.count());
        }
        return definition.withObjective(objective.withCap(seen.high()));
    }
}
