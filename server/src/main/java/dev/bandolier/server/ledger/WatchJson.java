package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.guardrail.FeedWatch;
import dev.bandolier.bandits.guardrail.RampProgress;
import dev.bandolier.bandits.guardrail.SampleRatio;
import dev.bandolier.bandits.guardrail.ShiryaevRoberts;
import dev.bandolier.bandits.guardrail.Watch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// The stored form of what guardrails remember: written and read by the same release, shown to nobody. A double comes back
/// as it was.
final class WatchJson {

    /// Changes whenever another release could not read what this one writes; what has another form is made anew.
    private static final int FORM = 1;

    private WatchJson() {}

    /// Whether this release wrote it, or one that wrote the same form.
    static boolean readable(JsonObject json) {
        return json.getInteger("form", 0) == FORM;
    }

    static JsonObject write(Watch watch) {
        JsonObject arrivals = new JsonObject();
        watch.arrivals().forEach((interval, units) -> arrivals.put(interval.toString(), units));
        JsonArray verdicts = new JsonArray();
        watch.verdicts().forEach(each -> verdicts.add(VerdictJson.store(each)));
        JsonObject json = new JsonObject()
                .put("form", FORM)
                .put("docket", DocketJson.write(watch.docket()))
                .put("stale", watch.stale())
                .put("ratio", ratio(watch.ratio()))
                .put("feed", feed(watch.feed()))
                .put("arrivals", arrivals)
                .put("verdicts", verdicts);
        watch.fed().ifPresent(time -> json.put("fed", time.toString()));
        watch.expected().ifPresent(perMinute -> json.put("expected", perMinute));
        watch.ramp().ifPresent(ramp -> json.put("ramp", ramp(ramp)));
        watch.top().ifPresent(top -> json.put("top", GuardJson.write(top)));
        watch.thawedAt().ifPresent(time -> json.put("thawedAt", time.toString()));
        return json;
    }

    static Watch read(JsonObject json) {
        TreeMap<Instant, Long> arrivals = new TreeMap<>();
        JsonObject units = json.getJsonObject("arrivals");
        units.fieldNames().forEach(interval -> arrivals.put(Instant.parse(interval), units.getLong(interval)));
        List<Verdict> verdicts = new ArrayList<>();
        json.getJsonArray("verdicts").forEach(each -> verdicts.add(VerdictJson.read((JsonObject) each)));
        return new Watch(
                DocketJson.read(json.getJsonObject("docket")),
                json.getBoolean("stale"),
                ratio(json.getJsonArray("ratio")),
                feed(json.getJsonObject("feed")),
                arrivals,
                time(json, "fed"),
                json.containsKey("expected") ? OptionalDouble.of(json.getDouble("expected")) : OptionalDouble.empty(),
                Optional.ofNullable(json.getJsonObject("ramp")).map(WatchJson::ramp),
                time(json, "thawedAt"),
                Optional.ofNullable(json.getJsonObject("top")).map(GuardJson::top),
                verdicts);
    }

    private static JsonArray ratio(SampleRatio ratio) {
        JsonArray arms = new JsonArray();
        for (SampleRatio.OfArm each : ratio.arms()) {
            arms.add(new JsonObject()
                    .put("arm", each.arm())
                    .put("observed", each.observed())
                    .put("expected", each.expected())
                    .put("logs", new JsonArray(each.logs())));
        }
        return arms;
    }

    private static SampleRatio ratio(JsonArray json) {
        List<SampleRatio.OfArm> arms = new ArrayList<>();
        for (Object each : json) {
            JsonObject arm = (JsonObject) each;
            List<Double> logs = new ArrayList<>();
            JsonArray stored = arm.getJsonArray("logs");
            for (int i = 0; i < stored.size(); i++) {
                logs.add(stored.getDouble(i));
            }
            arms.add(new SampleRatio.OfArm(
                    arm.getString("arm"), arm.getLong("observed"), arm.getDouble("expected"), logs));
        }
        return SampleRatio.of(arms);
    }

    private static JsonObject feed(FeedWatch feed) {
        JsonObject json = new JsonObject()
                .put("silence", evidence(feed.silence()))
                .put("inflation", evidence(feed.inflation()))
                .put("recovery", evidence(feed.recovery()))
                .put("owed", feed.owed());
        feed.trip()
                .ifPresent(trip -> json.put(
                        "trip",
                        new JsonObject()
                                .put("inflated", trip.inflated())
                                .put("began", trip.began().toString())
                                .put("since", trip.since().toString())
                                .put("observed", trip.observed())
                                .put("expected", trip.expected())
                                .put("logE", trip.logE())));
        return json;
    }

    private static FeedWatch feed(JsonObject json) {
        Optional<FeedWatch.Trip> trip = Optional.ofNullable(json.getJsonObject("trip"))
                .map(open -> new FeedWatch.Trip(
                        open.getBoolean("inflated"),
                        Instant.parse(open.getString("began")),
                        Instant.parse(open.getString("since")),
                        open.getLong("observed"),
                        open.getDouble("expected"),
                        open.getDouble("logE")));
        return new FeedWatch(
                evidence(json.getJsonObject("silence")),
                evidence(json.getJsonObject("inflation")),
                trip,
                evidence(json.getJsonObject("recovery")),
                json.getDouble("owed"));
    }

    private static JsonObject evidence(ShiryaevRoberts evidence) {
        JsonObject json = new JsonObject()
                .put("log", evidence.log())
                .put("rise", evidence.rise())
                .put("observed", evidence.observed())
                .put("expected", evidence.expected());
        evidence.began().ifPresent(time -> json.put("began", time.toString()));
        return json;
    }

    private static ShiryaevRoberts evidence(JsonObject json) {
        return new ShiryaevRoberts(
                json.getDouble("log"),
                json.getDouble("rise"),
                time(json, "began"),
                json.getLong("observed"),
                json.getDouble("expected"));
    }

    private static JsonObject ramp(RampProgress ramp) {
        JsonObject json = new JsonObject()
                .put("stage", ramp.stage())
                .put("since", ramp.since().toString())
                .put("conversions", ramp.conversions());
        ramp.back().ifPresent(time -> json.put("back", time.toString()));
        return json;
    }

    private static RampProgress ramp(JsonObject json) {
        return new RampProgress(
                json.getInteger("stage"),
                Instant.parse(json.getString("since")),
                json.getLong("conversions"),
                time(json, "back"));
    }

    static Optional<Instant> time(JsonObject json, String field) {
        return Optional.ofNullable(json.getString(field)).map(Instant::parse);
    }
}
