package dev.bandolier.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A month of many experiments, written into the ledger as it would have come to be there: snapshot by snapshot in the
/// order of time, so that those of one experiment lie as far apart in the table as they were made.
///
/// Each is what a server made of real visitors, with other shares and counts: whatever a snapshot consists of, they do.
///
/// @param sql         the database of a server that was started that long ago
/// @param experiments how many there are
/// @param snapshots   how many each has
record PlantedMonth(Sql sql, int experiments, int snapshots) {

    /// How long ago it began.
    static final Duration AGO = Duration.ofDays(30);

    private static final List<String> ARMS = List.of("classic", "video", "offer");

    /// The experiment whose visitors a server has really seen.
    private static final String LIVED = "lived";

    private static final int VISITORS = 400;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int UNITS_PER_SNAPSHOT = 12;
    private static final int WRITERS = 2;

    // Traffic goes from an even split to another arm in each experiment, and never comes quite to rest.
    private static final String ARM = """
        s.arm%1$d || jsonb_build_object(
          'share', case (s.experiment + %1$d) %% 3 when 0 then m.most when 1 then m.rest else 1 - m.most - m.rest end,
          'best', case (s.experiment + %1$d) %% 3 when 0 then m.most when 1 then m.rest else 1 - m.most - m.rest end,
          'exposures', n.version * (12 + %1$d), 'effective', n.version * (12 + %1$d) * 0.93,
          'conversions', n.version * (12 + %1$d) * 3 / 100, 'orders', n.version * (12 + %1$d) * 3 / 100,
          'posterior', s.posterior%1$d || jsonb_build_object(
            'alpha', n.version * (12 + %1$d) * 0.03 + 1, 'beta', n.version * (12 + %1$d) * 0.97 + 49))\
        """;

    private static final String BODY = "s.rest || jsonb_build_object('cause', 'moved', 'arms', jsonb_build_array("
            + ARM.formatted(0) + ", " + ARM.formatted(1) + ", " + ARM.formatted(2) + "))";

    // Each is worked out once for a row (offset 0), and in floating point: numeric takes ten times as long.
    private static final String MOVED = """
        cross join lateral (select 1 / 3.0::float8 + 0.5 * (1 - exp(-n.version / 3000.0::float8))
          + 0.04 * sin(n.version / 29.0::float8 + s.experiment) as most offset 0) as f
        cross join lateral (select f.most, (1 - f.most) * 0.45 as rest offset 0) as m\
        """;

    private static final String WRITE = """
        create procedure write_month(part int, parts int, snapshots int) language plpgsql as $$
        begin
          for v in 2..snapshots loop
            insert into snapshots (experiment, version, made_at, revision, body)
            select s.experiment, n.version, s.made_at + (v - 1) * (interval '30 days' / snapshots), s.revision, %s
            from begun s cross join (select v::bigint as version) as n %s
            where s.experiment %% parts = part;
          end loop;
        end $$\
        """.formatted(BODY, MOVED);

    private static final String GO_ON = """
        insert into snapshots (experiment, version, made_at, revision, body)
        select s.experiment, n.version, clock_timestamp(), s.revision, %s
        from unnest(?::bigint[]) as k (experiment)
        cross join lateral (
          select l.experiment, l.version, l.revision, l.body - 'arms' as rest, l.body #> '{arms,0}' as arm0,
            l.body #> '{arms,1}' as arm1, l.body #> '{arms,2}' as arm2, l.body #> '{arms,0,posterior}' as posterior0,
            l.body #> '{arms,1,posterior}' as posterior1, l.body #> '{arms,2,posterior}' as posterior2
          from snapshots l where l.experiment = k.experiment order by l.version desc limit 1) as s
        cross join lateral (select s.version + 1 as version) as n %s\
        """.formatted(BODY, MOVED);

