package dev.bandolier.server.report;

import dev.bandolier.server.ledger.ConversionLog.Outcome;
import dev.bandolier.server.ledger.ReceiptTable.Line;
import dev.bandolier.server.ledger.ReceiptTable.Sum;
import dev.bandolier.server.ledger.SettlementTable.Lag;
import dev.bandolier.server.ledger.SettlementTable.Settled;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What came in from one source during some days, and what became of it.
///
/// @param receipts  sums of what came in
/// @param settled   sums of what became of conversions
/// @param lags      how long they took to arrive
/// @param unsettled conversions that are not attributed yet, of whatever day
record Books(Map<Line, Sum> receipts, List<Settled> settled, List<Lag> lags, long unsettled) {

    /// Nothing came.
    static final Books EMPTY = new Books(Map.of(), List.of(), List.of(), 0);

    /// The books of each source that has something in one of these.
    static Map<String, Books> bySource(
            Map<Line, Sum> receipts, List<Settled> settled, List<Lag> lags, Map<String, Long> unsettled) {
        Map<String, Books> books = new HashMap<>();
        receipts.forEach((line, sum) -> of(books, line.source()).receipts.put(line, sum));
        settled.forEach(each -> of(books, each.source()).settled.add(each));
        lags.forEach(each -> of(books, each.source()).lags.add(each));
        unsettled.forEach((source, count) -> {
            Books open = of(books, source);
            books.put(source, new Books(open.receipts, open.settled, open.lags, count));
        });
        return books;
    }

    private static Books of(Map<String, Books> books, String source) {
        return books.computeIfAbsent(
                source, each -> new Books(new HashMap<>(), new ArrayList<>(), new ArrayList<>(), 0));
    }

    /// The sums over all days.
    JsonObject summary() {
        JsonObject shown = new JsonObject()
                .put("deliveries", received("delivery"))
                .put("accepted", received("accepted"))
                .put("duplicates", received("duplicate"))
                .put("ignored", reasons("ignored"))
                .put("refused", reasons("refused"))
                .put("attributed", settled(Outcome.CREDITED))
                .put("unattributed", unattributed())
                .put("waiting", settled(Outcome.WAITING))
                .put("unsettled", unsettled);
        lag().ifPresent(lag -> shown.put("lag", lag));
        receipts.values().stream()
                .map(Sum::last)
                .max(Comparator.naturalOrder())
                .map(Instant::toString)
                .ifPresent(last -> shown.put("lastReceivedAt", last));
        return shown;
    }

    /// The sums of one day.
    JsonObject ofDay(LocalDate day) {
        Map<Line, Sum> came = new HashMap<>(receipts);
        came.keySet().removeIf(line -> !line.day().equals(day));
        Books books = new Books(
                came, settled.stream().filter(each -> each.day().equals(day)).toList(), List.of(), 0);
        return new JsonObject()
                .put("day", day.toString())
                .put("deliveries", books.received("delivery"))
                .put("accepted", books.received("accepted"))
                .put("duplicates", books.received("duplicate"))
                .put("ignored", books.received("ignored"))
                .put("refused", books.received("refused"))
                .put("credited", books.settled(Outcome.CREDITED))
                .put(
                        "unattributed",
                        books.missed().mapToLong(Settled::conversions).sum());
    }

    private long received(String what) {
        return receipts.entrySet().stream()
                .filter(each -> each.getKey().what().equals(what))
                .mapToLong(each -> each.getValue().count())
                .sum();
    }

    /// Sums by reason, the largest first.
    private JsonArray reasons(String what) {
        Map<String, Long> counts = receipts.entrySet().stream()
                .filter(each -> each.getKey().what().equals(what))
                .collect(Collectors.groupingBy(
                        each -> each.getKey().reason(),
                        Collectors.summingLong(each -> each.getValue().count())));
        boolean refused = what.equals("refused");
        return largestFirst(counts, Function.identity(), reason -> {
            JsonObject shown = new JsonObject()
                    .put("reason", reason)
                    .put("count", counts.get(reason))
                    .put("title", ReasonWords.title(reason));
            return refused ? shown.put("fix", ReasonWords.fix(reason)) : shown;
        });
    }

    /// Conversions that earned nothing, by why and by metric.
    private JsonArray unattributed() {
        record Why(String outcome, String metric) {}
        Map<Why, Long> counts = missed().collect(Collectors.groupingBy(
                each -> new Why(each.outcome(), each.metric()), Collectors.summingLong(Settled::conversions)));
        return largestFirst(counts, why -> why.outcome() + " " + why.metric(), why -> {
            Outcome outcome = Outcome.of(why.outcome());
            return new JsonObject()
                    .put("outcome", why.outcome())
                    .put("metric", why.metric())
                    .put("count", counts.get(why))
                    .put("title", outcome.title())
                    .put("fix", outcome.fix());
        });
    }

    private Stream<Settled> missed() {
        return settled.stream()
                .filter(each -> !each.outcome().equals(Outcome.CREDITED.text())
                        && !each.outcome().equals(Outcome.WAITING.text()));
    }

    private long settled(Outcome outcome) {
        return settled.stream()
                .filter(each -> each.outcome().equals(outcome.text()))
                .mapToLong(Settled::conversions)
                .sum();
    }

    private static <K> JsonArray largestFirst(
            Map<K, Long> counts, Function<K, String> name, Function<K, JsonObject> show) {
        JsonArray shown = new JsonArray();
        counts.keySet().stream()
                .sorted(Comparator.<K>comparingLong(counts::get).reversed().thenComparing(name))
                .map(show)
                .forEach(shown::add);
        return shown;
    }

    private Optional<JsonObject> lag() {
        LagBins bins = LagBins.of(lags);
        return bins.isEmpty()
                ? Optional.empty()
                : Optional.of(new JsonObject()
                        .put("p50", bins.seconds(0.5))
                        .put("p95", bins.seconds(0.95))
                        .put("max", bins.seconds(1)));
    }
}
