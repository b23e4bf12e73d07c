package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.postgres.DatabaseUrl;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` under load, three times, on the database that comes along: what was acknowledged is there, once.
final class KillIT {

    private static final int KILLS = 3;
    private static final int CALLERS = 6;
    private static final Duration LOAD = Duration.ofMillis(1_500);

    private final Map<String, String> arms = new ConcurrentHashMap<>();
    private final Queue<String> reported = new ConcurrentLinkedQueue<>();
    private final AtomicLong number = new AtomicLong();
    private final AtomicBoolean loading = new AtomicBoolean();

    @TempDir
    private Path data;

    @Test
    void acknowledged_afterEachOfThreeKillsUnderLoad_isThereOnce() throws IOException {
        ServerProcess server = start();
        server.api().start(Definitions.of("kill", "a", "b", "c"));
        long orphan = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int before = reported.size();
            killUnderLoad(server);
            orphan = postgres();
            assertThat(ProcessHandle.of(orphan))
                    .as("Postgres outlives a killed server")
                    .isPresent();
            assertThat(reported.size()).as("conversions acknowledged").isGreaterThan(before);

            server = start();
            assertThat(postgres()).isNotEqualTo(orphan);
            check(server.api());
        }
        server.close();
        assertThat(Files.exists(cluster("postmaster.pid")))
                .as("Postgres ended with its server")
                .isFalse();
    }

    private ServerProcess start() {
        return ServerProcess.start(Map.of(), "--data", data.toString());
    }

    private void killUnderLoad(ServerProcess server) {
        loading.set(true);
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.execute(() -> load(server.api()));
            }
            Eventually.pause(LOAD);
            server.kill();
            loading.set(false);
        }
    }

    /// Asks for new units and reports a conversion of each, until nobody answers. Only what was answered is kept.
    private void load(Api api) {
        try {
            while (loading.get()) {
                String unit = "u" + number.incrementAndGet();
                JsonObject answer = api.decide("kill", unit);
                if (!answer.getString("reason").equals("allocated")) {
                    continue;
                }
                arms.put(unit, answer.getString("arm"));
                JsonObject report = conversion(unit);
                if (api.report(report).status() == 202) {
                    reported.add(report.getString("id"));
                }
            }
        } catch (Api.Unanswered killed) {
            // Whether it was carried out is not known, and so nothing is claimed of it.
        }
    }

    private void check(Api api) throws IOException {
        Books books = new Books(new Sql(database())).settled();
        List<String> units = List.copyOf(arms.keySet());
        List<JsonObject> answers = Crowd.each(CALLERS, units, unit -> api.decide("kill", unit));
        for (int i = 0; i < units.size(); i++) {
            assertThat(answers.get(i).getString("reason")).isEqualTo("sticky");
            assertThat(answers.get(i).getString("arm")).isEqualTo(arms.get(units.get(i)));
        }
        List<String> kept = books.sql().column("select event_id from conversions");
        assertThat(kept).doesNotHaveDuplicates();
        assertThat(new HashSet<>(kept)).containsAll(Set.copyOf(reported));
        assertThat(books.stored("kill")).isEqualTo(books.fromRewards("kill")).isEqualTo(books.fromConversions("kill"));
        JsonArray again = new JsonArray();
        reported.stream().limit(500).forEach(id -> again.add(conversion(id.substring("order of ".length()))));
        assertThat(api.report(again).with(202).json().getInteger("duplicates")).isEqualTo(again.size());
    }

    private static JsonObject conversion(String unit) {
        return new JsonObject()
                .put("id", "order of " + unit)
                .put("metric", "purchase")
                .put("unit", unit)
                .put("value", 19.90)
                .put("currency", "EUR");
    }

    private Path cluster(String file) {
        return data.resolve("postgres").resolve("postgres").resolve(file);
    }

    private long postgres() throws IOException {
        return Long.parseLong(
                Files.readAllLines(cluster("postmaster.pid")).getFirst().strip());
    }

    private DatabaseUrl database() throws IOException {
        int port = Integer.parseInt(
                Files.readAllLines(cluster("postmaster.pid")).get(3).strip());
        String password = Files.readString(cluster("bandolier.password")).strip();
        return new DatabaseUrl("127.0.0.1", port, "postgres", "postgres", password, SslMode.DISABLE, Optional.empty());
    }
}
