package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The timeline of an experiment, held against the logs that it is made of.
final class TimelineIT {

    /// Everything that happened to an experiment, as three plain lists would say; the latest first, and at one moment what
    /// follows before what it follows from.
    private static final String ALL = """
        select name from (
          select 's' || version as name, made_at as at, 3 as place, version as id from snapshots where experiment = ?
          union all
          select case when actor = 'guardrail' then 'v' else 'a' end || a.id, a.at,
                 case when actor = 'guardrail' then 2 else 1 end, a.id
          from audit a join experiments e on e.id = ?
          where a.experiment = e.id or a.experiment is null and a.at >= e.created_at
        ) as each order by at desc, place desc, id desc
        """;

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
    }

    private static long number(String key) {
        return site.sql().number("select id from experiments where key = ?", key);
    }

    private static List<String> oracle(String key) {
        return site.sql().column(ALL, number(key), number(key));
    }

    private static JsonObject page(String key, String query) {
        return api.get("/v1/experiments/" + key + "/timeline?" + query)
                .with(200)
                .json();
    }

    private static List<JsonObject> events(JsonObject page) {
        return page.getJsonArray("events").stream().map(JsonObject.class::cast).toList();
    }

    private static List<String> names(List<JsonObject> events) {
        return events.stream().map(each -> each.getString("id")).toList();
    }

    /// So many more snapshots and, with some of them, verdicts and deeds; some at the very same moment.
    private static void plant(String key, int from, int count) {
        site.sql().update("""
            insert into snapshots (experiment, version, made_at, revision, body)
            select s.experiment, n, s.made_at + n / 3 * interval '1 second', s.revision,
              jsonb_set(s.body || '{"cause": "moved"}', '{arms,0,share}', to_jsonb(0.1 + n % 5 * 0.1))
            from snapshots s, generate_series(?::int, ?::int) as n
            where s.experiment = ? and s.version = 1
            """, from, from + count - 1, number(key));
        site.sql().update("""
            insert into audit (at, experiment, key, actor, action, note, detail)
            select s.made_at, case when s.version % 11 = 0 then null else s.experiment end, ?,
              case when s.version % 11 = 0 then 'kim' when s.version % 4 = 0 then 'guardrail' else 'jo' end,
              case when s.version % 11 <> 0 and s.version % 4 = 0 then 'arm-suspected-ended' else 'change' end,
              'changed floor', '{"arm": "b"}'
            from snapshots s where s.experiment = ? and s.version between ? and ? and s.version % 2 = 0
            """, key, number(key), from, from + count - 1);
    }

    private static void start(String key) {
        new Planted(site.sql()).withoutLearner();
        api.start(Definitions.of(key, "a", "b"));
    }

    @Test
    void pages_whileMoreHappens_showWhatWasThereOnceAndInOrder() throws InterruptedException {
        start("walk");
        plant("walk", 2, 400);
        List<String> before = oracle("walk");
        AtomicBoolean walking = new AtomicBoolean(true);
        Thread more = Thread.ofVirtual().start(() -> {
            for (int version = 402; walking.get(); version += 5) {
                plant("walk", version, 5);
            }
        });
        List<String> seen = new ArrayList<>();
        String next = "limit=7";
        while (next != null) {
            JsonObject page = page("walk", next);
            seen.addAll(names(events(page)));
            String cursor = page.getString("next");
            next = cursor == null ? null : "limit=7&before=" + cursor;
        }
        walking.set(false);
        more.join();

        assertThat(seen).doesNotHaveDuplicates();
        Set<String> known = new HashSet<>(before);
        assertThat(seen.stream().filter(known::contains)).containsExactlyElementsOf(before);
        // And once more, while nothing happens: all there is, whatever the size of the page.
        List<String> all = oracle("walk");
        assertThat(all).hasSizeGreaterThan(before.size());
        assertThat(names(events(page("walk", "limit=200")))).isEqualTo(all.subList(0, 200));
    }

    @Test
    void kinds_whereOneIsAskedFor_areThatAlone() {
        start("kinds");
        plant("kinds", 2, 60);

        for (String kind : List.of("snapshot", "verdict", "action")) {
            List<JsonObject> events = events(page("kinds", "limit=200&kinds=" + kind));
            assertThat(names(events))
                    .isNotEmpty()
                    .isEqualTo(oracle("kinds").stream()
                            .filter(each -> each.charAt(0) == kind.charAt(0))
                            .toList());
            assertThat(events).allMatch(each -> each.getString("kind").equals(kind));
        }
        assertThat(names(events(page("kinds", "kinds=verdict,action&limit=200"))))
                .isEqualTo(oracle("kinds").stream()
                        .filter(each -> each.charAt(0) != 's')
                        .toList());
    }

    @Test
    void snapshot_saysWhichSharesMoved() {
        start("moves");
        plant("moves", 2, 5);
        double first = Double.parseDouble(site.sql()
                .value(
                        "select body #>> '{arms,0,share}' from snapshots where experiment = ? and version = 1",
                        number("moves")));

        List<JsonObject> events = events(page("moves", "kinds=snapshot"));
        JsonObject second = events.get(4);
        assertThat(second.getLong("version")).isEqualTo(2);
        assertThat(second.getJsonArray("changes").encode())
                .isEqualTo("[{\"arm\":\"a\",\"from\":" + first + ",\"to\":0.3}]");
        assertThat(second.getString("sentence")).contains("'a' from 50.0% to 30.0%");
        assertThat(events.get(5).getString("title")).isEqualTo("Started");
        assertThat(events.get(5).getJsonArray("changes").getJsonObject(1).getValue("from"))
                .isNull();
    }

    @Test
    void deedsOfPeople_areToldWithTheirNames() {
        api.post("/v1/experiments", Definitions.of("deeds", "a", "b").encode()).with(201);
        api.command("deeds/start");
        api.command("deeds/arms/b/pause");

        // Other tests do things to all experiments, in times to come.
        site.sql().update("delete from audit where experiment is null");
        List<JsonObject> events = events(page("deeds", "kinds=action"));
        assertThat(events)
                .extracting(each -> each.getString("title"))
                .containsExactly("Arm paused", "Started by a person", "Created");
        assertThat(events.getFirst().getString("sentence")).isEqualTo("The API (no name given) paused arm 'b'.");
        assertThat(events.getFirst().getString("arm")).isEqualTo("b");
    }

    @Test
    void page_ofTenThousandSnapshots_isReadByAnIndex() {
        start("many");
        plant("many", 2, 10_000);
        site.sql().update("analyze snapshots, audit");
        List<String> all = oracle("many");
        long startNanos = System.nanoTime();
        String next = "limit=200";
        List<String> seen = new ArrayList<>();
        int pages = 0;
        while (next != null) {
            JsonObject page = page("many", next);
            seen.addAll(names(events(page)));
            String cursor = page.getString("next");
            next = cursor == null ? null : "limit=200&before=" + cursor;
            pages++;
        }
        long tookNanos = System.nanoTime() - startNanos;
        System.getLogger(TimelineIT.class.getName())
                .log(System.Logger.Level.INFO, "{0} pages of 200 in {1} ms", pages, tookNanos / 1_000_000);

        assertThat(seen).isEqualTo(all);
        // A page is a few hundred rows, however many there are.
        assertThat(plan(
                        "many",
                        "select * from snapshots where experiment = %d and (made_at, version) < (now(), 5)"
                                + " order by made_at desc, version desc limit 201"))
                .contains("snapshots_time")
                .doesNotContain("Sort");
    }

    private static String plan(String key, String query) {
        return String.join("\n", site.sql().column("explain " + query.formatted(number(key))));
    }

    @Test
    void questionsThatMakeNoSense_areRefusedByName() {
        start("odd");
        for (String query : List.of("limit=0", "limit=201", "limit=x")) {
            refused(query, "limit");
        }
        for (String query : List.of("before=x", "before=1-s", "before=1-x-1", "before=9999999999999999999-s-1")) {
            refused(query, "before");
        }
        for (String query : List.of("kinds=", "kinds=snapshots", "kinds=snapshot,,verdict")) {
            refused(query, "kinds");
        }
        api.get("/v1/experiments/nobody/timeline").with(404);
    }

    private static void refused(String query, String field) {
        assertThat(api.get("/v1/experiments/odd/timeline?" + query).with(422).text())
                .contains("\"field\":\"" + field + "\"");
    }
}
