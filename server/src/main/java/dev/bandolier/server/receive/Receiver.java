package dev.bandolier.server.receive;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.DecisionTokens;
import dev.bandolier.bandits.OriginKeys;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.UnitKeys;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.server.Settings;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.postgres.Bell;
import dev.bandolier.server.postgres.GroupCommit;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// From reported conversions to rows in the log: read, look up, admit, append, ring.
///
/// Holds no state but its two lanes, each confined to its own event loop, and when it last had the board read again;
/// callers are virtual threads.
final class Receiver {

    /// The source of conversions that come over the API.
    static final String SOURCE = "api";

    /// One item of a request, as far as it has come.
    private record Item(Optional<Admission.Known> known, Optional<Verdict> refused) {}

    /// What makes keys of the texts of a request; confined to its thread.
    private record Keys(UnitKeys units, DecisionTokens tokens, OriginKeys origins) {}

    private static final Item NO_OBJECT = new Item(
            Optional.empty(),
            Optional.of(new Verdict.Refused(Optional.empty(), new Problem.FieldError("", "is not a JSON object"))));

    private static final long REFRESH_EVERY_NANOS = 100_000_000;

    private final AtomicLong refreshedNanos = new AtomicLong(System.nanoTime() - REFRESH_EVERY_NANOS);
    private final Settings settings;
    private final byte[] secret;
    private final Board board;
    private final Bell bell;
    private final Admission admission;
    private final GroupCommit<UnitKey, List<Decision>> lookups;
    private final GroupCommit<Conversion, Boolean> appends;

    Receiver(Vertx vertx, Settings settings, byte[] secret, Board board, Ledger ledger, Bell bell) {
        this.settings = settings;
        this.secret = secret.clone();
        this.board = board;
        this.bell = bell;
        this.admission = new Admission(SOURCE, settings.receive().clockTolerance());
        GroupCommit.Limits limits = new GroupCommit.Limits(
                settings.receive().batchMax(),
                settings.receive().waitingMax(),
                settings.receive().waitMillis());
        this.lookups = new GroupCommit<>(vertx, limits, System::nanoTime, ledger.decisions()::ofUnits);
        this.appends = new GroupCommit<>(vertx, limits, System::nanoTime, ledger.conversions()::append);
    }

    /// What becomes of these reports, in their order; the accepted ones are committed when this returns. A report that
    /// is no
    /// JSON object at all is refused like any other.
    ///
    /// @throws GroupCommit.Full or any failure of storage, and then none of the reports may be believed accepted
    List<Verdict> receive(List<Optional<JsonObject>> reports) {
        Instant now = settings.clock().instant();
        Keys keys = new Keys(new UnitKeys(secret), new DecisionTokens(secret), new OriginKeys(secret));
        List<Item> items = new ArrayList<>();
        for (Optional<JsonObject> report : reports) {
            items.add(report.map(json -> read(json, now, keys)).orElse(NO_OBJECT));
        }
        List<Future<List<Decision>>> found = items.stream().map(this::lookUp).toList();
        List<Future<Verdict>> verdicts = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            List<Decision> decisions = found.get(i).await();
            verdicts.add(settle(items.get(i), decisions, now));
        }
        List<Verdict> settled = new ArrayList<>();
        for (Future<Verdict> verdict : verdicts) {
            settled.add(verdict.await());
        }
        if (settled.stream().anyMatch(Verdict.Accepted.class::isInstance)) {
            bell.ring();
        }
        return settled;
    }

    private Item read(JsonObject report, Instant now, Keys keys) {
        Optional<String> id = report.getValue("id") instanceof String text ? Optional.of(text) : Optional.empty();
        try {
            Claim claim = Claim.read(report, now, settings.decide().unitCharactersMax());
            Optional<Decision> decision = claim.token()
                    .map(token -> keys.tokens()
                            .read(token)
                            .orElseThrow(() -> Problem.field("decision", "is not a decision token of this server")));
            Optional<UnitKey> unit = claim.unit().map(keys.units()::of);
            if (unit.isPresent()
                    && decision.isPresent()
                    && !unit.get().equals(decision.get().unit())) {
                throw Problem.field("unit", "is not the unit of the decision");
            }
            Admission.Known known = new Admission.Known(
                    claim,
                    unit.or(() -> decision.map(Decision::unit)),
                    decision,
                    claim.origin().map(keys.origins()::of));
            return new Item(Optional.of(known), Optional.empty());
        } catch (Problem e) {
            return new Item(Optional.empty(), Optional.of(refused(id, e)));
        }
    }

    private Future<List<Decision>> lookUp(Item item) {
        boolean byUnit = item.known()
                .map(known -> known.decision().isEmpty() && known.unit().isPresent())
                .orElse(false);
        return byUnit ? lookups.add(item.known().get().unit().get()) : Future.succeededFuture(List.of());
    }

    private Future<Verdict> settle(Item item, List<Decision> decisions, Instant now) {
        if (item.known().isEmpty()) {
            return Future.succeededFuture(item.refused().orElseThrow());
        }
        Admission.Known known = item.known().get();
        String id = known.claim().id();
        try {
            Conversion conversion = admit(known, decisions, now);
            return appends.add(conversion).map(fresh -> fresh ? new Verdict.Accepted(id) : new Verdict.Duplicate(id));
        } catch (Problem e) {
            return Future.succeededFuture(refused(Optional.of(id), e));
        }
    }

    /// The conversion to log. Before one is refused, the board is read again: another node may have started, and decided
    /// for, an experiment that this one has not read yet.
    private Conversion admit(Admission.Known known, List<Decision> decisions, Instant now) {
        String metric = known.claim().metric();
        try {
            return admission.admit(known, board.withMetric(metric), decisions, now);
        } catch (Problem e) {
            if (!refreshed()) {
                throw e;
            }
            return admission.admit(known, board.withMetric(metric), decisions, now);
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
