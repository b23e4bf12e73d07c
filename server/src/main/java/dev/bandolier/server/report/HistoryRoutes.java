package dev.bandolier.server.report;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.TimelineLog;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// `GET /v1/experiments/{key}/timeline` and `/feed`: what happened to an experiment, and how its rewards come in.
public final class HistoryRoutes {

    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 200;
    private static final int MINUTES_DEFAULT = 60;
    private static final int MINUTES_MAX = 30 * 24 * 60;

    private record Asked(long experiment, long revision, int minutes) {}

    private final Ledger ledger;
    private final Board board;
    private final InstantSource clock;
    private final Momentary<Asked, Reply> feeds = new Momentary<>();

    /// The routes over these logs.
    ///
    /// @param clock says which minute is the last
    public HistoryRoutes(Ledger ledger, Board board, InstantSource clock) {
        this.ledger = ledger;
        this.board = board;
        this.clock = clock;
    }

    /// The endpoints of this room.
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(HttpMethod.GET, "/v1/experiments/:key/timeline", this::timeline),
                new Endpoint(HttpMethod.GET, "/v1/experiments/:key/feed", this::feed));
    }

    private Reply timeline(Call call) {
        Experiment experiment = ReportRoutes.find(board, call).experiment();
        int limit = call.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        Set<TimelineLog.Kind> kinds = Timeline.kinds(call.query("kinds"));
        TimelineLog.Place before = Timeline.place(call.query("before"));
        // One more than is shown says whether there are more.
        List<TimelineLog.Event> found = ledger.timeline().before(ledger.pool(), experiment, kinds, before, limit + 1);
        boolean more = found.size() > limit;
        List<TimelineLog.Event> page = more ? found.subList(0, limit) : found;
        JsonArray events = new JsonArray();
        page.forEach(each -> events.add(Timeline.show(each)));
        return Reply.ok(new JsonObject()
                .put("experiment", experiment.key())
                .put("events", events)
                .put("next", more ? Timeline.cursor(page.getLast().place()) : null));
    }

    private Reply feed(Call call) {
        Experiment experiment = ReportRoutes.find(board, call).experiment();
        int minutes = call.number("minutes", MINUTES_DEFAULT, 1, MINUTES_MAX);
        Asked asked = new Asked(experiment.id(), experiment.revision(), minutes);
        return feeds.get(
                asked,
                () -> Reply.ok(RewardFeed.read(ledger, experiment, Duration.ofMinutes(minutes), clock.instant())));
    }
}
