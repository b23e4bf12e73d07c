package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.duty.Duty;
import dev.bandolier.server.duty.Leased;
import dev.bandolier.server.ledger.Leases;
import dev.bandolier.server.ledger.Leases.Hold;
import dev.bandolier.server.postgres.DatabaseUrl;
import dev.bandolier.server.postgres.Migrations;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who may run a duty, told by two nodes on one database.
final class LeasesIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(50);

    private static DatabaseUrl database;
    private static Vertx vertx;
    private static Pool pool;

    @BeforeAll
    static void open() {
        database = Postgres.create();
        Migrations.run(database);
        vertx = Vertx.vertx();
        pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(database.connectOptions())
                .build();
    }

    @AfterAll
    static void close() {
        pool.close().await();
        vertx.close().await();
        Postgres.drop(database);
    }

    @Test
    void lease_isTakenRenewedAndDenied() {
        Leases one = new Leases(UUID.randomUUID());
        Leases other = new Leases(UUID.randomUUID());

        assertThat(one.acquire(pool, "turns", LONG)).isEqualTo(Hold.TAKEN);
        assertThat(one.acquire(pool, "turns", LONG)).isEqualTo(Hold.RENEWED);
        assertThat(other.acquire(pool, "turns", LONG)).isEqualTo(Hold.DENIED);
        one.release(pool, "turns");
        assertThat(other.acquire(pool, "turns", LONG)).isEqualTo(Hold.TAKEN);
    }

    @Test
    void lease_thatAnotherHadMeanwhile_isTakenAndNotRenewed() {
        Leases sleeper = new Leases(UUID.randomUUID());
        Leases other = new Leases(UUID.randomUUID());
        sleeper.acquire(pool, "sleep", SHORT);
        Eventually.pause(SHORT.multipliedBy(4));

        assertThat(other.acquire(pool, "sleep", LONG)).isEqualTo(Hold.TAKEN);
        other.release(pool, "sleep");
        assertThat(sleeper.acquire(pool, "sleep", LONG)).isEqualTo(Hold.TAKEN);
    }

    @Test
    void duty_whoseLeaseAnotherHadMeanwhile_forgetsWhatItKnew() {
        Leases other = new Leases(UUID.randomUUID());
        Remembering duty = new Remembering();
        Leased sleeper = new Leased(duty, pool, new Leases(UUID.randomUUID()), Duration.ofMillis(150));
        sleeper.take();
        int before = duty.forgotten.get();
        Eventually.pause(Duration.ofMillis(300));
        assertThat(other.acquire(pool, duty.name(), LONG)).isEqualTo(Hold.TAKEN);
        other.release(pool, duty.name());

        assertThat(sleeper.take()).isEqualTo(1);
        assertThat(duty.forgotten).hasValueGreaterThan(before);
    }

    /// A duty that counts how often it was told to forget.
    private static final class Remembering implements Duty {

        private final AtomicInteger forgotten = new AtomicInteger();

        @Override
        public String name() {
            return "remember";
        }

        @Override
        public int turn(SqlConnection connection) {
            return 1;
        }

        @Override
        public void forget() {
            forgotten.incrementAndGet();
        }
    }
}
