package dev.bandolier.server.receive;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.server.Settings;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.Draws;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.Source;
import dev.bandolier.server.postgres.Bell;
import dev.bandolier.server.postgres.GroupCommit;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// From reported conversions to rows in the log: read, look up, admit, append, ring.
///
/// Holds no state but its two lanes, each confined to its own event loop, and when it last had the board read again;
/// callers are virtual threads.
final class Receiver {

    /// One item of a request as it was read: what it says, or why it was refused.
    private record Item(Optional<Known> known, Optional<Verdict> refused) {}

    /// One item of a request as it was judged: what is to be logged, or why it was refused.
    private record Judged(Optional<Conversion> conversion, Optional<Verdict> refused) {}

    private static final Item NO_OBJECT = new Item(
            Optional.empty(),
            Optional.of(new Verdict.Refused(Optional.empty(), new Problem.FieldError("", "is not a JSON object"))));

    /// Fewer than this at once are no crowd, however small the batches are.
    private static final int CROWD_MIN = 100;

    private static final long REFRESH_EVERY_NANOS = 100_000_000;

    private final AtomicLong refreshedNanos = new AtomicLong(System.nanoTime() - REFRESH_EVERY_NANOS);
    private final Settings settings;
    private final byte[] secret;
    private final Board board;
    private final Bell bell;
    private final Receipts receipts;
    private final Admission admission;
    private final GroupCommit<Draws.Sought, List<Decision>> lookups;
    private final GroupCommit<Conversion, Boolean> appends;

    /// The way into this ledger.
    ///
    /// @param board    which experiments count what
    /// @param bell     rung when the log has grown
    /// @param receipts told of what was accepted although its request failed
    Receiver(Vertx vertx, Settings settings, byte[] secret, Board board, Ledger ledger, Bell bell, Receipts receipts) {
        this.settings = settings;
        this.secret = secret.clone();
        this.board = board;
        this.bell = bell;
        this.receipts = receipts;
        this.admission = new Admission(settings.receive().clockTolerance());
        GroupCommit.Limits limits = new GroupCommit.Limits(
                settings.receive().batchMax(),
                settings.receive().waitingMax(),
                settings.receive().waitMillis());
        this.lookups = new GroupCommit<>(vertx, limits, System::nanoTime, ledger.decisions()::ofUnits);
        this.appends = new GroupCommit<>(vertx, limits, System::nanoTime, ledger.conversions()::append);
    }

    /// Whether so many conversions are on their way at this moment that they fill more than half a batch.
    boolean crowded() {
        return crowded(
                lookups.underWay() + appends.underWay(), settings.receive().batchMax());
    }

    /// Whether so many are a crowd.
    static boolean crowded(int underWay, int batchMax) {
        return underWay > Math.max(CROWD_MIN, batchMax / 2);
    }

    /// What becomes of these reports, in their order; the accepted ones are committed when this returns. A report that
    /// is no JSON object at all is refused like any other.
    ///
    /// @throws GroupCommit.Full or any failure of storage, and then none of the reports may be believed accepted;
    ///     those that are known to be in the log, since now, are counted as such
    List<Verdict> receive(List<Optional<JsonObject>> reports) {
        Claims claims = claims();
        List<Item> items = new ArrayList<>();
        for (Optional<JsonObject> report : reports) {
            items.add(report.map(json -> read(json, claims)).orElse(NO_OBJECT));
        }
        List<Judged> judged = judge(items);
        // Before any is refused, the board is read again: another node may have started, and decided for, an experiment
        // that this one has not read yet, and the decisions that were looked up are not its own.
        long sound = items.stream().filter(each -> each.known().isPresent()).count();
        boolean refused =
                judged.stream().filter(each -> each.conversion().isPresent()).count() < sound;
        return log(Source.API, refused && refreshed() ? judge(items) : judged);
    }

    /// What becomes of the events that a source delivers, in their order; the accepted ones are committed when this
    /// returns. What they belong to is not asked: attribution finds out.
    ///
    /// @throws GroupCommit.Full or any failure of storage, and then none of the events may be believed accepted;
    ///     those that are known to be in the log, since now, are counted as such
    List<Verdict> receive(String source, List<JsonObject> events) {
        Claims claims = claims();
        return log(
                source,
                events.stream().map(event -> judge(source, event, claims)).toList());
    }

    /// Appends what was not refused, and tells who attributes if there is something new.
    private List<Verdict> log(String source, List<Judged> judged) {
        List<Conversion> sound =
                judged.stream().flatMap(each -> each.conversion().stream()).toList();
        Iterator<Boolean> fresh = appended(source, sound).iterator();
        List<Verdict> verdicts = new ArrayList<>();
        for (Judged each : judged) {
            verdicts.add(each.conversion()
                    .map(conversion -> logged(conversion.id(), fresh.next()))
                    .or(each::refused)
                    .orElseThrow());
        }
        return verdicts;
    }

