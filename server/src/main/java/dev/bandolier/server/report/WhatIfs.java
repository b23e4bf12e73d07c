package dev.bandolier.server.report;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.server.ledger.Group;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.TargetJson.Target;
import dev.bandolier.server.wire.Bench;
import dev.bandolier.server.wire.Line;
import dev.bandolier.server.wire.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The questions after other policies that this node has answered, each kept until the experiment stands otherwise, and
/// one that took long for longer, as [Reports] does.
///
/// Comparing arms costs milliseconds, and here it is done for every snapshot that served; so one question is answered at
/// a time, and few wait. Snapshots are read in pieces, and between two of these reports have their turn. Callers are
/// virtual threads.
final class WhatIfs {

    /// Answers that are kept, of some thousand characters each.
    private static final long KEPT_MAX = 500;

    /// Snapshots that are in memory at once.
    private static final int VERSIONS_MAX = 500;

    private record Question(long experiment, long revision, String target) {}

    private record Stand(long version, Instant at, Instant through) {}

    private record Answered(Stand stand, Reply reply, long tookNanos, long doneNanos) {

        private boolean serves(Stand now) {
            return stand.equals(now) || System.nanoTime() - doneNanos < Reports.REST * tookNanos;
        }
    }

    private final Ledger ledger;
    private final Tidings tidings;
    private final Bench bench;
    private final Line line;
    private final Cache<Question, Answered> kept =
            Caffeine.newBuilder().maximumSize(KEPT_MAX).build();

    /// Answers from these tables.
    ///
    /// @param bench      where they are computed
    /// @param waitingMax requests that may wait for their turn
    WhatIfs(Ledger ledger, Tidings tidings, Bench bench, int waitingMax) {
        this.ledger = ledger;
        this.tidings = tidings;
        this.bench = bench;
        this.line = new Line("questions after other policies", waitingMax);
    }

    /// What a policy would have earned with the units that have had their whole window.
    ///
    /// @param standing how the experiment stands
    /// @throws dev.bandolier.server.wire.Problem 422 naming what the log cannot say, 503 if too many wait
    Reply of(Experiment experiment, Snapshot standing, Target target) {
        Instant through = Tidings.mature(experiment, tidings.of(experiment));
        Stand stand = new Stand(standing.version(), standing.at(), through);
        Question question = new Question(
                experiment.id(),
                experiment.revision(),
                target.field() + target.shown().encode() + target.limits());
        return lookUp(question, stand)
                .orElseGet(() -> line.take(() -> lookUp(question, stand).orElseGet(() -> {
                    long begunNanos = System.nanoTime();
                    Reply reply = answer(experiment, standing, through, target);
                    long doneNanos = System.nanoTime();
                    kept.put(question, new Answered(stand, reply, doneNanos - begunNanos, doneNanos));
                    return reply;
                })));
    }

    private Optional<Reply> lookUp(Question question, Stand stand) {
        return Optional.ofNullable(kept.getIfPresent(question))
                .filter(each -> each.serves(stand))
                .map(Answered::reply);
    }

    private Reply answer(Experiment experiment, Snapshot standing, Instant through, Target target) {
        WhatIf whatIf = new WhatIf(experiment.definition(), target);
        Group.Asked asked = new Group.Asked(experiment.definition().objective().kind(), through, through);
        List<Lot> lots = Lot.of(ledger.counters().groups(ledger.pool(), experiment.id(), asked));
        for (List<Lot> piece : pieces(lots)) {
            Map<Long, Snapshot> snapshots = snapshots(experiment, piece);
            bench.compute(() -> add(whatIf, piece, snapshots));
        }
        return bench.compute(() -> Reply.ok(new WhatIfAnswer(experiment, standing, target).of(whatIf, through)));
    }

    private static int add(WhatIf whatIf, List<Lot> piece, Map<Long, Snapshot> snapshots) {
        for (Lot lot : piece) {
            Snapshot snapshot = snapshots.get(lot.version());
            if (snapshot != null) {
                whatIf.add(lot, snapshot);
            }
        }
        return piece.size();
    }

    /// The lots in their order, as many at a time as have no more versions than may be in memory.
    private static List<List<Lot>> pieces(List<Lot> lots) {
        List<List<Lot>> pieces = new ArrayList<>();
        Set<Long> versions = new HashSet<>();
        int from = 0;
        for (int i = 0; i < lots.size(); i++) {
            if (versions.add(lots.get(i).version()) && versions.size() > VERSIONS_MAX) {
                pieces.add(lots.subList(from, i));
                from = i;
                versions = new HashSet<>(Set.of(lots.get(i).version()));
            }
        }
        if (from < lots.size()) {
            pieces.add(lots.subList(from, lots.size()));
        }
        return pieces;
    }

    /// The snapshots of these lots, by version, as far as there are such.
    private Map<Long, Snapshot> snapshots(Experiment experiment, List<Lot> piece) {
        List<Long> versions = piece.stream().map(Lot::version).distinct().toList();
        Map<Long, Snapshot> found = new HashMap<>();
        ledger.snapshots()
                .versions(ledger.pool(), experiment.id(), versions)
                .forEach(each -> found.put(each.version(), each));
        return found;
    }
}