    private static final String DECIDED = """
        insert into decisions (unit, experiment, occasion, arm, propensity, version, segment, holdout, decided_at, bucket)
        select gen_random_uuid(), s.experiment, 0, d.arm, case when d.held then 1 else d.share end, s.version, '', d.held,
          s.made_at + u.i * interval '15 s', date_trunc('hour', s.made_at + u.i * interval '15 s')
        from snapshots s cross join generate_series(0, %d) as u (i)
        cross join lateral (
          select u.i = 0 and s.version %% 2 = 0 as held, (u.i * 0.618 + s.version * 0.371) %% 1 as point,
            (s.body #>> '{arms,0,share}')::float8 as a, (s.body #>> '{arms,1,share}')::float8 as b) as p
        cross join lateral (
          select p.held, case when p.held or p.point < p.a then 0 when p.point < p.a + p.b then 1 else 2 end as place) as o
        cross join lateral (
          select o.held, s.body #>> array['arms', o.place::text, 'arm'] as arm,
            (s.body #>> array['arms', o.place::text, 'share'])::float8 as share) as d
        where s.experiment = (select id from experiments where key = ?)\
        """.formatted(UNITS_PER_SNAPSHOT - 1);

    private static final String EARNED = """
        insert into rewards (experiment, unit, occasion, source, event_id, segment, version, arm, holdout, bucket,
          conversions, orders, orders_sq, value, value_sq, raw, raw_sq, happened_at, received_at)
        select experiment, unit, occasion, 'api', unit::text, segment, version, arm, holdout, bucket,
          1, 1, 1, 0, 0, 0, 0, decided_at + interval '20 minutes', decided_at + interval '20 minutes'
        from decisions where experiment = (select id from experiments where key = ?) and unit::text < '0a'\
        """;

    private static final String COUNTED = """
        insert into counters (experiment, segment, version, eligible, arm, holdout, bucket, exposures, conversions,
          orders, orders_sq, value, value_sq, raw, raw_sq)
        select d.experiment, d.segment, d.version, '', d.arm, d.holdout, d.bucket, count(*), count(r.unit),
          count(r.unit), count(r.unit), 0, 0, 0, 0
        from decisions d left join rewards r on r.unit = d.unit and r.experiment = d.experiment
        where d.experiment = (select id from experiments where key = ?)
        group by d.experiment, d.segment, d.version, d.arm, d.holdout, d.bucket\
        """;

    private static final String LEARNED = """
        update cursors set decisions = pg_current_xact_id(), rewards = (select coalesce(max(id), 0) from rewards),
          through = now()
        where name = 'learn'\
        """;

    /// The key of an experiment, by its place from 0 on.
    static String key(int place) {
        return "experiment-%03d".formatted(place);
    }

    /// A definition as owners write it.
    static JsonObject definition(String key) {
        return Definitions.of(key, ARMS.toArray(String[]::new))
                .put("name", "What " + key + " is about")
                .put("holdout", 0.05);
    }

    /// What can be done as owners and visitors do it: by HTTP, at a node whose clock is a month behind.
    void begin(Api early) {
        JsonObject lived = definition(LIVED).put("warmUp", 0);
        lived.getJsonObject("objective").put("window", "PT1M");
        early.start(lived);
        visit(early);
        Eventually.holds(
                "a snapshot was made of what visitors did",
                SOON,
                () -> sql.number("select count(*) from snapshots where version > 1 and body #> '{guard,arms}' <> '[]'")
                        > 0);
        for (int i = 0; i < experiments; i++) {
            early.start(definition(key(i)));
        }
        new Planted(sql).withoutLearner();
        sql.update("""
            create table begun as
            select s.experiment, s.made_at, s.revision, b.body - 'arms' as rest, b.body #> '{arms,0}' as arm0,
              b.body #> '{arms,1}' as arm1, b.body #> '{arms,2}' as arm2, b.body #> '{arms,0,posterior}' as posterior0,
              b.body #> '{arms,1,posterior}' as posterior1, b.body #> '{arms,2,posterior}' as posterior2
            from snapshots s join experiments e on e.id = s.experiment cross join (
              select body from snapshots l join experiments d on d.id = l.experiment where d.key = ?
              order by version desc limit 1) as b
            where e.key <> ? and s.version = 1
            """, LIVED, LIVED);
        sql.update("delete from snapshots where version > 1 and experiment in (select experiment from begun)");
        early.command(LIVED + "/end");
        String path = "/v1/experiments/" + LIVED;
        String revision = early.get(path).header("ETag").orElseThrow();
        early.send("DELETE", path, BodyPublishers.noBody(), "If-Match", revision)
                .with(204);
    }

