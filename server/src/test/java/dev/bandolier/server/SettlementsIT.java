package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.server.ledger.ConversionLog.Name;
import dev.bandolier.server.ledger.ConversionLog.Outcome;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.SettlementTable;
import dev.bandolier.server.ledger.SettlementTable.Fate;
import dev.bandolier.server.ledger.SettlementTable.Fates;
import dev.bandolier.server.ledger.SettlementTable.Lag;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Conversions are counted by what became of them, once each, whatever becomes of them later.
final class SettlementsIT {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-11-21");

    @AutoClose
    private static Site site;

    private static Ledger ledger;

    /// No node is there to settle anything by itself.
    @BeforeAll
    static void open() {
        site = Site.fresh();
        site.opened(Map.of()).close();
        ledger = site.ledger();
    }

    @Test
    void conversion_settledAgainAndRenamedAndWoken_countsOnceWhereItStands() {
        append("turns", List.of(MIDNIGHT.minusMillis(1), MIDNIGHT, MIDNIGHT.plusSeconds(1)), Duration.ZERO);
        settle("turns", Map.of("turns-0", Outcome.CREDITED, "turns-1", Outcome.NO_DECISION), Map.of());
        assertThat(fates("turns", DAY.minusDays(1)))
                .containsExactly(
                        fate("turns", DAY.minusDays(1), "sale", Outcome.CREDITED),
                        fate("turns", DAY, "sale", Outcome.NO_DECISION),
                        new Fate("turns", DAY, "sale", Optional.empty(), 1));

        settle("turns", Map.of("turns-1", Outcome.CREDITED), Map.of(new Name("turns", "turns-1"), "order"));
        settle("turns", Map.of("turns-1", Outcome.CREDITED, "turns-2", Outcome.QUARANTINED), Map.of());
        assertThat(fates("turns", DAY))
                .containsExactly(
                        fate("turns", DAY, "order", Outcome.CREDITED), fate("turns", DAY, "sale", Outcome.QUARANTINED));

        settle("turns", Map.of("turns-1", Outcome.CAPPED), Map.of(new Name("turns", "turns-1"), "sale"));
        assertThat(fates("turns", DAY))
                .containsExactly(
                        fate("turns", DAY, "sale", Outcome.CAPPED), fate("turns", DAY, "sale", Outcome.QUARANTINED));
        assertThat(site.sql().number("select count(counted_as) from conversions where source = 'turns'"))
                .isZero();
        Settlements.check(site.sql());
    }

    @Test
    void reversal_thatWaitedAndWoke_isCountedWhileItIsSettledAlone() {
        append("waits", List.of(MIDNIGHT), Duration.ofSeconds(3));
        site.sql().update("update conversions set reverses = 'order' where source = 'waits'");
        settle("waits", Map.of("waits-0", Outcome.WAITING), Map.of());
        assertThat(fates("waits", DAY)).containsExactly(fate("waits", DAY, "sale", Outcome.WAITING));
        assertThat(lags("waits")).containsExactly(new Lag("waits", DAY, 2, 1));

        ledger.transactions().run(connection -> {
            ledger.conversions().wake(connection, List.of(new Name("waits", "order")));
            return 0;
        });
        assertThat(fates("waits", DAY)).containsExactly(new Fate("waits", DAY, "sale", Optional.empty(), 1));
        assertThat(lags("waits")).isEmpty();

        settle("waits", Map.of("waits-0", Outcome.CREDITED), Map.of());
        assertThat(fates("waits", DAY)).containsExactly(fate("waits", DAY, "sale", Outcome.CREDITED));
        assertThat(lags("waits")).containsExactly(new Lag("waits", DAY, 2, 1));
        Settlements.check(site.sql());
    }

