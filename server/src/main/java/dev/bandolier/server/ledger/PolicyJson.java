package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.BayesUcb;
import dev.bandolier.bandits.EpsilonGreedy;
import dev.bandolier.bandits.FixedSplit;
import dev.bandolier.bandits.KlUcb;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Policy;
import dev.bandolier.bandits.Softmax;
import dev.bandolier.bandits.Thompson;
import dev.bandolier.bandits.TopTwo;
import dev.bandolier.bandits.Ucb1;
import dev.bandolier.bandits.Uniform;
import dev.bandolier.server.wire.Fields;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// The JSON form of a policy.
public final class PolicyJson {

    /// The least share of the leader of a top-two draw that leaves it a draw.
    private static final double BETA_MIN = 0.01;

    /// The greatest weight of ln ln t in KL-UCB; 3 is that of the proof.
    private static final double C_MAX = 10;

    /// How far written shares may miss the sum 1.
    private static final double ROUNDING = 1e-9;

    private PolicyJson() {}

    /// The policy in these fields; some other, if one of them was refused.
    ///
    /// @param objective what is earned: a temperature is in its unit
    static Policy read(Fields in, Objective objective) {
        String kind = in.optionalText("kind").orElse("thompson");
        Policy policy = switch (kind) {
            case "thompson" -> new Thompson();
            case "top-two" ->
                new TopTwo(in.number("beta", BETA_MIN, 1, TopTwo.even().beta()));
            case "epsilon-greedy" -> epsilonGreedy(in);
            case "softmax" -> softmax(in, objective);
            case "bayes-ucb" -> new BayesUcb();
            case "kl-ucb" -> new KlUcb(in.number("c", 0, C_MAX, 0));
            case "fixed" -> fixed(in);
            case "uniform" -> new Uniform();
            default -> {
                in.refuse(
                        "kind",
                        "must be 'thompson', 'top-two', 'epsilon-greedy', 'softmax', 'bayes-ucb', 'kl-ucb', 'fixed' or"
                                + " 'uniform'");
                yield new Uniform();
            }
        };
        in.nothingElse();
        return policy;
    }

    private static Policy epsilonGreedy(Fields in) {
        double epsilon = in.number("epsilon", 0, 1, 0.1);
        double least = in.number("least", 0, 1, epsilon);
        double halving = in.number("halving").orElse(Double.POSITIVE_INFINITY);
        if (!(halving > 0)) {
            in.refuse("halving", "must be a positive number of exposures");
        }
        if (least > epsilon) {
            in.refuse("least", "must not be above epsilon");
        }
        return in.clean() ? new EpsilonGreedy(epsilon, least, halving) : new Uniform();
    }

    private static Policy softmax(Fields in, Objective objective) {
        Optional<Double> temperature =
                in.number("temperature").map(written -> ObjectiveJson.believed(written, objective));
        if (temperature.isPresent() && !(temperature.get() > 0 && Double.isFinite(temperature.get()))) {
            in.refuse(
                    "temperature",
                    "must be positive: the difference of means, in the unit of the objective, at which one arm gets"
                            + " 2.718 times the share of another; leave it out to let it follow the evidence");
            return new Uniform();
        }
        return new Softmax(temperature.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    }

    private static Policy fixed(Fields in) {
        if (!in.has("shares")) {
            in.refuse("shares", "is required: the share of each arm by its key, summing to 1");
            return new Uniform();
        }
        Fields listed = in.object("shares");
        Map<String, Double> shares = new TreeMap<>();
        for (String arm : listed.names()) {
            if (!listed.has(arm)) {
                listed.refuse(arm, "must be a number");
            }
            shares.put(arm, listed.number(arm, 0, 1, 0));
        }
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (!(Math.abs(sum - 1) <= ROUNDING)) {
            in.refuse("shares", "must sum to 1, not " + sum);
        }
        return in.clean() ? new FixedSplit(shares) : new Uniform();
    }

    /// Refuses what does not fit the rest of a definition that is sound otherwise.
    ///
    /// @param in the fields of the whole definition
    static void check(Fields in, Policy policy, List<Arm> arms, Objective objective, Limits limits) {
        switch (policy) {
            case KlUcb kl -> {
                if (objective.kind() != Objective.Kind.CONVERSION) {
                    in.object("policy")
                            .refuse("kind", "'kl-ucb' is for conversions; take 'bayes-ucb' for revenue and counts");
                }
                needsFloor(in, "kl-ucb", limits);
            }
            case BayesUcb bayes -> needsFloor(in, "bayes-ucb", limits);
            case FixedSplit split -> checkShares(in.object("policy").object("shares"), split, arms, limits);
            case Thompson thompson -> {}
            case TopTwo two -> {}
            case EpsilonGreedy greedy -> {}
            case Softmax softmax -> {}
            case Ucb1 ucb -> {}
            case Uniform uniform -> {}
        }
    }

    private static void needsFloor(Fields in, String kind, Limits limits) {
        if (!(limits.floor() > 0)) {
            in.refuse(
                    "floor",
                    "must be above 0 with '" + kind + "': it serves one arm, so without a floor nothing is learned of"
                            + " the others");
        }
    }

    private static void checkShares(Fields in, FixedSplit split, List<Arm> arms, Limits limits) {
        for (Arm arm : arms) {
            double floor = arm.control() ? Math.max(limits.floor(), limits.controlFloor()) : limits.floor();
            if (!split.shares().containsKey(arm.key())) {
                in.refuse(arm.key(), "is required: every arm has a share, also one that is paused");
            } else if (split.shares().get(arm.key()) < floor) {
                in.refuse(
                        arm.key(),
                        "is below " + floor + ", the " + (arm.control() ? "controlFloor" : "floor")
                                + "; raise it, or lower that");
            } else if (split.shares().get(arm.key()) > limits.ceiling()) {
                in.refuse(arm.key(), "is above " + limits.ceiling() + ", the ceiling; lower it, or raise that");
            }
        }
        for (String named : split.shares().keySet()) {
            if (arms.stream().noneMatch(arm -> arm.key().equals(named))) {
                in.refuse(named, "is no arm of this experiment");
            }
        }
    }

    /// The JSON object of a policy.
    ///
    /// @param objective what is earned: a temperature is in its unit
    public static JsonObject write(Policy policy, Objective objective) {
        return switch (policy) {
            case Thompson thompson -> kind("thompson");
            case TopTwo(double beta) -> kind("top-two").put("beta", beta);
            case EpsilonGreedy greedy -> {
                JsonObject json =
                        kind("epsilon-greedy").put("epsilon", greedy.start()).put("least", greedy.least());
                yield Double.isInfinite(greedy.halving()) ? json : json.put("halving", greedy.halving());
            }
            case Softmax(OptionalDouble temperature) -> {
                JsonObject json = kind("softmax");
                temperature.ifPresent(each -> json.put("temperature", ObjectiveJson.shown(each, objective)));
                yield json;
            }
            case BayesUcb bayes -> kind("bayes-ucb");
            case KlUcb(double c) -> kind("kl-ucb").put("c", c);
            case FixedSplit(Map<String, Double> shares) -> {
                JsonObject byArm = new JsonObject();
                new TreeMap<>(shares).forEach(byArm::put);
                yield kind("fixed").put("shares", byArm);
            }
            case Ucb1 ucb -> throw new IllegalArgumentException("UCB1 is to be compared with, not to be served");
            case Uniform uniform -> kind("uniform");
        };
    }

    private static JsonObject kind(String kind) {
        return new JsonObject().put("kind", kind);
    }
}
