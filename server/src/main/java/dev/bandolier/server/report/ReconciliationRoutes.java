package dev.bandolier.server.report;

import dev.bandolier.bandits.Names;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.RefusalTable.Refused;
import dev.bandolier.server.ledger.Source;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `GET /v1/reconciliation` and `/v1/sources/{key}/reconciliation`: what came in from each source, and what became of it.
public final class ReconciliationRoutes {

    private static final int DAYS_DEFAULT = 7;
    private static final int DAYS_MAX = 90;
    private static final int REFUSALS_MAX = 50;

    private final Ledger ledger;
    private final InstantSource clock;

    /// The routes over these tables.
    ///
    /// @param clock says which day is the last
    public ReconciliationRoutes(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /// The endpoints of this room.
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(HttpMethod.GET, "/v1/reconciliation", this::all),
                new Endpoint(HttpMethod.GET, "/v1/sources/:key/reconciliation", this::one));
    }

    private Reply all(Call call) {
        Days days = days(call);
        Map<String, Books> books = new TreeMap<>(read(Optional.empty(), days));
        books.computeIfAbsent(Source.API, key -> Books.EMPTY);
        Map<String, Source> sources = new TreeMap<>();
        ledger.sources().all(ledger.pool()).forEach(each -> sources.put(each.key(), each));
        sources.keySet().forEach(key -> books.computeIfAbsent(key, each -> Books.EMPTY));
        JsonArray shown = new JsonArray();
        books.forEach((key, each) -> shown.add(summary(key, Optional.ofNullable(sources.get(key)), each)));
        return Reply.ok(new JsonObject()
                .put("from", days.from().toString())
                .put("to", days.to().toString())
                .put("sources", shown));
    }

    private Reply one(Call call) {
        String key = call.param("key");
        Days days = days(call);
        if (!Names.valid(key)) {
            throw nobody(key);
        }
        Optional<Source> source = ledger.sources().find(ledger.pool(), key);
        Optional<Books> books = Optional.ofNullable(read(Optional.of(key), days).get(key));
        if (source.isEmpty() && books.isEmpty() && !key.equals(Source.API)) {
            throw nobody(key);
        }
        Books found = books.orElse(Books.EMPTY);
        JsonArray byDay = new JsonArray();
        days.from().datesUntil(days.to().plusDays(1)).forEach(day -> byDay.add(found.ofDay(day)));
        JsonArray refusals = new JsonArray();
        // Nodes write down what they refused a second later, each at its own time.
        ledger.refusals().latest(ledger.pool(), key, REFUSALS_MAX).stream()
                .sorted(Comparator.comparing(Refused::at).reversed())
                .forEach(each -> refusals.add(show(each)));
        return Reply.ok(summary(key, source, found).put("byDay", byDay).put("refusals", refusals));
    }

    private static Problem nobody(String key) {
        return Problem.notFound("there is no source '" + key + "'; GET /v1/sources lists them");
    }

    private Map<String, Books> read(Optional<String> source, Days days) {
        return Books.bySource(
                ledger.receipts().between(ledger.pool(), source, days.from(), days.to()),
                ledger.settlements().fates(ledger.pool(), source, days.from(), days.to()),
                ledger.settlements().lags(ledger.pool(), source, days.from(), days.to()));
    }

    private static JsonObject summary(String key, Optional<Source> source, Books books) {
        JsonObject head = new JsonObject()
                .put("source", key)
                .put("kind", source.map(Source::kind).orElse(null))
                .put("enabled", source.map(Source::enabled).orElse(key.equals(Source.API)));
        return head.mergeIn(books.summary());
    }

    private static JsonObject show(Refused refused) {
        return new JsonObject()
                .put("at", refused.at().toString())
                .put("reason", refused.reason())
                .put("title", ReasonWords.title(refused.reason()))
                .put("fix", ReasonWords.fix(refused.reason()))
                .put("field", refused.field())
                .put("detail", refused.detail())
                .put("event", refused.event())
                .put("eventId", refused.eventId());
    }

    /// Some days in UTC, both included.
    private record Days(LocalDate from, LocalDate to) {}

    private Days days(Call call) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new Days(today.minusDays(call.number("days", DAYS_DEFAULT, 1, DAYS_MAX) - 1L), today);
    }
}
