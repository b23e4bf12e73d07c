package dev.bandolier.server.report;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.server.wire.Reply;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The reports of this node, each computed once per standing and kept until the next.
///
/// Comparing arms costs milliseconds, with many arms and segments seconds. One report is computed at a time, and one
/// that took long is kept for longer while only its counts have changed: readers, however many, never take more than
/// one processor from those who decide, and those of one experiment a fifth of it. Guarded by its own lock; callers are
/// virtual threads.
final class Reports {

    /// More experiments than anybody watches at once.
    private static final long KEPT_MAX = 1_000;

    /// For so many times as long as it took to compute a report is good enough, if it is not outdated otherwise.
    private static final long REST = 4;

    private record Made(Experiment experiment, Snapshot standing, Reply reply, long tookNanos, long doneNanos) {

        private boolean serves(Experiment now, Snapshot latest) {
            boolean same = experiment.revision() == now.revision() && standing.version() == latest.version();
            return same && (standing.at().equals(latest.at()) || System.nanoTime() - doneNanos < REST * tookNanos);
        }
    }

    private final Cache<Long, Made> kept =
            Caffeine.newBuilder().maximumSize(KEPT_MAX).build();
    private final ReentrantLock turn = new ReentrantLock();

    /// The report on how an experiment stands.
    Reply of(Experiment experiment, Snapshot standing) {
        return lookUp(experiment, standing).orElseGet(() -> {
            turn.lock();
            try {
                return lookUp(experiment, standing).orElseGet(() -> compute(experiment, standing));
            } finally {
                turn.unlock();
            }
        });
    }

    private Optional<Reply> lookUp(Experiment experiment, Snapshot standing) {
        return Optional.ofNullable(kept.getIfPresent(experiment.id()))
                .filter(made -> made.serves(experiment, standing))
                .map(Made::reply);
    }

    private Reply compute(Experiment experiment, Snapshot standing) {
        long begunNanos = System.nanoTime();
        Reply reply = Reply.ok(Report.of(experiment, standing));
        long doneNanos = System.nanoTime();
        kept.put(experiment.id(), new Made(experiment, standing, reply, doneNanos - begunNanos, doneNanos));
        return reply;
    }
}
