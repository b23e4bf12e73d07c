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
import dev.bandolier.server.ledger.ReplayTable;
import dev.bandolier.server.ledger.ReplayTable.Walked;
import dev.bandolier.server.ledger.RewardLog;
import dev.bandolier.server.postgres.Bell;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The duty that turns conversions into rewards, a bounded batch a turn, oldest first; and takes back, or counts again,
/// those whose source or origin was put under quarantine, or released; and attributes over again what is replayed.
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
    private final ReplayTable replays;
    private final Bell earned;

    /// The duty over these logs.
    ///
    /// @param board  which experiments count what
    /// @param earned rung when there are new rewards
    public Attribution(Settings settings, Board board, Ledger ledger, Bell earned) {
        this.settings = settings;
        this.board = board;
        this.reading = new Reading(board, ledger, settings.receive().clockTolerance());
        this.conversions = ledger.conversions();
        this.rewards = ledger.rewards();
        this.origins = ledger.origins();
        this.quarantines = ledger.quarantines();
        this.replays = ledger.replays();
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
        Optional<ReplayTable.Step> replayed = replays.next(connection, batchMax);
        replayed.ifPresent(step -> conversions.rename(connection, step.unsettled()));
        List<Conversion> fresh = conversions.unsettled(connection, batchMax);
        if (fresh.isEmpty() && !walked.moved() && replayed.isEmpty()) {
            return 0;
        }
        // Another node may have decided for, and heard from, an experiment that this one has not read yet.
        board.refresh();
        List<Walked> over = replayed.map(ReplayTable.Step::settled).orElse(List.of());
        List<Conversion> again = over.stream().map(Walked::conversion).toList();
        List<Conversion> attributed = both(again, fresh);
        OriginCounts counts = reading.counts(connection, attributed);
        Batch batch = new Batch(
                reading.read(connection, both(walked.conversions(), again), attributed),
                counts,
                settings.receive().clockTolerance(),
                settings.attribute().creditsMax());
        walked.conversions().forEach(batch::again);
        long changed = over.stream().filter(each -> changes(batch, each)).count();
        fresh.forEach(batch::attribute);
        keep(connection, batch, counts, over);
        replayed.ifPresent(
                step -> replays.move(connection, step, changed, settings.clock().instant()));
        return walked.conversions().size() + attributed.size() + 1;
    }

    /// Attributes a conversion over again; whether anything of it came out differently.
    private static boolean changes(Batch batch, Walked walked) {
        boolean earned = batch.over(walked.conversion());
        boolean told = batch.outcomes().get(walked.name()) != walked.before();
        return earned || told || walked.countedAs().isPresent();
    }

    private void keep(SqlConnection connection, Batch batch, OriginCounts counts, List<Walked> over) {
        rewards.append(connection, batch.rewards());
        origins.add(connection, counts.added());
        Map<Name, String> countedAs = over.stream()
                .filter(each -> each.countedAs().isPresent())
                .collect(Collectors.toMap(Walked::name, each -> each.countedAs().orElseThrow()));
        conversions.settle(connection, batch.outcomes(), countedAs);
        List<Name> credited = batch.outcomes().entrySet().stream()
                .filter(each -> each.getValue() != Outcome.WAITING)
                .map(Map.Entry::getKey)
                .toList();
        conversions.wake(connection, credited);
    }

    private static List<Conversion> both(List<Conversion> first, List<Conversion> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
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
