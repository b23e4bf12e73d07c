package dev.bandolier.loadtest;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that speaks the contract and does what a test tells it: a real HTTP server with a rule instead of a
/// learner.
///
/// It writes down every ask and every conversion, so that a test can count by itself. Lives on one event loop.
public final class StubServer implements AutoCloseable {

    /// Which arm a visitor gets.
    public interface Rule {
        /// The arm of this unit.
        ///
        /// @param recorded whether the decision goes on record
        String arm(String unit, boolean recorded);
    }

    private static final int LEARN_AFTER_MILLIS = 5;

    private final Vertx vertx = Platform.vertx();
    private final InstantSource clock = InstantSource.system();
    private final Rule rule;
    private final Map<String, JsonObject> experiments = new HashMap<>();
    private final Map<String, String> known = new HashMap<>();
    private final List<JsonObject> asks = Collections.synchronizedList(new ArrayList<>());
    private final List<JsonObject> conversions = Collections.synchronizedList(new ArrayList<>());
    private final List<HttpServerResponse> listeners = new CopyOnWriteArrayList<>();
    private final List<String> resumedFrom = new CopyOnWriteArrayList<>();
    private final JsonArray verdicts = new JsonArray();
    private final HttpServer server;

    private int failEvery = Integer.MAX_VALUE;
    private int answerAfterMillis;
    private int conversionsFailFirst;
    private long version;

