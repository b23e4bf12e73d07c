package dev.bandolier.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that was in use before: what is new in a version is filled in from what was there.
class UpgradeTest {

    private static final String FOLDER = "server/src/main/resources/db/migration";

    /// Four units, decided for at noon with a window of 7 days: one ordered twice, after 1 second and 1000, one ordered
    /// twice and had its first order taken back, one had its only order taken back in two parts, one ordered after the
    /// cursor.
    private static final String USE = """
        insert into experiments (id, key, revision, state, salt, holdout_salt, definition, created_at, changed_at)
        overriding system value
        values (7, 'hero', 1, 'running', 1, 2, '{"objective": {"metric": "purchase", "window": "P7D"}}',
                '2026-11-21T00:00:00Z', '2026-11-21T00:00:00Z');
        insert into decisions (unit, experiment, occasion, arm, propensity, version, segment, holdout, decided_at, bucket)
        select ('00000000-0000-0000-0000-00000000000' || n)::uuid, 7, 0, 'a', 1, 1, '', false, '2026-11-21T12:00:00Z',
               '2026-11-21T12:00:00Z'
        from generate_series(1, 4) as n;
        insert into rewards (experiment, unit, occasion, source, event_id, amount, reverses, segment, version, arm,
                             holdout, bucket, conversions, orders, value, value_sq, raw, raw_sq, received_at)
        select 7, ('00000000-0000-0000-0000-00000000000' || n)::uuid, 0, 'shop', event, amount, reverses, '', 1, 'a',
               false, '2026-11-21T12:00:00Z', converted, ordered, 0, 0, 0, 0,
               '2026-11-21T12:00:00Z'::timestamptz + make_interval(secs => seconds)
        from (values
          (1, 'o1', 500, null, 1, 1, 1.0), (2, 'o2', null, null, 1, 1, 10.0), (1, 'o3', 500, null, 0, 1, 1000.0),
          (3, 'o4', 500, null, 1, 1, 100.0), (2, 'o5', null, null, 0, 1, 20000.0), (3, 'r1', 200, 'o4', 0, 0, 200.0),
          (2, 'r2', null, 'o2', 0, -1, 30000.0), (3, 'r3', 300, 'o4', -1, -1, 40000.0),
          (4, 'o6', null, null, 1, 1, 50000.0)
        ) as used (n, event, amount, reverses, converted, ordered, seconds);
        insert into counters (experiment, segment, version, arm, holdout, bucket, exposures, conversions, orders, value,
                              value_sq, raw, raw_sq)
        values (7, '', 1, 'a', false, '2026-11-21T12:00:00Z', 4, 2, 3, 0, 0, 0, 0);
        update cursors set rewards = (select max(id) - 1 from rewards);
        """;

    /// The same two days ago, with what minutes leave out: a unit drawn again, one that is not counted yet, one and a
    /// conversion of long ago, a conversion settled over again, and one that only guardrails look at.
    private static final String LATELY = """
        create table noon as select date_trunc('minute', now()) - interval '2 days' as first;
        update decisions set decided_at = (select first from noon);
        update rewards set raw = case when reverses is null then 1 else -1 end * coalesce(amount, 0),
                           received_at = (select first from noon) + (received_at - '2026-11-21T12:00:00Z');
        insert into decisions (unit, experiment, occasion, arm, propensity, version, segment, holdout, decided_at, bucket,
                               xid)
        select ('00000000-0000-0000-0000-00000000001' || n)::uuid, 7, again, 'a', 1, 1, '', false, first - age, first - age,
               case when counted then '0'::xid8 else decisions end
        from noon, cursors, (values
          (1, 1, interval '0', true), (2, 0, interval '0', false), (3, 0, interval '40 days', true)
        ) as more (n, again, age, counted);
        update rewards set received_at = received_at - interval '40 days' where event_id = 'o2';
        update rewards set settling = 1 where event_id = 'o3';
        update rewards set metric = 'refund' where event_id = 'r2';
        """;

    private static final double WINDOW_SECONDS = 7 * 86_400.0;

    @TempDir
    Path steps;

    @Test
    void run_onADatabaseInUseSinceTheFirstVersion_fillsInWhatTheLaterOnesLearnFrom() throws Exception {
        try (OnePostgres postgres = OnePostgres.start()) {
            DatabaseUrl url = postgres.fresh("used");
            take("V1__the_logs.sql");
            Migrations.run(url, here());
            OnePostgres.execute(url, USE);
            take("V2__learning.sql");
            Migrations.run(url, here());

            assertThat(rows(url, "select event_id, orders_sq, delay_from, delay_to from rewards order by id"))
                    .containsExactly(
                            "o1|1|null|0",
                            "o2|1|null|" + bin(10),
                            "o3|3|0|0",
                            "o4|1|null|" + bin(100),
                            "o5|3|" + bin(10) + "|" + bin(10),
                            "r1|0|" + bin(100) + "|" + bin(100),
                            "r2|-3|" + bin(10) + "|" + bin(20_000),
                            "r3|-1|" + bin(100) + "|null",
                            "o6|1|null|" + bin(50_000));
            assertThat(rows(url, "select orders, orders_sq from counters")).containsExactly("3|5");
            assertThat(rows(url, "select experiment, bin, conversions from delays order by bin"))
                    .containsExactly("7|0|1", "7|" + bin(20_000) + "|1");

            OnePostgres.execute(url, """
                update decisions set eligible = case when unit::text like '%3' then 'a,b' else 'a' end
                where unit::text like '%3' or unit::text like '%2';
                update cursors set decisions = pg_current_xact_id();
                """);
            take("V3__conversions_by_time.sql");
            take("V4__guardrails.sql");
            Migrations.run(url, here());

            assertThat(rows(url, "select event_id, metric, eligible, origin, settling, void from rewards order by id"))
                    .containsExactly(
                            "o1|null|null|null|0|f",
                            "o2|null|a|null|0|f",
                            "o3|null|null|null|0|f",
                            "o4|null|a,b|null|0|f",
                            "o5|null|a|null|0|f",
                            "r1|null|a,b|null|0|f",
                            "r2|null|a|null|0|f",
                            "r3|null|a,b|null|0|f",
                            "o6|null|null|null|0|f");

            take("V5__sources.sql");
            take("V6__drawn_alike.sql");
            Migrations.run(url, here());

            assertThat(rows(url, "select eligible, exposures, conversions, orders, orders_sq from counters order by 1"))
                    .containsExactly("|2|1|2|4", "a|1|1|1|1", "a,b|1|0|0|0");

            OnePostgres.execute(url, LATELY);
            take("V7__timeline_and_feed.sql");
            Migrations.run(url, here());

            assertThat(rows(url, """
                select experiment, (extract(epoch from minute - first) / 60)::int as minute, units, conversions, value
                from arrivals, noon order by 2\
                """))
                    .containsExactly("7|0|4|1|500", "7|1|0|1|500", "7|3|0|0|-200", "7|333|0|0|0", "7|666|0|0|-300");
        }
    }

    /// The bin of a delay in seconds, on a grid of 64 steps up to seven days.
    private static int bin(double seconds) {
        return (int) (64 * Math.log(seconds) / Math.log(WINDOW_SECONDS));
    }

    private void take(String step) throws IOException {
        Path folder = Path.of(System.getProperty("bandolier.root"), FOLDER);
        Files.copy(folder.resolve(step), steps.resolve(step));
    }

    private Migrations.Options here() {
        return new Migrations.Options("filesystem:" + steps, 1, Duration.ZERO);
    }

    private static List<String> rows(DatabaseUrl url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(found.getString(column)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }
}
