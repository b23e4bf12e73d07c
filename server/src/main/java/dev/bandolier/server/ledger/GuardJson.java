package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Guard.ArmEvidence;
import dev.bandolier.bandits.Guard.Feed;
import dev.bandolier.bandits.Guard.RampStage;
import dev.bandolier.bandits.Guard.Spending;
import dev.bandolier.bandits.Guard.TopOrigins;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.Verdict.Evidence;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/// The JSON form of what the guardrails of a snapshot say: as it is stored and as it is shown.
public final class GuardJson {

    private GuardJson() {}

    /// As it is stored: amounts in the unit of the reward, evidence in logarithms.
    public static JsonObject store(Guard guard) {
        return write(guard, VerdictJson::store, EvidenceJson::store, reward -> reward);
    }

    /// As it is shown: with the words of its verdicts, evidence also as numbers, amounts of revenue as decimals of the
    /// currency.
    public static JsonObject show(Definition definition, Guard guard) {
        Objective objective = definition.objective();
        return write(
                guard,
                verdict -> VerdictJson.show(definition, verdict),
                evidence -> EvidenceJson.show(evidence, objective),
                reward -> ObjectiveJson.amount(reward, objective));
    }

    private static JsonObject write(
            Guard guard,
            Function<Verdict, JsonObject> verdict,
            Function<Evidence, JsonObject> seen,
            DoubleFunction<Object> amount) {
        JsonObject json =
                new JsonObject().put("frozen", guard.frozen()).put("verdicts", array(guard.verdicts(), verdict));
        guard.holdout().ifPresent(share -> json.put("holdout", share));
        if (!guard.arms().isEmpty()) {
            json.put(
                    "arms",
                    array(
                            guard.arms(),
                            arm -> new JsonObject()
                                    .put("arm", arm.arm())
                                    .put("harm", array(arm.harm(), seen))
                                    .put("gain", array(arm.gain(), seen))));
        }
        guard.spending().ifPresent(spending -> json.put("spending", write(spending, amount)));
        guard.ramp()
                .ifPresent(ramp -> json.put(
                        "ramp", new JsonObject().put("stage", ramp.stage()).put("share", ramp.share())));
        guard.feed()
                .ifPresent(feed -> json.put(
                        "feed",
                        new JsonObject()
                                .put("perMinute", feed.perMinute())
                                .put("silence", EvidenceJson.log(feed.silence()))
                                .put("inflation", EvidenceJson.log(feed.inflation()))));
        guard.top().ifPresent(top -> json.put("top", write(top)));
        guard.ratio().ifPresent(log -> json.put("ratio", EvidenceJson.log(log)));
        return json;
    }

    private static <T> JsonArray array(List<T> values, Function<T, JsonObject> form) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(form.apply(value)));
        return array;
    }

    private static JsonObject write(Spending spending, DoubleFunction<Object> amount) {
        JsonObject json = new JsonObject()
                .put("expected", amount.apply(spending.expected()))
                .put("held", amount.apply(spending.held()))
                .put("allowed", amount.apply(spending.allowed()))
                .put("today", amount.apply(spending.today()));
        spending.daily().ifPresent(most -> json.put("daily", amount.apply(most)));
        json.put("next", amount.apply(spending.next()));
        spending.ceiling().ifPresent(most -> json.put("ceiling", amount.apply(most)));
        return json.put("rate", spending.rate());
    }

    /// What was stored; nothing of snapshots of before there were guardrails.
    static Guard read(JsonObject json) {
        if (json == null) {
            return Guard.NONE;
        }
        List<ArmEvidence> arms = new ArrayList<>();
        for (Object each : json.getJsonArray("arms", new JsonArray())) {
            JsonObject arm = (JsonObject) each;
            arms.add(new ArmEvidence(
                    arm.getString("arm"),
                    EvidenceJson.readAll(arm.getJsonArray("harm")),
                    EvidenceJson.readAll(arm.getJsonArray("gain"))));
        }
        return new Guard(
                optional(json, "holdout"),
                VerdictJson.readAll(json.getJsonArray("verdicts")),
                arms,
                Optional.ofNullable(json.getJsonObject("spending")).map(GuardJson::spending),
                Optional.ofNullable(json.getJsonObject("ramp"))
                        .map(ramp -> new RampStage(ramp.getInteger("stage"), ramp.getDouble("share"))),
                Optional.ofNullable(json.getJsonObject("feed"))
                        .map(feed -> new Feed(
                                feed.getDouble("perMinute"),
                                EvidenceJson.log(feed, "silence"),
                                EvidenceJson.log(feed, "inflation"))),
                json.containsKey("ratio") ? OptionalDouble.of(EvidenceJson.log(json, "ratio")) : OptionalDouble.empty(),
                Optional.ofNullable(json.getJsonObject("top")).map(GuardJson::top),
                json.getBoolean("frozen", false));
    }

    /// Who would be the best without the top origins.
    static JsonObject write(TopOrigins top) {
        JsonObject best = new JsonObject();
        top.best().forEach(best::put);
        return new JsonObject().put("origins", top.origins()).put("best", best);
    }

    /// The same as it was stored.
    static TopOrigins top(JsonObject json) {
        Map<String, Double> best = new HashMap<>();
        JsonObject stored = json.getJsonObject("best");
        stored.fieldNames().forEach(arm -> best.put(arm, stored.getDouble(arm)));
        return new TopOrigins(json.getLong("origins"), best);
    }

    private static OptionalDouble optional(JsonObject json, String field) {
        Double value = json.getDouble(field);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static Spending spending(JsonObject json) {
        return new Spending(
                json.getDouble("expected"),
                json.getDouble("held"),
                json.getDouble("allowed"),
                json.getDouble("today"),
                optional(json, "daily"),
                json.getDouble("next"),
                optional(json, "ceiling"),
                json.getDouble("rate"));
    }
}
