package dev.bandolier.server.experiments;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Experiment.State;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Prior.WarmStart;
import dev.bandolier.server.ledger.DefinitionJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What is to be changed of a definition, as its owner wrote it.
///
/// @param fields those present replace the whole field
record Change(JsonObject fields) {

    /// The definition that this makes of an experiment's.
    ///
    /// An arm that says nothing of its status keeps the one that it has: whoever lists the arms to change a payload has
    /// not decided to serve one again that a guardrail has paused meanwhile.
    ///
    /// Counts that were read from another experiment stay as they were, unless this is a draft and they were read for
    /// another objective or other arms: then they are left out, to be read again. Of counts that the owner brought, those
    /// of an arm that is gone are left out.
    ///
    /// @throws dev.bandolier.server.wire.Problem 422 naming every field that is wrong
    Definition of(Experiment before) {
        Definition old = before.definition();
        JsonObject written = DefinitionJson.write(old);
        // A field that is present replaces the whole field, so a policy of another kind inherits nothing from the old
        // one.
        JsonObject merged = written.copy().mergeIn(fields, false);
        if (merged.getValue("arms") instanceof JsonArray arms) {
            merged.put("arms", withStatus(arms, old));
        }
        if (fields.containsKey("prior") || !(old.prior() instanceof WarmStart start)) {
            return DefinitionJson.read(merged);
        }
        JsonObject prior = written.getJsonObject("prior").copy();
        merged.put("prior", prior);
        if (start.from().isEmpty()) {
            dropGone(prior.getJsonObject("arms"), merged.getValue("arms"));
            return DefinitionJson.read(merged);
        }
        prior.remove("arms");
        Definition after = DefinitionJson.read(merged);
        return before.state() == State.DRAFT && !sameGrounds(old, after) ? after : after.withPrior(start);
    }

    /// Whether counts that were read for one definition are those that would be read for the other.
    static boolean sameGrounds(Definition one, Definition other) {
        Objective was = one.objective();
        Objective is = other.objective();
        return was.metric().equals(is.metric())
                && was.kind() == is.kind()
                && was.currency().equals(is.currency())
                && keys(one.arms()).equals(keys(other.arms()));
    }

    private static Set<String> keys(List<Arm> arms) {
        return arms.stream().map(Arm::key).collect(Collectors.toSet());
    }

    private static JsonArray withStatus(JsonArray arms, Definition old) {
        JsonArray complete = new JsonArray();
        for (Object each : arms) {
            complete.add(each instanceof JsonObject arm ? withStatus(arm, old) : each);
        }
        return complete;
    }

    private static JsonObject withStatus(JsonObject arm, Definition old) {
        int known = arm.getValue("key") instanceof String key ? old.indexOf(key) : -1;
        return known < 0 || arm.containsKey("status")
                ? arm
                : arm.copy().put("status", old.arms().get(known).status().name().toLowerCase(Locale.ROOT));
    }

    private static void dropGone(JsonObject histories, Object arms) {
        if (arms instanceof JsonArray listed) {
            Set<String> left = listed.stream()
                    .map(each -> each instanceof JsonObject arm ? String.valueOf(arm.getValue("key")) : "")
                    .collect(Collectors.toSet());
            new HashSet<>(histories.fieldNames())
                    .stream().filter(arm -> !left.contains(arm)).forEach(histories::remove);
        }
    }
}
