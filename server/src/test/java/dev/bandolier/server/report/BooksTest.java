package dev.bandolier.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.ledger.ConversionLog.Outcome;
import dev.bandolier.server.ledger.ReceiptTable.Line;
import dev.bandolier.server.ledger.ReceiptTable.Sum;
import dev.bandolier.server.ledger.SettlementTable.Fate;
import dev.bandolier.server.ledger.SettlementTable.Fates;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What was accepted is the sum of what became of it, however much waits to be attributed.
final class BooksTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");
    private static final LocalDate YESTERDAY = TODAY.minusDays(1);

    /// The shop is far behind; what the till has sent since is later than all that was looked at.
    @Test
    void source_besideOneThatIsFarBehind_showsWhatItSent() {
        Map<String, Books> books = Books.bySource(
                receipts(Map.of("shop", 900L, "till", 50L)),
                new Fates(
                        List.of(
                                settled("shop", TODAY, 300),
                                open("shop", TODAY, 100),
                                settled("till", YESTERDAY, 20),
                                settled("till", TODAY, 5)),
                        false),
                List.of());

        assertSums(books.get("till").summary(), 70, 25, 45);
        JsonObject today = books.get("till").ofDay(TODAY);
        assertThat(today.getLong("accepted")).isEqualTo(50);
        assertThat(today.getLong("unsettled")).isEqualTo(45);
        assertThat(books.get("till").ofDay(YESTERDAY).getLong("accepted")).isEqualTo(20);
        assertSums(books.get("shop").summary(), 900, 300, 600);
    }

    /// A node writes its receipts down a second after the log, and around midnight on the day after.
    @Test
    void receipts_thatDifferFromTheLog_countForNothingWhereAllOfItWasSeen() {
        Fates fates = new Fates(List.of(settled("shop", TODAY, 8), open("shop", TODAY, 1)), true);

        assertSums(bySource(12, fates).summary(), 9, 8, 1);
        assertSums(bySource(3, fates).summary(), 9, 8, 1);
        assertSums(bySource(3, new Fates(fates.each(), false)).summary(), 9, 8, 1);
    }

    private static Books bySource(long accepted, Fates fates) {
        return Books.bySource(receipts(Map.of("shop", accepted)), fates, List.of())
                .get("shop");
    }

    private static void assertSums(JsonObject summary, long accepted, long attributed, long unsettled) {
        assertThat(summary.getLong("accepted")).isEqualTo(accepted);
        assertThat(summary.getLong("attributed")).isEqualTo(attributed);
        assertThat(summary.getLong("unsettled")).isEqualTo(unsettled);
        assertThat(summary.getJsonArray("unattributed")).isEmpty();
    }

    private static Map<Line, Sum> receipts(Map<String, Long> accepted) {
        Map<Line, Sum> receipts = new HashMap<>();
        accepted.forEach((source, count) -> {
            receipts.put(new Line(source, TODAY, "accepted", ""), new Sum(count, NOW));
            receipts.put(new Line(source, TODAY, "delivery", ""), new Sum(count * 2, NOW));
        });
        return receipts;
    }

    private static Fate settled(String source, LocalDate day, long conversions) {
        return new Fate(source, day, "sale", Optional.of(Outcome.CREDITED), conversions);
    }

    private static Fate open(String source, LocalDate day, long conversions) {
        return new Fate(source, day, "sale", Optional.empty(), conversions);
    }
}
