package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.Platforms.Message;
import dev.bandolier.server.postgres.DatabaseUrl;
import dev.bandolier.server.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database goes away under a webhook: senders are told in time to come again, nothing is acknowledged that is not
/// there, and what they send again counts once.
final class WebhookOutageIT {

    private static final Platforms JSON = Platforms.JSON;

    /// What the least patient platforms wait.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

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
        Map<String, String> environment = Map.of("DATABASE_URL", through.uri(), "BANDOLIER_SECRET", Site.SECRET);
        node = Main.open(Settings.of(environment, Map.of("PORT", "0")));
        api = new Api(node.address());
        JSON.setUp(api);
    }

    @AfterEach
    void close() {
        cable.thaw();
        node.close();
        cable.close();
        database.close();
    }

    @Test
    void network_cut_isAnswered503_andWhatIsSentAgainCountsOnce() {
        Message before = order(1);
        JSON.deliver(api, before).with(202);

        cable.cut();
        refuseInTime(order(2), JSON.sign(order(2), Instant.now()));
        cable.mend(database.address().port());

        takeAgain(before);
    }

    @Test
    void network_thatSwallowsEverything_isAnswered503InTime() {
        Message before = order(1);
        JSON.deliver(api, before).with(202);

        cable.freeze();
        refuseInTime(order(2), JSON.sign(order(2), Instant.now()));
        // Before a forged one is refused, its source would be read again.
        refuseInTime(order(2), JSON.sign(before, Instant.now()));
        cable.thaw();

        takeAgain(before);
    }

    private void refuseInTime(Message message, List<String> headers) {
        long startNanos = System.nanoTime();
        Api.Answer answer = Platforms.post(api, "json", message.body(), headers);
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(PATIENCE);
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
    }

    private void takeAgain(Message before) {
        Eventually.holds(
                "ready again", Times.RECOVERED, () -> api.get("/health/ready").status() == 200);
        Eventually.holds(
                "taken again",
                Times.RECOVERED,
                () -> JSON.deliver(api, order(2)).status() == 202);
        assertThat(JSON.deliver(api, before).with(202).json().getInteger("duplicates"))
                .isEqualTo(1);
        assertThat(JSON.deliver(api, order(2)).with(202).json().getInteger("duplicates"))
                .isEqualTo(1);
        Sql sql = new Sql(database.address());
        assertThat(sql.column("select event_id from conversions order by 1")).containsExactly("order-1", "order-2");
        Eventually.holds(
                "what could not be taken is counted",
                Times.RECOVERED,
                () -> sql.number("select coalesce(sum(count), 0) from receipts"
                                + " where source = 'json' and reason = 'unavailable'")
                        > 0);
    }

    private static Message order(long number) {
        return JSON.order(number, "anybody", Instant.parse("2026-11-21T10:00:00Z"));
    }
}
