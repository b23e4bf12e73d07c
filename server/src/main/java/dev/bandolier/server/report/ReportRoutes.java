package dev.bandolier.server.report;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.SnapshotJson;
import dev.bandolier.server.ledger.SnapshotLog;
import dev.bandolier.server.wire.Bench;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Fields;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/// `GET /v1/experiments/{key}/report` and `/snapshots`: how an experiment stands, and how it came there.
public final class ReportRoutes {

    private static final int POINTS_DEFAULT = 300;
    private static final int POINTS_MIN = 2;
    private static final int POINTS_MAX = 2_000;

    private final Pool pool;
    private final Board board;
    private final SnapshotLog snapshots;
    private final Reports reports;

    /// The routes over these logs.
    ///
    /// @param clock   says what is lately
    /// @param tidings how fresh they are
    /// @param bench   where reports are computed
    public ReportRoutes(Ledger ledger, Board board, InstantSource clock, Tidings tidings, Bench bench) {
        this.pool = ledger.pool();
        this.board = board;
        this.snapshots = ledger.snapshots();
        this.reports = new Reports(ledger, clock, tidings, bench);
    }

    /// The endpoints of this room.
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(HttpMethod.GET, "/v1/experiments/:key/report", this::report),
                new Endpoint(HttpMethod.GET, "/v1/experiments/:key/snapshots", this::history));
    }

    private Reply report(Call call) {
        Board.Live live = find(board, call);
        Snapshot standing = live.standing()
                .orElseThrow(() -> Problem.conflict(
                        "'" + live.experiment().key() + "' is a draft, so there is nothing to report; start it"));
        return reports.of(live.experiment(), standing);
    }

    /// The experiment that a request is about.
    ///
    /// @throws Problem 404 if there is none with this key
    static Board.Live find(Board board, Call call) {
        String key = call.param("key");
        return Optional.ofNullable(board.get(key)).orElseThrow(() -> Problem.noExperiment(key));
    }

    private Reply history(Call call) {
        Experiment experiment = find(board, call).experiment();
        Instant from = time(call, "from", experiment.createdAt());
        // Far enough for any clock, near enough for Postgres.
        Instant to = time(call, "to", Instant.parse("9999-01-01T00:00:00Z"));
        SnapshotLog.History history = snapshots.history(
                pool, experiment.id(), from, to, call.number("points", POINTS_DEFAULT, POINTS_MIN, POINTS_MAX));
        JsonArray shown = new JsonArray();
        history.snapshots().forEach(each -> shown.add(SnapshotJson.show(experiment, each)));
        return Reply.ok(new JsonObject()
                .put("experiment", experiment.key())
                .put("snapshots", shown)
                .put("total", history.total()));
    }

    private static Instant time(Call call, String name, Instant otherwise) {
        Optional<String> text = call.query(name);
        try {
            return text.map(Fields::parseTime).orElse(otherwise);
        } catch (DateTimeParseException e) {
            throw Problem.field(name, "'" + text.get() + "' is not a time with a zone, as in 2026-11-21T10:00:00Z");
        }
    }
}
