package dev.bandolier.server.experiments;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Objective.Kind;
import dev.bandolier.bandits.evaluation.DetectableEffect;
import dev.bandolier.bandits.evaluation.Yield;
import dev.bandolier.bandits.simulation.Foresight;
import dev.bandolier.server.wire.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.OptionalDouble;

/// The JSON form of what a preview comes to.
final class PreviewJson {

    /// Two-sided error rate of every claim.
    static final double ALPHA = 0.05;

    /// Probability with which an effect is found.
    static final double POWER = 0.8;

    /// Days after which it is said what could be found.
    private static final List<Integer> DAYS = List.of(7, 14, 28);

    private PreviewJson() {}

    /// All but the warnings.
    static JsonObject write(Preview preview, Foresight.Loss loss, Foresight.Learning learning) {
        Definition definition = preview.definition();
        JsonArray perArm = new JsonArray();
        double each = perArm(preview);
        live(definition)
                .forEach(
                        arm -> perArm.add(new JsonObject().put("arm", arm.key()).put("units", Math.round(each))));
        return new JsonObject()
                .put("effect", preview.effect())
                .put("alpha", ALPHA)
                .put("power", POWER)
                .put("unitsNeeded", Math.round(unitsNeeded(preview)))
                .put("daysNeeded", daysNeeded(preview))
                .put("perArm", perArm)
                .put("detectable", detectable(preview))
                .put("holdout", holdout(preview))
                .put("loss", loss(preview, loss))
                .put("learning", learning(preview, learning));
    }

    /// Units, held-out ones included, with which the effect is found in an even split.
    static double unitsNeeded(Preview preview) {
        Definition definition = preview.definition();
        return Math.ceil(perArm(preview) * live(definition).size() / (1 - definition.holdout()));
    }

    /// The time in which these come.
    static double daysNeeded(Preview preview) {
        return unitsNeeded(preview) / preview.prospects().units();
    }

    /// The least uplift of all but the holdout that can be proven after some days, relative.
    static double provable(Preview preview, int days) {
        Yield yield = preview.prospects().perUnit();
        double units = preview.prospects().units() * days;
        long held = Math.max(1, Math.round(units * preview.definition().holdout()));
        long others = Math.max(1, Math.round(units) - held);
        return DetectableEffect.ofMean(yield.mean(), yield.variance(), held, others, ALPHA, POWER)
                .relative();
    }

    private static double perArm(Preview preview) {
        return Math.ceil(preview.prospects().perUnit().needed(preview.effect(), ALPHA, POWER));
    }

    private static List<Arm> live(Definition definition) {
        List<Arm> live = definition.arms().stream().filter(Arm::live).toList();
        return live.isEmpty() ? definition.arms() : live;
    }

    private static JsonArray detectable(Preview preview) {
        Definition definition = preview.definition();
        double perDay = preview.prospects().units()
                * (1 - definition.holdout())
                / live(definition).size();
        JsonArray listed = new JsonArray();
        DAYS.forEach(days -> listed.add(new JsonObject()
                .put("days", days)
                .put("effect", number(preview.prospects().perUnit().detectable(perDay * days, ALPHA, POWER)))));
        return listed;
    }

    private static JsonObject holdout(Preview preview) {
        double share = preview.definition().holdout();
        if (share == 0) {
            return null;
        }
        JsonArray listed = new JsonArray();
        DAYS.forEach(days -> listed.add(new JsonObject().put("days", days).put("effect", provable(preview, days))));
        return new JsonObject().put("share", share).put("detectable", listed);
    }

    private static JsonObject loss(Preview preview, Foresight.Loss loss) {
        JsonObject json = new JsonObject()
                .put("arm", key(preview, loss.arm()))
                .put("earns", Foresight.HARMFUL)
                .put("runs", loss.runs())
                .put("days", Foresight.HORIZON.toDays())
                .put("currency", currency(preview))
                .put("mean", amount(preview, loss.mean()))
                .put(
                        "p95",
                        boxed(loss.p95().stream()
                                .map(each -> amount(preview, each))
                                .findFirst()))
                .put("worst", amount(preview, loss.worst()))
                .put("even", amount(preview, loss.even()))
                .put("paused", loss.paused())
                .put("pausedAfter", boxed(loss.after()));
        return json.put("inWords", PreviewWords.loss(preview, loss));
    }

    private static JsonObject learning(Preview preview, Foresight.Learning learning) {
        return new JsonObject()
                .put("arm", key(preview, learning.arm()))
                .put("runs", learning.runs())
                .put("days", boxed(learning.days()))
                .put("shareOfBest", learning.share())
                .put("paused", learning.paused())
                .put("inWords", PreviewWords.learning(preview, learning));
    }

    private static String key(Preview preview, int arm) {
        return preview.definition().arms().get(arm).key();
    }

    private static String currency(Preview preview) {
        return preview.prospects().kind() == Kind.REVENUE
                ? preview.definition().objective().currency().orElseThrow()
                : null;
    }

    /// In the major unit of the currency, or in conversions.
    static double amount(Preview preview, double reward) {
        String currency = currency(preview);
        return currency == null ? reward : Money.major(reward, currency);
    }

    private static Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
