package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The live feed: what is served, as it changes, and nothing missed in between.
@Timeout(30)
final class LiveIT {

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
        api.start(Definitions.of("hero", "a", "b"));
    }

    @Test
    void feed_withoutAnId_beginsWithTheSnapshotOfEveryExperiment() {
        try (Feed feed = Feed.open(api, Optional.empty())) {
            Feed.Event event = feed.next();
            assertThat(event.name()).isEqualTo("snapshot");
            while (!event.data().getString("experiment").equals("hero")) {
                event = feed.next("snapshot");
            }
            assertThat(event.id()).isNotEmpty();
            assertThat(event.data().getJsonArray("arms").size()).isEqualTo(2);
        }
    }

    @Test
    void feed_resumedAfterAnEvent_tellsWhatWasMissedAndNothingTwice() {
        api.start(Definitions.of("resumed", "a", "b"));
        String seen;
        try (Feed feed = Feed.open(api, Optional.empty())) {
            feed.next("snapshot");
            api.command("resumed/pause");
            Feed.Event paused = change(feed, "resumed", "paused");
            seen = paused.id();
        }
        api.command("resumed/resume");
        api.command("resumed/pause");

        try (Feed feed = Feed.open(api, Optional.of(seen))) {
            assertThat(change(feed, "resumed", "running").data().getLong("revision"))
                    .isEqualTo(4);
            assertThat(change(feed, "resumed", "paused").data().getLong("revision"))
                    .isEqualTo(5);
        }
    }

    @Test
    void feed_cutOffInItsBeginning_beginsAnew() {
        api.start(Definitions.of("begun", "a", "b"));
        String first;
        try (Feed feed = Feed.open(api, Optional.empty())) {
            first = feed.next().id();
        }

        try (Feed feed = Feed.open(api, Optional.of(first))) {
            Feed.Event event = feed.next();
            assertThat(event.name()).isEqualTo("snapshot");
            while (!event.data().getString("experiment").equals("hero")) {
                event = feed.next("snapshot");
            }
            assertThat(event.data().getLong("version")).isPositive();
        }
    }

    @Test
    void feed_resumedWithAnIdOfAnotherNode_beginsWithTheSnapshots() {
        try (Feed feed = Feed.open(api, Optional.of("another-7"))) {
            assertThat(feed.next().name()).isEqualTo("snapshot");
        }
    }

    @Test
    void feed_whereNothingHappens_saysThatItLivesAndLeavesTheIdAsItIs() {
        Instant before = Instant.now();
        try (Feed feed = Feed.open(api, Optional.empty())) {
            Feed.Event event = feed.next("keep-alive");
            assertThat(event.id()).isEmpty();
            Instant first = event.data().getInstant("at");
            assertThat(first).isAfterOrEqualTo(before);
            assertThat(feed.next("keep-alive").data().getInstant("at")).isAfter(first);
        }
    }

    @Test
    void feed_afterAConversion_saysHowFarItHasLearned() {
        api.start(Definitions.counting("learned", Definitions.of("learned", "a", "b")));
        api.decide("learned", "u");
        try (Feed feed = Feed.open(api, Optional.empty())) {
            feed.next("snapshot");
            api.report(new JsonObject().put("metric", "learned").put("unit", "u"))
                    .with(202);

            Instant received = Instant.parse(site.sql()
                    .value("select to_char(max(received_at) at time zone 'UTC',"
                            + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from conversions"));
            Instant through = Instant.EPOCH;
            while (!through.isAfter(received)) {
                Instant next = feed.next("learned").data().getInstant("through");
                assertThat(next).isAfter(through);
                through = next;
            }
            site.books().settled();
            assertThat(site.books().totals("learned")).startsWith("1", "1");
        }
    }

    @Test
    void feed_ofAnotherNode_tellsTheSameChanges() {
        Api other = site.node();
        try (Feed feed = Feed.open(other, Optional.empty())) {
            api.start(Definitions.of("elsewhere", "a", "b"));
            assertThat(change(feed, "elsewhere", "running").data().getLong("revision"))
                    .isEqualTo(2);
            api.command("elsewhere/end");
            change(feed, "elsewhere", "ended");
            api.send("DELETE", "/v1/experiments/elsewhere", BodyPublishers.noBody())
                    .with(204);
            change(feed, "elsewhere", "deleted");
        }
    }

    private static Feed.Event change(Feed feed, String experiment, String state) {
        Feed.Event event = feed.next("experiment");
        while (!event.data().getString("experiment").equals(experiment)
                || !event.data().getString("state").equals(state)) {
            event = feed.next("experiment");
        }
        return event;
    }
}
