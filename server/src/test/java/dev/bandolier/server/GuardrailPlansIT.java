package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.ledger.Ledger;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whatever guardrails read of large logs is found by an index.
final class GuardrailPlansIT {

    private static final int ROWS = 100_000;
    private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");

    private static final String SCANS = "select coalesce(sum(seq_scan), 0) from pg_stat_user_tables"
            + " where relname in ('decisions', 'rewards', 'experiments')";

    private static final String READS =
            "select coalesce(idx_tup_fetch, 0) from pg_stat_user_tables where relname = 'rewards'";

    private static final String DECISIONS = """
        insert into decisions (unit, experiment, occasion, arm, propensity, version, segment, holdout, decided_at, bucket,
                               xid)
        select ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, 1 + n % 3, 0, 'ab', 0.5, n / 1000, '', false,
               at, date_trunc('hour', at), (100000 + n / 10)::text::xid8
        from generate_series(1, ?) as n
        cross join lateral (select '2026-11-01T00:00:00Z'::timestamptz + n * interval '10 seconds' as at) as t
        """;

    private static final String REWARDS = """
        insert into rewards (experiment, unit, occasion, source, event_id, segment, version, arm, holdout, bucket,
                             conversions, orders, orders_sq, value, value_sq, raw, raw_sq, received_at,
                             happened_at)
        select experiment, unit, 0, 'shop', unit::text, segment, version, arm, holdout, bucket, 1, 1, 1, 7, 49, 7, 49,
               decided_at, decided_at
        from decisions order by decided_at
        """;

    @Test
    void statements_onManyRows_readThemByAnIndex() {
        try (Site site = Site.fresh()) {
            // Makes the tables, and is gone: a learner would read them as well.
            site.opened(Map.of()).close();
            site.sql().update("""
                insert into experiments (key, revision, state, salt, holdout_salt, definition, created_at, changed_at,
                                         deleted_at)
                select 'e' || n, 1, 'ended', 1, 1, '{"objective": {"metric": "purchase"}}', now(), now(), now()
                from generate_series(1, 3) as n
                """);
            site.sql().update(DECISIONS, ROWS);
            site.sql().update(REWARDS);
            Ledger ledger = site.ledger();
            long scans = site.sql().number(SCANS);
            long reads = site.sql().number(READS);

            // As often as it takes for a plan to be kept that does not depend on values.
            SqlConnection one = ledger.pool().getConnection().await();
            for (int i = 0; i < 8; i++) {
                assertThat(ledger.rewards().ballots(one, 50_000, 60_000)).hasSize(3);
                assertThat(ledger.rewards()
                                .closed(one, 2, FIRST, FIRST.plus(Duration.ofHours(9)), Duration.ofHours(5), ROWS))
                        .isNotEmpty();
                assertThat(ledger.rewards().arrivals(one, 50_000, 60_000, Duration.ofMinutes(1)))
                        .hasSize(3);
                assertThat(ledger.decisions().exposed(one, 105_000, 106_000)).hasSize(3);
            }
            one.query("select pg_stat_force_next_flush()").execute().await();
            one.close().await();

            assertThat(site.sql().number(READS) - reads).isBetween(8 * 20_000L, 8 * 25_000L);
            assertThat(site.sql().number(SCANS)).isEqualTo(scans);
        }
    }
}
