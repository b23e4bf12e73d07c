package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Verdict.Evidence;
import dev.bandolier.bandits.Verdict.Horizon;
import dev.bandolier.bandits.Verdict.Sample;
import dev.bandolier.bandits.guardrail.Trial;
import dev.bandolier.server.wire.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The JSON form of what a test has seen: as it is stored, in logarithms, and as it is shown, also in numbers.
final class EvidenceJson {

    /// The largest number that evidence is shown as: beyond it there is nothing left to doubt.
    private static final double SHOWN_MAX = 1e300;

    private EvidenceJson() {}

    /// As it is stored: values in minor units.
    static JsonObject store(Evidence evidence) {
        return write(evidence)
                .put(
                        "arm",
                        sample(evidence.ofArm()).put("value", evidence.ofArm().value()))
                .put(
                        "control",
                        sample(evidence.ofControl())
                                .put("value", evidence.ofControl().value()));
    }

    /// As it is shown: with the e-value itself, and values of revenue as decimals of its currency.
    static JsonObject show(Evidence evidence, Objective objective) {
        JsonObject arm = sample(evidence.ofArm());
        JsonObject control = sample(evidence.ofControl());
        if (isWorth(evidence, objective)) {
            String currency = objective.currency().orElseThrow();
            arm.put("value", Money.text(evidence.ofArm().value(), currency));
            control.put("value", Money.text(evidence.ofControl().value(), currency));
        }
        return write(evidence)
                .put("e", plain(evidence.logE()))
                .put("threshold", plain(evidence.logMost()))
                .put("arm", arm)
                .put("control", control);
    }

    /// Whether it is about money: the objective is, and the test is of its value and not of how many buy.
    static boolean isWorth(Evidence evidence, Objective objective) {
        return objective.kind() == Objective.Kind.REVENUE && evidence.metric().equals(objective.metric() + Trial.VALUE);
    }

    /// The evidence that was stored.
    static Evidence read(JsonObject json) {
        return new Evidence(
                json.getString("metric"),
                Horizon.valueOf(json.getString("horizon").toUpperCase(Locale.ROOT)),
                log(json, "logE"),
                json.getDouble("logMost"),
                sample(json.getJsonObject("arm")),
                sample(json.getJsonObject("control")));
    }

    /// The evidence in an array; none if it is missing.
    static List<Evidence> readAll(JsonArray stored) {
        List<Evidence> all = new ArrayList<>();
        if (stored != null) {
            stored.forEach(each -> all.add(read((JsonObject) each)));
        }
        return all;
    }

    /// A logarithm of evidence as it is stored: JSON has no infinity, so null says that there is none at all.
    static Double log(double log) {
        return Double.isFinite(log) ? log : null;
    }

    /// The logarithm of evidence that was stored.
    static double log(JsonObject json, String field) {
        Double log = json.getDouble(field);
        return log == null ? Double.NEGATIVE_INFINITY : log;
    }

    /// The evidence of this logarithm, as a number.
    static double plain(double log) {
        return Math.min(Math.exp(log), SHOWN_MAX);
    }

    private static JsonObject write(Evidence evidence) {
        return new JsonObject()
                .put("metric", evidence.metric())
                .put("horizon", evidence.horizon().name().toLowerCase(Locale.ROOT))
                .put("logE", log(evidence.logE()))
                .put("logMost", evidence.logMost());
    }

    private static JsonObject sample(Sample sample) {
        return new JsonObject().put("exposures", sample.exposures()).put("conversions", sample.conversions());
    }

    private static Sample sample(JsonObject json) {
        return new Sample(json.getLong("exposures"), json.getLong("conversions"), json.getLong("value"));
    }
}
