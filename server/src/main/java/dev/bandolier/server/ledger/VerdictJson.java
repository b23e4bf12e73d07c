package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/// The JSON form of a verdict: as it is stored, and as it is shown, with what follows from it and why, in words.
public final class VerdictJson {

    private VerdictJson() {}

    /// As it is stored: amounts in the unit of the reward.
    public static JsonObject store(Verdict verdict) {
        return write(verdict, EvidenceJson::store, reward -> reward);
    }

    /// As it is shown: evidence also as numbers, amounts of revenue as decimals of the currency, and sentences.
    public static JsonObject show(Definition definition, Verdict verdict) {
        Objective objective = definition.objective();
        JsonObject json = write(
                verdict,
                evidence -> EvidenceJson.show(evidence, objective),
                reward -> ObjectiveJson.amount(reward, objective));
        if (json.getValue("logE") instanceof Double log) {
            json.put("e", EvidenceJson.plain(log));
        }
        VerdictWords words = new VerdictWords(definition);
        return json.put("action", words.action(verdict)).put("note", words.note(verdict));
    }

    /// Verdicts as they are shown, in their order.
    public static JsonArray show(Definition definition, List<Verdict> verdicts) {
        JsonArray shown = new JsonArray();
        verdicts.forEach(each -> shown.add(show(definition, each)));
        return shown;
    }

    /// What kind of verdict it is, in the word of the API.
    public static String kind(Verdict verdict) {
        return switch (verdict) {
            case Verdict.ArmHarmful harmful -> "arm-harmful";
            case Verdict.ArmSuspected suspected -> "arm-suspected";
            case Verdict.ArmBetter better -> "arm-better";
            case Verdict.BudgetSpent spent -> "budget-spent";
            case Verdict.HeldBack held -> "held-back";
            case Verdict.SteppedBack stepped -> "stepped-back";
            case Verdict.FeedBroken feed -> "feed-broken";
            case Verdict.RatioBroken ratio -> "ratio-broken";
            case Verdict.LeadFragile fragile -> "lead-fragile";
            case Verdict.OriginQuarantined quarantined -> "origin-quarantined";
        };
    }

    private static JsonObject write(
            Verdict verdict, Function<Verdict.Evidence, JsonObject> seen, DoubleFunction<Object> amount) {
        JsonObject json = new JsonObject()
                .put("kind", kind(verdict))
                .put("since", verdict.since().toString());
        return switch (verdict) {
            case Verdict.ArmHarmful(String arm, Verdict.Evidence evidence, Instant since) ->
                json.put("arm", arm).put("evidence", seen.apply(evidence));
            case Verdict.ArmSuspected(String arm, Verdict.Evidence evidence, Instant since) ->
                json.put("arm", arm).put("evidence", seen.apply(evidence));
            case Verdict.ArmBetter(String arm, Verdict.Evidence evidence, Instant since) ->
                json.put("arm", arm).put("evidence", seen.apply(evidence));
            case Verdict.BudgetSpent budget ->
                json.put("spent", amount.apply(budget.spent()))
                        .put("allowed", amount.apply(budget.allowed()))
                        .put("daily", budget.daily())
                        .put("rate", budget.rate())
                        .put("exhausted", budget.exhausted());
            case Verdict.HeldBack held -> json.put("rate", held.rate());
            case Verdict.SteppedBack stepped ->
                json.put("from", stepped.from())
                        .put("to", stepped.to())
                        .put("arm", stepped.arm())
                        .put("evidence", seen.apply(stepped.evidence()));
            case Verdict.FeedBroken feed ->
                json.put("inflated", feed.inflated())
                        .put("observed", feed.observed())
                        .put("expected", feed.expected())
                        .put("logE", feed.logE())
                        .put("control", feed.control());
            case Verdict.RatioBroken ratio ->
                json.put("arm", ratio.arm())
                        .put("observed", ratio.observed())
                        .put("expected", ratio.expected())
                        .put("logE", ratio.logE())
                        .put("blocked", ratio.blocked())
                        .put("control", ratio.control());
            case Verdict.LeadFragile fragile ->
                json.put("arm", fragile.arm())
                        .put("best", fragile.best())
                        .put("without", fragile.without())
                        .put("origins", fragile.origins());
            case Verdict.OriginQuarantined origin ->
                json.put("quarantine", origin.quarantine())
                        .put("arm", origin.arm())
                        .put("reported", origin.reported())
                        .put("all", origin.all())
                        .put("share", origin.share())
                        .put("logP", origin.logP());
        };
    }

    /// The verdicts in an array; none if it is missing.
    static List<Verdict> readAll(JsonArray stored) {
        List<Verdict> verdicts = new ArrayList<>();
        if (stored != null) {
            stored.forEach(each -> verdicts.add(read((JsonObject) each)));
        }
        return verdicts;
    }

    /// The verdict that was stored.
    public static Verdict read(JsonObject json) {
        Instant since = Instant.parse(json.getString("since"));
        String arm = json.getString("arm");
        String kind = json.getString("kind");
        return switch (kind) {
            case "arm-harmful" -> new Verdict.ArmHarmful(arm, evidence(json), since);
            case "arm-suspected" -> new Verdict.ArmSuspected(arm, evidence(json), since);
            case "arm-better" -> new Verdict.ArmBetter(arm, evidence(json), since);
            case "budget-spent" ->
                new Verdict.BudgetSpent(
                        json.getDouble("spent"),
                        json.getDouble("allowed"),
                        json.getBoolean("daily"),
                        json.getDouble("rate"),
                        json.getBoolean("exhausted"),
                        since);
            case "held-back" -> new Verdict.HeldBack(json.getDouble("rate"), since);
            case "stepped-back" ->
                new Verdict.SteppedBack(json.getDouble("from"), json.getDouble("to"), arm, evidence(json), since);
            case "feed-broken" ->
                new Verdict.FeedBroken(
                        json.getBoolean("inflated"),
                        json.getLong("observed"),
                        json.getDouble("expected"),
                        json.getDouble("logE"),
                        json.getBoolean("control"),
                        since);
            case "ratio-broken" ->
                new Verdict.RatioBroken(
                        arm,
                        json.getLong("observed"),
                        json.getDouble("expected"),
                        json.getDouble("logE"),
                        json.getBoolean("blocked"),
                        json.getBoolean("control"),
                        since);
            case "lead-fragile" ->
                new Verdict.LeadFragile(
                        arm, json.getDouble("best"), json.getDouble("without"), json.getInteger("origins"), since);
            case "origin-quarantined" ->
                new Verdict.OriginQuarantined(
                        json.getLong("quarantine"),
                        arm,
                        json.getLong("reported"),
                        json.getLong("all"),
                        json.getDouble("share"),
                        json.getDouble("logP"),
                        since);
            default -> throw new IllegalStateException("a stored verdict of the kind '" + kind + "'");
        };
    }

    private static Verdict.Evidence evidence(JsonObject json) {
        return EvidenceJson.read(json.getJsonObject("evidence"));
    }
}
