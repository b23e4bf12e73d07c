package dev.bandolier.server.report;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.SnapshotLog;
import dev.bandolier.server.ledger.SnapshotLog.Allocated;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// `GET /v1/sparks`: how all experiments divided their traffic lately, thinned so that one answer holds them.
///
/// An answer is kept for some seconds, and one is made at a time: however many look, the database is asked once. Guarded
/// by its own lock; callers are virtual threads.
public final class SparkRoutes {

    private static final int POINTS_DEFAULT = 40;
    private static final int POINTS_MIN = 2;
    private static final int POINTS_MAX = 200;
    private static final int DAYS_DEFAULT = 7;
    private static final int DAYS_MAX = 90;

    /// The most shares in one answer, about 2 MB of JSON: of more arms than fit, each experiment gets fewer points.
    private static final int SHARES_MAX = 300_000;

    /// Newer snapshots come over the live feed, so an answer that is this old lacks nothing for those who watch.
    private static final Duration KEPT = Duration.ofSeconds(5);

    private static final long ANSWERS_MAX = 16;

    /// Shares are drawn some dozen pixels high.
    private static final double DECIMALS = 1e4;

    private record Asked(int points, int days) {}

    private final Pool pool;
    private final Board board;
    private final SnapshotLog snapshots;
    private final InstantSource clock;
    private final Cache<Asked, Reply> kept = Caffeine.newBuilder()
            .maximumSize(ANSWERS_MAX)
            .expireAfterWrite(KEPT)
            .build();
    private final ReentrantLock turn = new ReentrantLock();

    /// The route over this log.
    ///
    /// @param board which experiments there are, and their arms
    public SparkRoutes(Ledger ledger, Board board, InstantSource clock) {
        this.pool = ledger.pool();
        this.board = board;
        this.snapshots = ledger.snapshots();
        this.clock = clock;
    }

    /// The endpoints of this room.
    public List<Endpoint> endpoints() {
        return List.of(new Endpoint(HttpMethod.GET, "/v1/sparks", this::sparks));
    }

    private Reply sparks(Call call) {
        Asked asked = new Asked(
                call.number("points", POINTS_DEFAULT, POINTS_MIN, POINTS_MAX),
                call.number("days", DAYS_DEFAULT, 1, DAYS_MAX));
        return Optional.ofNullable(kept.getIfPresent(asked)).orElseGet(() -> made(asked));
    }

    private Reply made(Asked asked) {
        turn.lock();
        try {
            Reply known = kept.getIfPresent(asked);
            if (known != null) {
                return known;
            }
            Reply reply = Reply.ok(read(asked));
            kept.put(asked, reply);
            return reply;
        } finally {
            turn.unlock();
        }
    }

    private JsonObject read(Asked asked) {
        Instant now = clock.instant();
        Instant from = now.minus(Duration.ofDays(asked.days()));
        List<Experiment> started = board.all().stream()
                .map(Board.Live::experiment)
                .filter(each -> each.state() != Experiment.State.DRAFT)
                .sorted(Comparator.comparing(Experiment::key))
                .toList();
        Map<Long, List<Allocated>> found = snapshots
                .sparks(pool, started.stream().map(Experiment::id).toList(), from, points(asked.points(), started))
                .stream()
                .collect(Collectors.groupingBy(Allocated::experiment));
        JsonArray sparks = new JsonArray();
        started.forEach(each -> sparks.add(show(each, found.getOrDefault(each.id(), List.of()))));
        return new JsonObject()
                .put("from", from.toString())
                .put("to", now.toString())
                .put("sparks", sparks);
    }

    private static int points(int wanted, List<Experiment> experiments) {
        int arms = experiments.stream()
                .mapToInt(each -> each.definition().arms().size())
                .sum();
        return Math.max(POINTS_MIN, Math.min(wanted, SHARES_MAX / Math.max(1, arms)));
    }

    private static JsonObject show(Experiment experiment, List<Allocated> allocated) {
        List<String> arms =
                experiment.definition().arms().stream().map(Arm::key).toList();
        JsonArray at = new JsonArray();
        JsonArray shares = new JsonArray();
        for (Allocated each : allocated) {
            at.add(each.at().toString());
            List<Double> row = new ArrayList<>();
            arms.forEach(arm -> row.add(Math.round(each.shares().getOrDefault(arm, 0.0) * DECIMALS) / DECIMALS));
            shares.add(new JsonArray(row));
        }
        return new JsonObject()
                .put("experiment", experiment.key())
                .put("arms", new JsonArray(arms))
                .put("at", at)
                .put("shares", shares);
    }
}
