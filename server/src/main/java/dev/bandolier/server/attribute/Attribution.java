package dev.bandolier.server.attribute;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.server.Settings;
import dev.bandolier.server.duty.Duty;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.ConversionLog;
import dev.bandolier.server.ledger.ConversionLog.Name;
import dev.bandolier.server.ledger.ConversionLog.Outcome;
import dev.bandolier.server.ledger.DecisionLog;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.RewardLog;
import dev.bandolier.server.postgres.Bell;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The duty that turns conversions into rewards, a bounded batch a turn, oldest first.
///
/// Rewards and marks are written in one transaction that holds the lease, so a conversion earns once, whoever dies
/// when.
public final class Attribution implements Duty {

    private final Settings settings;
    private final Board board;
    private final DecisionLog decisions;
    private final ConversionLog conversions;
    private final RewardLog rewards;
    private final Bell earned;

    /// The duty over these logs.
    ///
    /// @param board  which experiments count what
    /// @param earned rung when there are new rewards
    public Attribution(Settings settings, Board board, Ledger ledger, Bell earned) {
        this.settings = settings;
        this.board = board;
        this.decisions = ledger.decisions();
        this.conversions = ledger.conversions();
        this.rewards = ledger.rewards();
        this.earned = earned;
    }

    @Override
    public String name() {
        return "attribute";
    }

    @Override
    public int turn(SqlConnection connection) {
        List<Conversion> batch =
                conversions.unsettled(connection, settings.attribute().batchMax());
        if (batch.isEmpty()) {
            return 0;
        }
        // Another node may have decided for, and heard from, an experiment that this one has not read yet.
        board.refresh();
        Batch attributed = new Batch(
                read(connection, batch),
                settings.receive().clockTolerance(),
                settings.attribute().creditsMax());
        batch.forEach(attributed::attribute);
        rewards.append(connection, attributed.rewards());
        conversions.settle(connection, attributed.outcomes());
        List<Name> credited = attributed.outcomes().entrySet().stream()
                .filter(each -> each.getValue() != Outcome.WAITING)
                .map(Map.Entry::getKey)
                .toList();
        conversions.wake(connection, credited);
        return batch.size();
    }

    @Override
    public void committed() {
        earned.ring();
    }

    private Batch.Read read(SqlConnection connection, List<Conversion> batch) {
        Set<UnitKey> units = new HashSet<>();
        Set<Decision.Key> keys = new HashSet<>();
        // A set: two refunds of one order in one batch must not find its decision twice.
        Set<Name> reversals = new HashSet<>();
        for (Conversion conversion : batch) {
            if (conversion.reverses().isPresent()) {
                reversals.add(
                        new Name(conversion.source(), conversion.reverses().get()));
            } else if (conversion.decision().isPresent()) {
                keys.add(conversion.decision().get());
            } else {
                units.add(conversion.unit().orElseThrow());
            }
        }
        List<Name> reversed = List.copyOf(reversals);
        Map<UnitKey, List<Decision>> byUnit =
                decisions.ofUnits(connection, units).await();
        Map<Decision.Key, Decision> byKey = decisions.byKeys(connection, keys).await();
        Map<Name, List<Decision>> credited = rewards.ofEvents(connection, reversed);
        Set<Decision.Key> all = new HashSet<>(byKey.keySet());
        byUnit.values().forEach(found -> found.forEach(each -> all.add(each.key())));
        credited.values().forEach(found -> found.forEach(each -> all.add(each.key())));
        return new Batch.Read(
                board::withMetric,
                this::experiment,
                byUnit,
                byKey,
                credited,
                conversions.settled(connection, reversed),
                rewards.ofDecisions(connection, all));
    }

    private Experiment experiment(long id) {
        return board.get(id).map(Board.Live::experiment).orElse(null);
    }
}
