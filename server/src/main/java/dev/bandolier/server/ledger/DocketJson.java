package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Verdict.Horizon;
import dev.bandolier.bandits.Verdict.Sample;
import dev.bandolier.bandits.guardrail.Case;
import dev.bandolier.bandits.guardrail.Detector;
import dev.bandolier.bandits.guardrail.Docket;
import dev.bandolier.bandits.guardrail.Wealth;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// The stored form of the tests of every arm.
final class DocketJson {

    private DocketJson() {}

    static JsonObject write(Docket docket) {
        JsonObject arms = new JsonObject();
        docket.arms().forEach((key, arm) -> {
            JsonObject cases = new JsonObject();
            arm.cases().forEach((name, each) -> cases.put(name, write(each)));
            arms.put(key, new JsonObject().put("from", arm.from().toString()).put("cases", cases));
        });
        JsonObject closed = new JsonObject();
        docket.closed().forEach((horizon, end) -> closed.put(horizon.name(), end.toString()));
        return new JsonObject().put("tests", docket.tests()).put("arms", arms).put("closed", closed);
    }

    static Docket read(JsonObject json) {
        Map<String, Docket.OfArm> arms = new HashMap<>();
        JsonObject stored = json.getJsonObject("arms");
        for (String key : stored.fieldNames()) {
            JsonObject arm = stored.getJsonObject(key);
            Map<String, Case> cases = new HashMap<>();
            JsonObject named = arm.getJsonObject("cases");
            named.fieldNames().forEach(name -> cases.put(name, readCase(named.getJsonObject(name))));
            arms.put(key, new Docket.OfArm(Instant.parse(arm.getString("from")), cases));
        }
        Map<Horizon, Instant> closed = new EnumMap<>(Horizon.class);
        JsonObject ends = json.getJsonObject("closed");
        ends.fieldNames().forEach(name -> closed.put(Horizon.valueOf(name), Instant.parse(ends.getString(name))));
        return new Docket(json.getString("tests"), arms, closed);
    }

    private static JsonObject write(Case each) {
        JsonObject json = new JsonObject()
                .put("harm", array(each.harm().logs()))
                .put("gain", array(each.gain().logs()))
                .put("arm", write(each.arm()))
                .put("control", write(each.control()));
        if (!each.lasting().equals(Detector.START)) {
            json.put("stakes", array(each.lasting().stakes()))
                    .put("today", array(each.lasting().today()));
        }
        return each.day() == Long.MIN_VALUE ? json : json.put("day", each.day());
    }

    private static Case readCase(JsonObject json) {
        Detector lasting = json.containsKey("stakes")
                ? Detector.of(array(json.getJsonArray("stakes")), array(json.getJsonArray("today")))
                : Detector.START;
        return new Case(
                Wealth.of(array(json.getJsonArray("harm"))),
                Wealth.of(array(json.getJsonArray("gain"))),
                lasting,
                json.getLong("day", Long.MIN_VALUE),
                sample(json.getJsonArray("arm")),
                sample(json.getJsonArray("control")));
    }

    private static JsonArray write(Sample sample) {
        return new JsonArray().add(sample.conversions()).add(sample.value());
    }

    private static Sample sample(JsonArray json) {
        return new Sample(0, json.getLong(0), json.getLong(1));
    }

    private static JsonArray array(double[] values) {
        JsonArray array = new JsonArray();
        for (double value : values) {
            array.add(value);
        }
        return array;
    }

    private static double[] array(JsonArray json) {
        double[] values = new double[json.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = json.getDouble(i);
        }
        return values;
    }
}