    /// A server on a free port of the loopback interface.
    public StubServer(Rule rule) {
        this.rule = rule;
        this.server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> route(request, body)))
                .listen(0, "127.0.0.1")
                .await();
    }

    /// Its URL.
    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /// From now on, answers every so manyth ask with 500.
    public void failEvery(int asksEach) {
        this.failEvery = asksEach;
    }

    /// From now on, answers asks after a while.
    public void answerAfterMillis(int millis) {
        this.answerAfterMillis = millis;
    }

    /// Answers the first so many conversions with 503.
    public void failFirstConversions(int number) {
        this.conversionsFailFirst = number;
    }

    /// Every ask, in order; complete once nobody asks any more.
    public List<JsonObject> asks() {
        return asks;
    }

    /// Every conversion that was acknowledged, in order.
    public List<JsonObject> conversions() {
        return conversions;
    }

    /// The `Last-Event-ID` of each subscription that had one.
    public List<String> resumedFrom() {
        return resumedFrom;
    }

    /// The definition of an experiment that was created.
    public JsonObject experiment(String key) {
        return experiments.get(key);
    }

    /// Puts an experiment there without being asked.
    public void put(JsonObject experiment) {
        experiments.put(experiment.getString("key"), experiment);
    }

    /// Breaks every open live feed.
    public void breakFeeds() {
        listeners.forEach(listener -> listener.reset().await());
        listeners.clear();
    }

    /// From now on, says in every snapshot that a guardrail has paused this arm, and draws again who had it.
    public void pause(String arm, String note) {
        vertx.runOnContext(_ -> {
            verdicts.add(JsonObject.of("kind", "arm-harmful", "arm", arm, "note", note));
            known.values().removeIf(arm::equals);
        });
    }

    private void route(HttpServerRequest request, Buffer body) {
        String path = request.path();
        switch (request.method().name() + " " + path.replaceFirst("(/v1/experiments)/[^/]+", "$1/*")) {
            case "POST /v1/decisions" -> decide(request, new JsonObject(body));
            case "POST /v1/conversions" -> convert(request, Json.decodeValue(body));
            case "POST /v1/experiments" -> create(request, new JsonObject(body));
            case "GET /v1/experiments/*" -> show(request, path.split("/", -1)[3]);
            case "POST /v1/experiments/*/start" -> start(request, path.split("/", -1)[3]);
            case "GET /v1/live" -> listen(request);
            default -> problem(request, 404, "no such path");
        }
    }

    private void decide(HttpServerRequest request, JsonObject ask) {
        asks.add(ask);
        if (asks.size() % failEvery == 0) {
            problem(request, 500, "told to fail");
            return;
        }
        boolean recorded = ask.getBoolean("record", true);
        String unit = ask.getString("unit");
        boolean sticky = recorded && known.containsKey(unit);
        String arm = sticky ? known.get(unit) : rule.arm(unit, recorded);
        if (recorded) {
            known.put(unit, arm);
        }
        JsonObject decision = new JsonObject()
                .put("experiment", ask.getString("experiment"))
                .put("arm", arm)
                .put("reason", !recorded ? "preview" : sticky ? "sticky" : "allocated");
        if (answerAfterMillis > 0) {
            vertx.setTimer(answerAfterMillis, _ -> answer(request, 200, decision));
        } else {
            answer(request, 200, decision);
        }
    }

    private void convert(HttpServerRequest request, Object body) {
        if (conversionsFailFirst > 0) {
            conversionsFailFirst--;
            request.response().putHeader("Retry-After", "1");
            problem(request, 503, "storage down");
            return;
        }
        if (body instanceof JsonArray several) {
            JsonArray items = new JsonArray();
            several.forEach(item -> {
                conversions.add((JsonObject) item);
                items.add(new JsonObject().put("status", "accepted"));
            });
            answer(request, 202, new JsonObject().put("accepted", items.size()).put("items", items));
        } else {
            conversions.add((JsonObject) body);
            answer(request, 202, new JsonObject().put("status", "accepted"));
        }
        vertx.setTimer(LEARN_AFTER_MILLIS, _ -> learn());
    }

    private void learn() {
        String now = clock.instant().plusMillis(1).toString();
        experiments.values().forEach(experiment -> {
            version++;
            experiment.put("snapshot", snapshot(experiment, now));
            publish("snapshot", experiment.getJsonObject("snapshot"));
        });
        publish("learned", new JsonObject().put("through", now).put("at", now));
    }

    private JsonObject snapshot(JsonObject experiment, String at) {
        JsonArray arms = new JsonArray();
        experiment
                .getJsonArray("arms")
                .forEach(arm -> arms.add(new JsonObject()
                        .put("arm", ((JsonObject) arm).getString("key"))
                        .put("share", 1.0 / experiment.getJsonArray("arms").size())
                        .put("exposures", known.size())
                        .put("conversions", conversions.size())
                        .put(
                                "posterior",
                                new JsonObject()
                                        .put("mean", 0.5)
                                        .put("lower", 0.25)
                                        .put("upper", 0.75))));
        return new JsonObject()
                .put("experiment", experiment.getString("key"))
                .put("version", version)
                .put("at", at)
                .put("arms", arms)
                .put("guard", JsonObject.of("verdicts", verdicts.copy()));
    }

    private void publish(String event, JsonObject data) {
        String frame = "id: " + version + "\nevent: " + event + "\ndata: " + data.encode() + "\n\n";
        listeners.stream().filter(listener -> !listener.closed()).forEach(listener -> listener.write(frame));
    }

    private void listen(HttpServerRequest request) {
        String last = request.getHeader("Last-Event-ID");
        if (last != null) {
            resumedFrom.add(last);
        }
        HttpServerResponse response =
                request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
        response.write(": welcome\n\n");
        listeners.add(response);
    }

    private void create(HttpServerRequest request, JsonObject definition) {
        experiments.put(
                definition.getString("key"), definition.put("state", "draft").put("revision", 1));
        answer(request, 201, definition);
    }

    private void show(HttpServerRequest request, String key) {
        if (experiments.containsKey(key)) {
            answer(request, 200, experiments.get(key));
        } else {
            problem(request, 404, "no experiment '" + key + "'");
        }
    }

    private void start(HttpServerRequest request, String key) {
        answer(request, 200, experiments.get(key).put("state", "running"));
    }

    private static void problem(HttpServerRequest request, int status, String detail) {
        answer(request, status, new JsonObject().put("status", status).put("detail", detail));
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response().setStatusCode(status).end(body.toBuffer());
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
