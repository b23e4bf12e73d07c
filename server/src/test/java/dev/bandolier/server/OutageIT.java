package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.postgres.DatabaseUrl;
import dev.bandolier.server.postgres.EmbeddedDatabase;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database goes away and comes back: visitors are served all the while, nothing acknowledged is lost, nobody
/// restarts anything.
final class OutageIT {

    private static final int CALLERS = 8;

    @TempDir
    private Path data;

    private EmbeddedDatabase database;
    private Cable cable;
    private Node node;
    private Api api;

    @BeforeEach
    void open() throws IOException {
        database = EmbeddedDatabase.start(data, Postgres.binaries());
        cable = new Cable(database.address().port());
        DatabaseUrl there = database.address();
        DatabaseUrl through = new DatabaseUrl(
                there.host(),
                cable.port(),
                there.database(),
                there.user(),
                there.password(),
                there.sslMode(),
                there.rootCertificate());
        Map<String, String> environment =
                new HashMap<>(Map.of("DATABASE_URL", through.uri(), "BANDOLIER_SECRET", Site.SECRET));
        environment.put("BANDOLIER_RECEIVE_WAIT_MILLIS", "1000");
        node = Main.open(Settings.of(environment, Map.of("PORT", "0")));
        api = new Api(node.address());
        api.start(Definitions.of("outage", "a", "b"));
    }

    @AfterEach
    void close() {
        cable.thaw();
        node.close();
        cable.close();
        database.close();
    }

    @Test
    void database_stoppedAndStarted_isFoundAgainWithoutRestart() {
        List<String> before = Crowd.units("before-", 50);
        List<JsonObject> known = Crowd.each(CALLERS, before, unit -> api.decide("outage", unit));
        assertThat(report("before-0").status()).isEqualTo(202);

        database.close();
        cable.cut();
        serveWithoutDatabase(before, known);
        refuseChange();

        database = EmbeddedDatabase.start(data, Postgres.binaries());
        cable.mend(database.address().port());
        serveAgain(before, known);
    }

    @Test
    void network_cut_isSurvivedWithoutRestart() {
        List<String> before = Crowd.units("before-", 50);
        List<JsonObject> known = Crowd.each(CALLERS, before, unit -> api.decide("outage", unit));
        assertThat(report("before-0").status()).isEqualTo(202);

        cable.cut();
        serveWithoutDatabase(before, known);
        refuseChange();

        cable.mend(database.address().port());
        serveAgain(before, known);
    }

    @Test
    void network_thatSwallowsEverything_isSurvivedWithoutRestart() {
        List<String> before = Crowd.units("before-", 50);
        List<JsonObject> known = Crowd.each(CALLERS, before, unit -> api.decide("outage", unit));
        assertThat(report("before-0").status()).isEqualTo(202);

        cable.freeze();
        serveWithoutDatabase(before, known);

        cable.thaw();
        serveAgain(before, known);
    }

    private void serveWithoutDatabase(List<String> before, List<JsonObject> known) {
        for (String unit : Crowd.units("during-", 5)) {
            long startNanos = System.nanoTime();
            JsonObject answer = api.decide("outage", unit);
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(2));
            assertThat(answer.getString("reason")).isEqualTo("fallback");
            assertThat(answer.getBoolean("control")).isTrue();
            assertThat(answer.getValue("decision")).isNull();
        }
        for (int i = 0; i < before.size(); i++) {
            assertThat(api.decide("outage", before.get(i)))
                    .isEqualTo(known.get(i).copy().put("reason", "sticky"));
        }
        Api.Answer refused = report("before-1");
        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(refused.type()).isEqualTo("application/problem+json");
        Api.Answer ready = api.get("/health/ready");
        assertThat(ready.status()).as(ready.text()).isEqualTo(503);
        assertThat(api.get("/health/live").status()).isEqualTo(200);
        assertThat(api.get("/v1/experiments").status()).isEqualTo(200);
    }

    private void refuseChange() {
        Api.Answer change = api.post("/v1/experiments/outage/pause");
        assertThat(change.status()).as(change.text()).isEqualTo(503);
    }

    private void serveAgain(List<String> before, List<JsonObject> known) {
        Eventually.holds(
                "ready again", Times.RECOVERED, () -> api.get("/health/ready").status() == 200);
        Eventually.holds(
                "decides again",
                Times.RECOVERED,
                () -> api.decide("outage", "after").getString("reason").matches("allocated|sticky"));
        for (String unit : Crowd.units("during-", 5)) {
            assertThat(api.decide("outage", unit).getString("reason")).isIn("allocated", "sticky");
        }
        for (int i = 0; i < before.size(); i++) {
            assertThat(api.decide("outage", before.get(i)).getString("arm"))
                    .isEqualTo(known.get(i).getString("arm"));
        }
        assertThat(report("before-0").with(202).json().getString("status")).isEqualTo("duplicate");
        assertThat(report("before-1").status()).isEqualTo(202);
        assertThat(report("after").status()).isEqualTo(202);

        Books books = new Books(new Sql(database.address())).settled();
        assertThat(books.totals("outage").subList(0, 3)).containsExactly("56", "3", "3");
        assertThat(books.stored("outage"))
                .isEqualTo(books.fromRewards("outage"))
                .isEqualTo(books.fromConversions("outage"));
        assertThat(api.post("/v1/experiments/outage/pause").status()).isEqualTo(200);
    }

    private Api.Answer report(String unit) {
        return api.report(new JsonObject()
                .put("id", "order of " + unit)
                .put("metric", "purchase")
                .put("unit", unit));
    }
}