    @Test
    void fates_ofMoreOpenOnesThanAreLookedAt_areThoseOfTheOldestAndSaySo() {
        append("behind", List.of(MIDNIGHT, MIDNIGHT, MIDNIGHT), Duration.ZERO);
        append("beside", List.of(MIDNIGHT), Duration.ZERO);
        long open = site.sql().number("select count(*) from conversions where outcome is null");

        Fates all = looked(open, "beside");
        assertThat(all.each()).containsExactly(new Fate("beside", DAY, "sale", Optional.empty(), 1));
        assertThat(all.all()).isTrue();
        Fates some = looked(open - 1, "beside");
        assertThat(some.each()).isEmpty();
        assertThat(some.all()).isFalse();
        assertThat(looked(open - 2, "behind").each())
                .containsExactly(new Fate("behind", DAY, "sale", Optional.empty(), 2));

        settle("beside", Map.of("beside-0", Outcome.CREDITED), Map.of());
        Fates settled = looked(1, "beside");
        assertThat(settled.each()).containsExactly(fate("beside", DAY, "sale", Outcome.CREDITED));
        assertThat(settled.all()).isFalse();
        settle(
                "behind",
                Map.of("behind-0", Outcome.CREDITED, "behind-1", Outcome.CREDITED, "behind-2", Outcome.CREDITED),
                Map.of());
    }

    @Test
    void lag_atTheEdgesOfItsBins_isInTheLowerOne() {
        Map<Duration, Integer> bins = new LinkedHashMap<>();
        bins.put(Duration.ofDays(-400), 0);
        bins.put(Duration.ZERO, 0);
        bins.put(Duration.ofSeconds(1), 0);
        bins.put(Duration.ofSeconds(1).plusNanos(1_000), 1);
        bins.put(Duration.ofSeconds(2), 1);
        bins.put(Duration.ofSeconds(2).plusNanos(1_000), 2);
        bins.put(Duration.ofSeconds(8), 3);
        bins.put(Duration.ofSeconds(9), 4);
        bins.put(Duration.ofSeconds(1 << 29), 29);
        bins.put(Duration.ofSeconds(1 << 29).plusNanos(1_000), 30);
        bins.put(Duration.between(Instant.parse("0001-01-01T00:00:00Z"), MIDNIGHT), 36);
        bins.forEach((lag, bin) -> {
            String source = "lag of " + lag;
            append(source, List.of(MIDNIGHT), lag);
            settle(source, Map.of(source + "-0", Outcome.NO_DECISION), Map.of());

            assertThat(lags(source)).as("%s", lag).containsExactly(new Lag(source, DAY, bin, 1));
        });
    }

    private static void append(String source, List<Instant> received, Duration lag) {
        List<Conversion> conversions = new ArrayList<>();
        for (Instant at : received) {
            conversions.add(new Conversion(
                    source,
                    source + "-" + conversions.size(),
                    "sale",
                    Optional.of(new UnitKey(1, 2)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    at.minus(lag),
                    at,
                    Optional.empty()));
        }
        ledger.conversions().append(conversions).await();
    }

    private static void settle(String source, Map<String, Outcome> outcomes, Map<Name, String> countedAs) {
        Map<Name, Outcome> named = new LinkedHashMap<>();
        outcomes.forEach((id, outcome) -> named.put(new Name(source, id), outcome));
        ledger.transactions().run(connection -> {
            ledger.conversions().settle(connection, named, countedAs);
            return 0;
        });
    }

    private static Fate fate(String source, LocalDate day, String metric, Outcome outcome) {
        return new Fate(source, day, metric, Optional.of(outcome), 1);
    }

    private static List<Fate> fates(String source, LocalDate from) {
        return ledger.settlements()
                .fates(ledger.pool(), Optional.of(source), from, DAY)
                .each();
    }

    private static Fates looked(long openSeenMax, String source) {
        return new SettlementTable((int) openSeenMax).fates(ledger.pool(), Optional.of(source), DAY, DAY);
    }

    private static List<Lag> lags(String source) {
        return ledger.settlements().lags(ledger.pool(), Optional.of(source), DAY, DAY);
    }
}
