package dev.bandolier.server.report;

import dev.bandolier.server.ledger.ConversionLog.Outcome;
import dev.bandolier.server.ledger.ReceiptTable.Line;
import dev.bandolier.server.ledger.ReceiptTable.Sum;
import dev.bandolier.server.ledger.SettlementTable.Fate;
import dev.bandolier.server.ledger.SettlementTable.Fates;
import dev.bandolier.server.ledger.SettlementTable.Lag;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What came in from one source during some days, and what became of it.
///
/// What was accepted is what the log of conversions holds: so it always is the sum of what became of them. While so many
/// wait to be attributed that not all of them were looked at, those of a source that were not seen are what its receipts
/// have more than that: else whoever is not far behind would seem to have sent nothing.
///
/// @param receipts sums of what came in
/// @param fates    conversions, by what became of them
/// @param lags     how long they took to arrive
record Books(Map<Line, Sum> receipts, List<Fate> fates, List<Lag> lags) {

    /// Nothing came.
    static final Books EMPTY = new Books(Map.of(), List.of(), List.of());

    /// The books of each source that has something in one of these.
    static Map<String, Books> bySource(Map<Line, Sum> receipts, Fates fates, List<Lag> lags) {
        Map<String, Books> books = new HashMap<>();
        receipts.forEach((line, sum) -> of(books, line.source()).receipts.put(line, sum));
        fates.each().forEach(each -> of(books, each.source()).fates.add(each));
        lags.forEach(each -> of(books, each.source()).lags.add(each));
        if (!fates.all()) {
            books.values().forEach(Books::addUnseen);
        }
        return books;
    }

    /// Adds conversions of each day that were acknowledged and not seen in the log: nobody has looked at their metric.
    private void addUnseen() {
        receipts.forEach((line, sum) -> {
            if (line.what().equals("accepted")) {
                long seen = conversions(each -> each.day().equals(line.day()));
                if (sum.count() > seen) {
                    fates.add(new Fate(line.source(), line.day(), "", Optional.empty(), sum.count() - seen));
                }
            }
        });
    }

    private static Books of(Map<String, Books> books, String source) {
        return books.computeIfAbsent(source, each -> new Books(new HashMap<>(), new ArrayList<>(), new ArrayList<>()));
    }

    /// The sums over all days.
    JsonObject summary() {
        JsonObject shown = new JsonObject()
                .put("deliveries", received("delivery"))
                .put("accepted", conversions(each -> true))
                .put("duplicates", received("duplicate"))
                .put("ignored", reasons("ignored"))
                .put("refused", reasons("refused"))
                .put("attributed", ended(Outcome.CREDITED))
                .put("unattributed", unattributed())
                .put("waiting", ended(Outcome.WAITING))
                .put("unsettled", unsettled());
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
                came, fates.stream().filter(each -> each.day().equals(day)).toList(), List.of());
        return new JsonObject()
                .put("day", day.toString())
                .put("deliveries", books.received("delivery"))
                .put("accepted", books.conversions(each -> true))
                .put("duplicates", books.received("duplicate"))
                .put("ignored", books.received("ignored"))
                .put("refused", books.received("refused"))
                .put("credited", books.ended(Outcome.CREDITED))
                .put("unattributed", books.conversions(Books::missed))
                .put("waiting", books.ended(Outcome.WAITING))
                .put("unsettled", books.unsettled());
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
        record Why(Outcome outcome, String metric) {}
        Map<Why, Long> counts = fates.stream()
                .filter(Books::missed)
                .collect(Collectors.groupingBy(
                        each -> new Why(each.outcome().orElseThrow(), each.metric()),
                        Collectors.summingLong(Fate::conversions)));
        return largestFirst(
                counts,
                why -> why.outcome().text() + " " + why.metric(),
                why -> new JsonObject()
                        .put("outcome", why.outcome().text())
                        .put("metric", why.metric())
                        .put("count", counts.get(why))
                        .put("title", why.outcome().title())
                        .put("fix", why.outcome().fix()));
    }

    private static boolean missed(Fate fate) {
        return fate.outcome()
                .filter(each -> each != Outcome.CREDITED && each != Outcome.WAITING)
                .isPresent();
    }

    private long ended(Outcome outcome) {
        return conversions(each -> each.outcome().equals(Optional.of(outcome)));
    }

    private long unsettled() {
        return conversions(each -> each.outcome().isEmpty());
    }

    private long conversions(Predicate<Fate> wanted) {
        return fates.stream().filter(wanted).mapToLong(Fate::conversions).sum();
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
