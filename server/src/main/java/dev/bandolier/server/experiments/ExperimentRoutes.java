package dev.bandolier.server.experiments;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.DefinitionJson;
import dev.bandolier.server.ledger.SnapshotJson;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Caller;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Endpoint.Work;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// `/v1/experiments`: create, read, change, delete, and the verbs that move an experiment through its life.
public final class ExperimentRoutes {

    private static final String ALL = "/v1/experiments";
    private static final String ONE = "/v1/experiments/:key";

    private final Register register;
    private final Board board;

    /// The routes over this register.
    ///
    /// @param board what is served, for the latest snapshot of each
    public ExperimentRoutes(Register register, Board board) {
        this.register = register;
        this.board = board;
    }

    /// The endpoints of this room.
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(HttpMethod.GET, ALL, this::list),
                new Endpoint(HttpMethod.POST, ALL, this::create),
                new Endpoint(HttpMethod.GET, ONE, call -> reply(200, register.find(call.param("key")))),
                new Endpoint(HttpMethod.PATCH, ONE, this::change),
                new Endpoint(HttpMethod.DELETE, ONE, this::delete),
                verb("start", call -> register.start(call.param("key"), Caller.of(call))),
                verb("pause", call -> register.pause(call.param("key"), Caller.of(call))),
                verb("resume", call -> register.resume(call.param("key"), Caller.of(call))),
                verb("end", call -> register.end(call.param("key"), Caller.of(call))),
                verb("thaw", call -> register.thaw(call.param("key"), Caller.of(call))),
                verb("arms/:arm/pause", call -> arm(call, Arm.Status.PAUSED)),
                verb("arms/:arm/resume", call -> arm(call, Arm.Status.LIVE)));
    }

    private Endpoint verb(String path, Function<Call, Experiment> work) {
        Work answer = call -> reply(200, work.apply(call));
        return new Endpoint(HttpMethod.POST, ONE + "/" + path, answer);
    }

    private Reply list(Call call) {
        JsonArray all = new JsonArray();
        board.all().stream()
                .sorted(Comparator.comparing(live -> live.experiment().key()))
                .forEach(live -> all.add(show(live.experiment())));
        return Reply.ok(new JsonObject().put("experiments", all));
    }

    private Reply create(Call call) {
        Experiment created = register.create(DefinitionJson.read(call.json()), call.actor());
        return reply(201, created).with("Location", ALL + "/" + created.key());
    }

    private Reply change(Call call) {
        Caller caller = Caller.withRevision(call);
        Experiment before = register.find(call.param("key"));
        return reply(200, register.change(before, caller, new Change(call.json()).of(before)));
    }

    private Reply delete(Call call) {
        register.delete(call.param("key"), Caller.of(call));
        return Reply.nothing();
    }

    private Experiment arm(Call call, Arm.Status status) {
        return register.arm(call.param("key"), call.param("arm"), status, Caller.of(call));
    }

    private Reply reply(int status, Experiment experiment) {
        return Reply.json(status, show(experiment)).with("ETag", "\"" + experiment.revision() + "\"");
    }

    private JsonObject show(Experiment experiment) {
        Optional<Board.Live> live = board.get(experiment.id());
        return DefinitionJson.write(experiment.definition())
                .put("state", experiment.state().name().toLowerCase(Locale.ROOT))
                .put("revision", experiment.revision())
                .put("createdAt", experiment.createdAt().toString())
                .put("snapshot", show(experiment, live.flatMap(Board.Live::snapshot)))
                .put("standing", show(experiment, live.flatMap(Board.Live::standing)));
    }

    private static JsonObject show(Experiment experiment, Optional<Snapshot> snapshot) {
        return snapshot.map(each -> SnapshotJson.show(experiment, each)).orElse(null);
    }
}
