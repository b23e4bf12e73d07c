package dev.bandolier.server.report;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Comparison;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.DensityCurve;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Snapshot.ArmView;
import dev.bandolier.server.ledger.SnapshotJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The decision panel of some units, those of a segment or all: which arm to take, what that may cost, and how each arm
/// compares with control (`methods.md` 8).
///
/// What asks for the best arm is answered among the live ones, what compares with control for every arm.
final class Panel {

    private static final double LOWER = 0.025;
    private static final double MEDIAN = 0.5;
    private static final double UPPER = 0.975;

    /// What is left to gain is less than the figure shown with this probability.
    private static final double REMAINING = 0.95;

    private static final int DENSITY_POINTS = 64;

    private final Experiment experiment;
    private final List<ArmView> views;
    private final List<Integer> live = new ArrayList<>();
    private final Comparison everyone;
    private final Comparison candidates;
    private final double[] best;
    private final double[] losses;
    private final double unit;

    /// The panel of these arms of an experiment.
    Panel(Experiment experiment, List<ArmView> views) {
        this.experiment = experiment;
        this.views = views;
        List<Posterior> beliefs = new ArrayList<>();
        List<Posterior> served = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            Posterior posterior = views.get(i).belief().posterior();
            beliefs.add(posterior);
            if (arm(i).live()) {
                live.add(i);
                served.add(posterior);
            }
        }
        everyone = Comparison.of(beliefs);
        candidates = live.isEmpty() || live.size() == views.size() ? everyone : Comparison.of(served);
        best = candidates.best();
        losses = candidates.expectedLoss();
        unit = SnapshotJson.unit(experiment, beliefs.getFirst());
    }

    /// Which arm to take and what that may cost; null if no arm is live, or nobody has been shown one.
    JsonObject decision() {
        if (live.isEmpty() || Snapshot.exposures(views) == 0) {
            return null;
        }
        int leader = candidates.leader();
        return new JsonObject()
                .put("leader", views.get(live.get(leader)).arm())
                .put("best", best[leader])
                .put("expectedLoss", losses[leader] * unit)
                .put("remaining", candidates.remainingQuantile(REMAINING));
    }

    /// The arms as they are shown, and how each compares.
    JsonArray arms(JsonArray shown) {
        JsonArray arms = new JsonArray();
        for (int i = 0; i < views.size(); i++) {
            JsonObject json = shown.getJsonObject(i);
            JsonObject arm = new JsonObject()
                    .put("arm", json.remove("arm"))
                    .put("control", arm(i).control())
                    .put("status", arm(i).status().name().toLowerCase(Locale.ROOT));
            json.remove("best");
            arm.mergeIn(json);
            compare(i, arm);
            arms.add(arm.put("density", density(views.get(i).belief().posterior())));
        }
        return arms;
    }

    private void compare(int index, JsonObject json) {
        int place = live.indexOf(index);
        json.put("best", place < 0 ? 0.0 : best[place]);
        if (place >= 0) {
            json.put("expectedLoss", losses[place] * unit);
        }
        int control = control();
        if (index != control) {
            json.put("aboveControl", everyone.above(index, control))
                    .put("shortfall", everyone.shortfall(index, control) * unit)
                    .put(
                            "lift",
                            new JsonObject()
                                    .put("lower", everyone.liftQuantile(index, control, LOWER))
                                    .put("median", everyone.liftQuantile(index, control, MEDIAN))
                                    .put("upper", everyone.liftQuantile(index, control, UPPER)));
        }
    }

    /// What is believed of an arm, as a curve to be drawn.
    private JsonObject density(Posterior posterior) {
        DensityCurve curve = DensityCurve.of(posterior, DENSITY_POINTS);
        return new JsonObject()
                .put("from", curve.from() * unit)
                .put("to", curve.to() * unit)
                .put("values", new JsonArray(curve.heights()));
    }

    private Arm arm(int index) {
        Definition definition = experiment.definition();
        return definition.arms().get(definition.indexOf(views.get(index).arm()));
    }

    private int control() {
        String key = experiment.definition().control().key();
        return views.stream().map(ArmView::arm).toList().indexOf(key);
    }
}
