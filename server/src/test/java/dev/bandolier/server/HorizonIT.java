package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How far decisions may be read is told by the transactions of the cluster, not by their own ids.
final class HorizonIT {

    private static final String EXPOSED = "select coalesce(sum(exposures), 0) from counters";
    private static final String CONVERTED = "select coalesce(sum(conversions), 0) from counters";

    @Test
    void rewards_ofDecisionsThatCannotBeReadYet_waitForThem() throws SQLException {
        try (Site site = Site.fresh()) {
            Api api = site.node();
            api.start(Definitions.of("held", "a", "b").put("holdout", 0));
            try (Connection writer = site.sql().connect();
                    Statement statement = writer.createStatement()) {
                writer.setAutoCommit(false);
                // A transaction with an id, anywhere in the cluster, holds back what is decided after it.
                statement.execute("select pg_current_xact_id()");
                api.decide("held", "early-bird");
                api.report(new JsonObject()
                        .put("id", "o-1")
                        .put("metric", "purchase")
                        .put("unit", "early-bird"));
                Eventually.holds(
                        "the reward is in the log",
                        Duration.ofSeconds(10),
                        () -> site.sql().number("select count(*) from rewards") == 1);
                Eventually.pause(Duration.ofSeconds(1));

                assertThat(site.sql().number(EXPOSED)).isZero();
                assertThat(site.sql().number(CONVERTED)).isZero();
                writer.commit();
            }
            site.books().settled();

            assertThat(site.sql().number(EXPOSED)).isEqualTo(1);
            assertThat(site.sql().number(CONVERTED)).isEqualTo(1);
        }
    }

    @Test
    void decisions_restoredFromAnotherCluster_areCountedOnceAndNewOnesToo() {
        try (Site site = Site.fresh()) {
            Node first = site.opened(Map.of());
            Api api = new Api(first.address());
            api.start(Definitions.of("moved", "a", "b"));
            Crowd.units("before-", 20).forEach(unit -> api.decide("moved", unit));
            site.books().settled();
            first.close();
            // A dump carries transaction ids over to a cluster that has not come that far by itself.
            site.sql().update("update cursors set decisions = '900000000000'");
            site.sql().update("update decisions set xid = '800000000000'");
            site.sql()
                    .update("insert into decisions select gen_random_uuid(), experiment, occasion, arm, propensity,"
                            + " version, segment, holdout, eligible, decided_at, bucket, '900000000001' from"
                            + " decisions limit 1");

            Api again = site.node();
            Crowd.units("after-", 20).forEach(unit -> again.decide("moved", unit));
            site.books().settled();

            assertThat(site.sql().number(EXPOSED)).isEqualTo(41);
        }
    }
}
