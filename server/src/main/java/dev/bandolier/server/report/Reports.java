package dev.bandolier.server.report;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.server.ledger.Freshness;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.wire.Bench;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// The reports of this node, each computed once per standing and kept until the next.
///
/// Comparing arms costs milliseconds, with many arms and segments seconds, and so does reading what was drawn under
/// thousands of versions. One report is computed at a time, where nothing else is, and one that took long is kept for
/// longer while only its counts have changed: readers, however many, never take more than one processor from those who
/// decide, and those of one experiment a fifth of it. Reading is for the database to do: while one report waits for it, others are computed, but
/// nobody reads for the same one twice. What is of the moment, and one short statement, is read each time. Guarded by its
/// own locks; callers are virtual threads.
final class Reports {

    /// Bytes of all reports that are kept: one of 100 arms in 20 segments takes some megabytes.
    private static final long BYTES_MAX = 1 << 26;

    /// Bytes that a value takes, beside what it refers to: a number, or a key and its value.
    private static final int VALUE_BYTES = 24;

    private static final int ENTRY_BYTES = 64;

    /// Reports that are read for at the same time.
    private static final int READERS = 16;

    /// For so many times as long as it took to compute a report is good enough, if it is not outdated otherwise.
    static final long REST = 4;

    /// What a report is about.
    ///
    /// @param mature units of exposure buckets that start before this have had their whole window
    private record Asked(Experiment experiment, Snapshot standing, Instant mature) {}

    private record Made(Asked asked, JsonObject report, int bytes, long tookNanos, long doneNanos) {

        private boolean serves(Asked now) {
            boolean same = asked.experiment.revision() == now.experiment.revision()
                    && asked.standing.version() == now.standing.version();
            boolean counts = asked.standing.at().equals(now.standing.at()) && asked.mature.equals(now.mature);
            return same && (counts || System.nanoTime() - doneNanos < REST * tookNanos);
        }
    }

    private final Pool pool;
    private final Reader reader;
    private final InstantSource clock;
    private final Tidings tidings;
    private final Bench bench;
    private final Cache<Long, Made> kept = Caffeine.newBuilder()
            .maximumWeight(BYTES_MAX)
            .weigher((Long experiment, Made made) -> made.bytes())
            .build();
    private final ReentrantLock[] readers =
            Stream.generate(ReentrantLock::new).limit(READERS).toArray(ReentrantLock[]::new);
    private final ReentrantLock turn = new ReentrantLock();

    /// The reports over this ledger.
    Reports(Ledger ledger, InstantSource clock, Tidings tidings, Bench bench) {
        this.pool = ledger.pool();
        this.tidings = tidings;
        this.bench = bench;
        this.reader = new Reader(ledger.counters(), ledger.snapshots());
        this.clock = clock;
    }

    /// The report on how an experiment stands.
    Reply of(Experiment experiment, Snapshot standing) {
        Instant now = clock.instant();
        Freshness fresh = tidings.of(experiment);
        JsonObject report = of(new Asked(experiment, standing, Tidings.mature(experiment, fresh)), now);
        JsonObject whole = new JsonObject(new LinkedHashMap<>(report.getMap()));
        return Reply.ok(whole.put("sanity", Sanity.json(experiment, standing, fresh)));
    }

    private JsonObject of(Asked asked, Instant now) {
        return lookUp(asked).orElseGet(() -> {
            ReentrantLock own = readers[(int) (asked.experiment.id() % READERS)];
            own.lock();
            try {
                return lookUp(asked).orElseGet(() -> make(asked, now));
            } finally {
                own.unlock();
            }
        });
    }

    private Optional<JsonObject> lookUp(Asked asked) {
        return Optional.ofNullable(kept.getIfPresent(asked.experiment.id()))
                .filter(made -> made.serves(asked))
                .map(Made::report);
    }

    private JsonObject make(Asked asked, Instant now) {
        long begunNanos = System.nanoTime();
        Facts facts = reader.read(pool, asked.experiment, asked.mature, now);
        long readNanos = System.nanoTime() - begunNanos;
        turn.lock();
        try {
            Made made = bench.compute(() -> made(asked, facts, readNanos));
            kept.put(asked.experiment.id(), made);
            return made.report();
        } finally {
            turn.unlock();
        }
    }

    private static Made made(Asked asked, Facts facts, long readNanos) {
        long begunNanos = System.nanoTime();
        JsonObject report = Report.of(asked.experiment, asked.standing, facts);
        int bytes = bytes(report);
        long doneNanos = System.nanoTime();
        return new Made(asked, report, bytes, readNanos + doneNanos - begunNanos, doneNanos);
    }

    /// Bytes that a piece of a report takes in memory, about.
    static int bytes(Object piece) {
        return switch (piece) {
            case JsonObject object -> bytes(object.getMap());
            case JsonArray array -> bytes(array.getList());
            case Map<?, ?> map ->
                map.values().stream()
                        .mapToInt(each -> ENTRY_BYTES + bytes(each))
                        .sum();
            case List<?> list -> list.stream().mapToInt(Reports::bytes).sum();
            case String text -> VALUE_BYTES + text.length();
            case null, default -> VALUE_BYTES;
        };
    }
}
