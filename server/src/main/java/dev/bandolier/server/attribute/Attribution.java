package dev.bandolier.server.attribute;

import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.server.Settings;
import dev.bandolier.server.duty.Duty;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.ConversionLog;
import dev.bandolier.server.ledger.ConversionLog.Name;
import dev.bandolier.server.ledger.ConversionLog.Outcome;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.OriginTable;
import dev.bandolier.server.ledger.QuarantineTable;
import dev.bandolier.server.ledger.RewardLog;
import dev.bandolier.server.postgres.Bell;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;

/// The duty that turns conversions into rewards, a bounded batch a turn, oldest first; and takes back, or counts again,
/// those whose source or origin was put under quarantine, or released.
///
/// Rewards and marks are written in one transaction that holds the lease, so a conversion earns once, whoever dies
/// when.
public final class Attribution implements Duty {

    private final Settings settings;
    private final Board board;
    private final Reading reading;
    private final ConversionLog conversions;
    private final RewardLog rewards;
    private final OriginTable origins;
    private final QuarantineTable quarantines;
    private final Bell earned;

    /// The duty over these logs.
    ///
    /// @param board  which experiments count what
    /// @param earned rung when there are new rewards
    public Attribution(Settings settings, Board board, Ledger ledger, Bell earned) {
        this.settings = settings;
        this.board = board;
        this.reading = new Reading(board, ledger);
        this.conversions = ledger.conversions();
        this.rewards = ledger.rewards();
        this.origins = ledger.origins();
        this.quarantines = ledger.quarantines();
        this.earned = earned;
    }

    @Override
    public String name() {
        return "attribute";
    }

    @Override
    public int turn(SqlConnection connection) {
        int batchMax = settings.attribute().batchMax();
        // What was put under quarantine first: what is settled after it is settled as things stand, and walked later.
        QuarantineTable.Step walked = quarantines.walk(connection, batchMax);
        List<Conversion> fresh = conversions.unsettled(connection, batchMax);
        if (fresh.isEmpty() && !walked.moved()) {
            return 0;
        }
        // Another node may have decided for, and heard from, an experiment that this one has not read yet.
        board.refresh();
        OriginCounts counts = reading.counts(connection, fresh);
        Batch attributed = new Batch(
                reading.read(connection, walked.conversions(), fresh),
                counts,
                settings.receive().clockTolerance(),
                settings.attribute().creditsMax());
        walked.conversions().forEach(attributed::again);
        fresh.forEach(attributed::attribute);
        rewards.append(connection, attributed.rewards());
        origins.add(connection, counts.added());
        conversions.settle(connection, attributed.outcomes());
        List<Name> credited = attributed.outcomes().entrySet().stream()
                .filter(each -> each.getValue() != Outcome.WAITING)
                .map(Map.Entry::getKey)
                .toList();
        conversions.wake(connection, credited);
        return walked.conversions().size() + fresh.size() + 1;
    }

    @Override
    public void committed() {
        earned.ring();
    }

    @Override
    public void forget() {
        reading.forget();
    }
}