    /// Appends conversions, and says of each whether it was new. If one fails, others may be in the log all the same:
    /// they are counted here, since the request is answered 503, and when it is sent again they are duplicates.
    private List<Boolean> appended(String source, List<Conversion> conversions) {
        List<Future<Boolean>> appending = appends.addAll(conversions);
        CompositeFuture ended = Future.join(appending);
        ended.otherwiseEmpty().await();
        long fresh = appending.stream()
                .filter(each -> each.succeeded() && each.result())
                .count();
        if (fresh > 0) {
            bell.ring();
        }
        if (fresh > 0 && ended.failed()) {
            receipts.count(source, Receipts.What.ACCEPTED, "", fresh);
        }
        ended.await();
        return ended.list();
    }

    private static Verdict logged(String id, boolean fresh) {
        return fresh ? new Verdict.Accepted(id) : new Verdict.Duplicate(id);
    }

    /// Waits once for all of them: a thread that waited for one after the other would be woken by each.
    private static <T> List<T> all(List<Future<T>> futures) {
        Future.all(futures).await();
        return futures.stream().map(Future::result).toList();
    }

    private Judged judge(String source, JsonObject event, Claims claims) {
        try {
            return new Judged(Optional.of(delivered(source, event, claims).conversion()), Optional.empty());
        } catch (Problem e) {
            return new Judged(Optional.empty(), Optional.of(refused(name(event), e)));
        }
    }

    /// An event of a delivery, if it is sound in itself.
    ///
    /// @throws Problem 422 naming the field that is not
    Known delivered(String source, JsonObject event, Claims claims) {
        Known known = claims.delivered(source, event);
        admission.checkTime(known.conversion());
        return known;
    }

    /// What reads the claims of a request that arrives now.
    Claims claims() {
        return new Claims(secret, settings.clock().instant(), settings.decide().unitCharactersMax());
    }

    /// The experiments that count a metric, or guard it, and were started.
    List<Experiment> experiments(String metric) {
        return board.withMetric(metric);
    }

    /// The decisions that a conversion may belong to beside that of its token.
    List<Decision> decisions(Known known) {
        return new Counting(board::withMetric, settings.receive().clockTolerance())
                .sought(known.conversion())
                .map(sought -> lookups.add(sought).await())
                .orElse(List.of());
    }

    /// Why a conversion would earn an experiment nothing; nothing if it would.
    ///
    /// @param decisions as [#decisions]
    Optional<Problem.FieldError> objection(Known known, Experiment experiment, List<Decision> decisions) {
        try {
            admission.check(known.conversion(), known.named(), List.of(experiment), decisions);
            return Optional.empty();
        } catch (Problem e) {
            return Optional.of(e.errors().getFirst());
        }
    }

    private Item read(JsonObject report, Claims claims) {
        try {
            return new Item(Optional.of(claims.reported(report)), Optional.empty());
        } catch (Problem e) {
            return new Item(Optional.empty(), Optional.of(refused(name(report), e)));
        }
    }

    private static Optional<String> name(JsonObject report) {
        return report.getValue("id") instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /// What is to become of items, by the experiments that are on the board now.
    private List<Judged> judge(List<Item> items) {
        Counting counting = new Counting(board::withMetric, settings.receive().clockTolerance());
        List<Optional<Draws.Sought>> sought = items.stream()
                .map(item -> item.known().flatMap(known -> counting.sought(known.conversion())))
                .toList();
        Map<Draws.Sought, List<Decision>> found = lookUp(sought);
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            judged.add(judge(items.get(i), sought.get(i).map(found::get).orElse(List.of()), counting));
        }
        return judged;
    }

    private Map<Draws.Sought, List<Decision>> lookUp(List<Optional<Draws.Sought>> all) {
        List<Draws.Sought> sought =
                all.stream().flatMap(Optional::stream).distinct().toList();
        Map<Draws.Sought, List<Decision>> found = new HashMap<>();
        if (!sought.isEmpty()) {
            Iterator<List<Decision>> decisions = all(lookups.addAll(sought)).iterator();
            sought.forEach(each -> found.put(each, decisions.next()));
        }
        return found;
    }

    private Judged judge(Item item, List<Decision> decisions, Counting counting) {
        if (item.known().isEmpty()) {
            return new Judged(Optional.empty(), item.refused());
        }
        Known known = item.known().get();
        Conversion conversion = known.conversion();
        try {
            admission.check(conversion, known.named(), counting.experiments(conversion.metric()), decisions);
            return new Judged(Optional.of(conversion), Optional.empty());
        } catch (Problem e) {
            return new Judged(Optional.empty(), Optional.of(refused(Optional.of(conversion.id()), e)));
        }
    }

    /// Reads the board again, if nobody here has done so for a moment: refusals must not become load.
    private boolean refreshed() {
        long now = System.nanoTime();
        long last = refreshedNanos.get();
        if (now - last < REFRESH_EVERY_NANOS || !refreshedNanos.compareAndSet(last, now)) {
            return false;
        }
        board.refresh();
        return true;
    }

    private static Verdict refused(Optional<String> id, Problem problem) {
        return new Verdict.Refused(id, problem.errors().getFirst());
    }
}
