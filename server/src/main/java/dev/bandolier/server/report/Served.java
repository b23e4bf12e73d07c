package dev.bandolier.server.report;

import dev.bandolier.bandits.Snapshot;
import dev.bandolier.server.ledger.Group;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.ToLongFunction;

/// Which arms units that were drawn have got, beside the shares that are served now.
final class Served {

    private Served() {}

    /// One entry per arm, in the order of the definition.
    static JsonArray json(Snapshot standing, Facts facts) {
        List<Group> drawn =
                facts.groups().stream().filter(group -> !group.holdout()).toList();
        JsonArray arms = new JsonArray();
        double[] served = standing.served();
        for (int i = 0; i < served.length; i++) {
            Snapshot.ArmView view = standing.arms().get(i);
            arms.add(new JsonObject()
                    .put("arm", view.arm())
                    .put("share", served[i])
                    .put("day", of(drawn, view.arm(), Group::lately))
                    .put("all", of(drawn, view.arm(), Group::units)));
        }
        return arms;
    }

    private static JsonObject of(List<Group> drawn, String arm, ToLongFunction<Group> units) {
        long all = drawn.stream().mapToLong(units).sum();
        long own = drawn.stream()
                .filter(group -> group.arm().equals(arm))
                .mapToLong(units)
                .sum();
        return new JsonObject().put("units", own).put("share", all == 0 ? null : (Double) ((double) own / all));
    }
}