    private static void visit(Api api) {
        JsonArray orders = new JsonArray();
        for (int i = 0; i < VISITORS; i++) {
            String arm = api.decide(LIVED, "visitor-" + i).getString("arm");
            if (i % (ARMS.indexOf(arm) == 1 ? 5 : 25) == 0) {
                orders.add(new JsonObject()
                        .put("id", "order-" + i)
                        .put("metric", "purchase")
                        .put("unit", "visitor-" + i));
            }
        }
        api.report(orders).with(202);
    }

    /// Writes the snapshots, and does what autovacuum would have done meanwhile.
    void write() throws InterruptedException, ExecutionException {
        sql.update(WRITE);
        List<Callable<Integer>> parts = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int part = i;
            parts.add(() -> sql.update("call write_month(?, ?, ?)", part, WRITERS, snapshots));
        }
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            for (Future<Integer> written : writers.invokeAll(parts)) {
                written.get();
            }
        }
        sql.update("vacuum (analyze) snapshots");
        sql.update("checkpoint");
    }

    /// Writes down for whom one experiment decided under each of its snapshots, what they earned and what was counted.
    void visited(String experiment) {
        for (String statement : List.of(DECIDED, EARNED, COUNTED)) {
            sql.update(statement, experiment);
        }
        sql.update(LEARNED);
        for (String table : List.of("decisions", "rewards", "counters")) {
            sql.update("vacuum (analyze) " + table);
        }
    }

    /// What was planted, in a sentence.
    String inWords(String visited) {
        String id = "(select id from experiments where key = '" + visited + "')";
        return sql.value("select count(*) || ' snapshots of ' || count(distinct experiment) || ' experiments, ' "
                        + "|| pg_size_pretty(pg_total_relation_size('snapshots')) from snapshots"
                        + " where experiment in (select experiment from begun)")
                + "; a body is "
                + sql.value(
                        "select round(avg(length(body::text))) || ' characters, ' || round(avg(pg_column_size(body)))"
                                + " || ' bytes stored' from (select body from snapshots limit 1000) as few")
                + "; of '" + visited + "' "
                + sql.value("select count(*) || ' decisions under ' || count(distinct version) || ' versions' from"
                        + " decisions where experiment = " + id)
                + sql.value("select ', ' || count(*) || ' rewards' from rewards where experiment = " + id)
                + sql.value("select ', ' || count(*) || ' counters' from counters where experiment = " + id);
    }

    /// The numbers of the experiments.
    List<Long> ids() {
        return sql.column("select id from experiments where deleted_at is null order by id").stream()
                .map(Long::valueOf)
                .toList();
    }

    /// The next snapshot of each of so many experiments, the first ones.
    void goOn(int howMany) {
        try (Connection connection = sql.connect()) {
            connection.setAutoCommit(false);
            turn(connection, ids().subList(0, howMany));
        } catch (SQLException e) {
            throw new IllegalStateException("no snapshot was made", e);
        }
    }

    /// One turn of a learner: the next snapshot of each of these, its cursor, and the bell.
    static void turn(Connection connection, List<Long> experiments) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(GO_ON);
                PreparedStatement cursor = connection.prepareStatement(
                        "update cursors set through = clock_timestamp() where name = 'learn'");
                PreparedStatement ring = connection.prepareStatement("select pg_notify('bandolier_board', '')")) {
            insert.setArray(1, connection.createArrayOf("bigint", experiments.toArray()));
            if (insert.executeUpdate() != experiments.size()) {
                throw new IllegalStateException("not every experiment has a snapshot to go on from");
            }
            cursor.executeUpdate();
            ring.execute();
            connection.commit();
        }
    }
}
