package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.FixedSplit;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Policy;
import dev.bandolier.bandits.Uniform;
import dev.bandolier.server.wire.Fields;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/// The JSON form of a policy that is asked about instead of the one that served: a policy as in a definition, or the
/// shares of arms.
public final class TargetJson {

    private static final String POLICY = "policy";
    private static final String SHARES = "shares";
    private static final String FLOOR = "floor";

    /// How far written shares may miss the sum 1.
    private static final double ROUNDING = 1e-9;

    /// A policy that is asked about.
    ///
    /// @param policy how it turns beliefs into shares
    /// @param limits what it may do: those of the experiment, or, for shares that are written down, none; with a floor of
    ///               its own, that instead of the floor and the floor of control
    /// @param field  name of the field that it was written in
    /// @param shown  what was written, with defaults filled in
    public record Target(Policy policy, Limits limits, String field, JsonObject shown) {}

    private TargetJson() {}

    /// The policy in a JSON object.
    ///
    /// @param definition the experiment that it is asked about
    /// @throws dev.bandolier.server.wire.Problem 422 naming every field that is wrong
    public static Target read(JsonObject json, Definition definition) {
        Fields in = Fields.of(json);
        boolean shares = in.has(SHARES);
        if (in.has(POLICY) == shares) {
            in.refuse(POLICY, shares ? "or shares, not both" : "is required, unless there are shares");
        }
        Policy policy = shares ? shares(in, definition) : PolicyJson.read(in.object(POLICY), definition.objective());
        Limits limits = limits(in, shares ? new Limits(0, 1, 0, 1, 0) : definition.limits(), definition);
        in.nothingElse();
        in.done();
        Objective objective = definition.objective();
        if (!shares && !(policy instanceof FixedSplit)) {
            PolicyJson.check(in, policy, definition.arms(), objective, limits);
        } else if (policy instanceof FixedSplit split) {
            known(shares ? in.object(SHARES) : in.object(POLICY).object(SHARES), split, definition);
        }
        in.done();
        String field = shares ? SHARES : POLICY;
        JsonObject written = PolicyJson.write(policy, objective);
        return new Target(policy, limits, field, shares ? written.getJsonObject(SHARES) : written);
    }

    private static Policy shares(Fields in, Definition definition) {
        Fields listed = in.object(SHARES);
        Map<String, Double> shares = new TreeMap<>();
        for (Arm arm : definition.arms()) {
            shares.put(arm.key(), 0.0);
        }
        for (String arm : listed.names()) {
            if (!listed.has(arm)) {
                listed.refuse(arm, "must be a number");
            }
            shares.put(arm, listed.number(arm, 0, 1, 0));
        }
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (!(Math.abs(sum - 1) <= ROUNDING)) {
            in.refuse(SHARES, "must sum to 1, not " + sum);
        }
        return in.clean() ? new FixedSplit(shares) : new Uniform();
    }

    private static void known(Fields listed, FixedSplit split, Definition definition) {
        for (String named : split.shares().keySet()) {
            if (definition.indexOf(named) < 0) {
                listed.refuse(named, "is no arm of this experiment");
            }
        }
    }

    private static Limits limits(Fields in, Limits usual, Definition definition) {
        if (!in.has(FLOOR)) {
            return usual;
        }
        double floor = in.number(FLOOR, 0, 1.0 / definition.arms().size(), usual.floor());
        return new Limits(
                floor, Math.max(usual.ceiling(), floor), floor, Math.max(usual.newArmCeiling(), floor), usual.warmUp());
    }
}
