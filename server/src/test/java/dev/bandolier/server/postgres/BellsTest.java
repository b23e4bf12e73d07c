package dev.bandolier.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BellsTest {

    private static final String END_ALL_LISTENERS =
            "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofMillis(200);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void closeVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void notify_onAChannel_ringsThatBellOnEveryNode() throws Exception {
        try (OnePostgres postgres = OnePostgres.start()) {
            Bells here = open(postgres);
            Bells there = open(postgres);
            for (Bells node : Set.of(here, there)) {
                assertThat(node.bell("rewards").await(SOON))
                        .as("the ring after connecting")
                        .isTrue();
                assertThat(node.bell("Decisions").await(SOON))
                        .as("the ring after connecting")
                        .isTrue();
            }

            postgres.execute("notify \"Decisions\", 'ignored'");

            assertThat(here.bell("Decisions").await(SOON)).isTrue();
            assertThat(there.bell("Decisions").await(SOON)).isTrue();
            assertThat(here.bell("rewards").await(SILENCE)).isFalse();
            here.close();
            there.close();
        }
    }

    @Test
    void connection_lost_isMadeAnewAndRings() throws Exception {
        try (OnePostgres postgres = OnePostgres.start()) {
            Bells bells = open(postgres);
            Bell bell = bells.bell("rewards");
            assertThat(bell.await(SOON)).isTrue();

            postgres.execute(END_ALL_LISTENERS);
            assertThat(bell.await(SOON)).as("the ring after connecting again").isTrue();

            postgres.execute("notify rewards");
            assertThat(bell.await(SOON)).as("the ring of the notification").isTrue();
            bells.close();
        }
    }

    @Test
    void database_notThereYet_isWaitedFor() throws Exception {
        try (OnePostgres postgres = OnePostgres.start()) {
            DatabaseUrl late = DatabaseUrl.parse(postgres.url().uri().replace("/postgres?", "/late?"));
            Bells bells = new Bells(vertx, late.connectOptions(), Set.of("rewards"));
            bells.open();
            assertThat(bells.bell("rewards").await(SILENCE)).isFalse();

            postgres.execute("create database late");

            assertThat(bells.bell("rewards").await(SOON)).isTrue();
            bells.close();
        }
    }

    @Test
    void close_beforeAnyConnection_endsTheAttempts() throws Exception {
        try (OnePostgres postgres = OnePostgres.start()) {
            DatabaseUrl late = DatabaseUrl.parse(postgres.url().uri().replace("/postgres?", "/late?"));
            Bells bells = new Bells(vertx, late.connectOptions(), Set.of("rewards"));
            bells.open();

            bells.close();
            postgres.execute("create database late");

            assertThat(bells.bell("rewards").await(Duration.ofMillis(600))).isFalse();
        }
    }

    @Test
    void close_whileListening_leavesNoConnection() throws Exception {
        try (OnePostgres postgres = OnePostgres.start()) {
            Bells bells = open(postgres);
            assertThat(bells.bell("rewards").await(SOON)).isTrue();

            bells.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            postgres.execute("notify rewards");

            assertThat(bells.bell("rewards").await(SILENCE)).isFalse();
        }
    }

    @Test
    void channel_withAnImpossibleName_isRefused() {
        assertThatThrownBy(() -> new Bells(vertx, new PgConnectOptions(), Set.of("")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void backoff_withEveryFailure_doublesUpToItsLimit() {
        assertThat(Bells.backoffMillis(0)).isEqualTo(100);
        assertThat(Bells.backoffMillis(3)).isEqualTo(800);
        assertThat(Bells.backoffMillis(1_000)).isEqualTo(Bells.BACKOFF_MAX.toMillis());
    }

    private Bells open(OnePostgres postgres) {
        Bells bells = new Bells(vertx, postgres.url().connectOptions(), Set.of("Decisions", "rewards"));
        bells.open();
        return bells;
    }
}
