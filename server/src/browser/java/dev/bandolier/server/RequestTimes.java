package dev.bandolier.server;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// How long a server takes for what the pages ask it, one request at a time and while nothing else happens.
final class RequestTimes {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final Duration SOON = Duration.ofSeconds(30);

    /// One more than the pages ask for, and so on: none of these answers is known.
    private static final int POINTS = 41;

    /// Events on a page of a timeline.
    private static final int PAGE = 100;

    private final Api api;
    private final PlantedMonth month;
    private final int times;
    private final List<String> lines = new ArrayList<>();

    private RequestTimes(Api api, PlantedMonth month, int times) {
        this.api = api;
        this.month = month;
        this.times = times;
    }

    /// Measures; answers the lines of a table.
    ///
    /// @param api     the server
    /// @param month   what it has in its ledger
    /// @param visited key of the experiment that decisions were planted of
    /// @param times   how often each request is made
    static List<String> of(Api api, PlantedMonth month, String visited, int times) {
        RequestTimes all = new RequestTimes(api, month, times);
        all.lists();
        all.ofOne();
        all.reports(visited);
        all.previews();
        return all.lines;
    }

    private void lists() {
        measure("all experiments, `/v1/experiments`", times, place -> api.get("/v1/experiments"));
        measure(
                "all pictures, `/v1/sparks`, first asked",
                times,
                place -> api.get("/v1/sparks?points=" + (POINTS + place)));
        measure("all pictures, known", times, place -> api.get("/v1/sparks"));
    }

    private void ofOne() {
        measure(
                "history of one, `snapshots?points=300`",
                times,
                place -> api.get(path(place) + "/snapshots?points=300"));
        String page = "/timeline?limit=" + Math.min(PAGE, month.snapshots() / 2);
        measure("timeline of one, first page", times, place -> api.get(path(place) + page));
        List<String> next = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            String first = path(i) + page;
            next.add(first + "&before=" + api.get(first).with(200).json().getString("next"));
        }
        measure("timeline of one, second page", times, place -> api.get(next.get(place)));
    }

    private void reports(String visited) {
        String path = "/v1/experiments/" + visited;
        lines.add(Spread.line(
                "report, first asked",
                List.of(millis(() -> api.get(path + "/report").with(200)))));
        List<Double> news = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            next(path);
            news.add(millis(() -> api.get(path + "/report").with(200)));
        }
        lines.add(Spread.line("report, after a new snapshot", news));
    }

    /// A new snapshot, which the server serves.
    private void next(String path) {
        long before = version(path);
        month.goOn(1);
        Eventually.holds("a new snapshot is served", SOON, () -> version(path) > before);
    }

    private long version(String path) {
        return api.get(path).with(200).json().getJsonObject("snapshot").getLong("version");
    }

    private void previews() {
        measure(
                "preview",
                times,
                place -> api.post(
                        "/v1/previews",
                        PlantedMonth.definition("preview")
                                .put("effect", 0.1)
                                .put(
                                        "traffic",
                                        new JsonObject()
                                                .put("unitsPerDay", 5_000 + place)
                                                .put("baseline", 0.03))
                                .encode()));
    }

    private String path(int place) {
        return "/v1/experiments/" + PlantedMonth.key(place % month.experiments());
    }

    private void measure(String what, int often, IntFunction<Api.Answer> ask) {
        List<Double> took = new ArrayList<>();
        for (int i = 0; i < often; i++) {
            int place = i;
            took.add(millis(() -> ask.apply(place).with(200)));
        }
        lines.add(Spread.line(what, took));
    }

    private static double millis(Runnable work) {
        long startNanos = System.nanoTime();
        work.run();
        return (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
    }
}
