package dev.bandolier.server.ledger;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.GammaPosterior;
import dev.bandolier.bandits.OrderValuePosterior;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.RevenuePosterior;
import dev.bandolier.bandits.Snapshot.Belief;
import dev.bandolier.server.wire.Money;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/// The JSON form of what is believed about an arm.
final class PosteriorJson {

    private static final double LOWER = 0.025;
    private static final double UPPER = 0.975;

    private PosteriorJson() {}

    /// As it is stored: amounts in minor units.
    static JsonObject store(Belief belief) {
        return write(belief.posterior(), 1).put("lower", belief.lower()).put("upper", belief.upper());
    }

    /// As it is shown: with its mean, and amounts of revenue in the major unit of the currency.
    static JsonObject show(Belief belief, Optional<String> currency) {
        double unit = unit(belief.posterior(), currency);
        return write(belief.posterior(), unit)
                .put("mean", belief.posterior().mean() * unit)
                .put("lower", belief.lower() * unit)
                .put("upper", belief.upper() * unit);
    }

    /// What a unit of the reward that this is about is shown as.
    static double unit(Posterior posterior, Optional<String> currency) {
        return switch (posterior) {
            case BetaPosterior beta -> 1;
            case GammaPosterior gamma -> 1;
            case RevenuePosterior revenue ->
                currency.map(code -> Money.major(1, code)).orElse(1.0);
        };
    }

    private static JsonObject write(Posterior posterior, double unit) {
        return switch (posterior) {
            case BetaPosterior(double alpha, double beta) ->
                new JsonObject().put("kind", "beta").put("alpha", alpha).put("beta", beta);
            case GammaPosterior(double shape, double rate) ->
                new JsonObject().put("kind", "gamma").put("shape", shape).put("rate", rate);
            case RevenuePosterior(BetaPosterior rate, OrderValuePosterior value) ->
                new JsonObject()
                        .put("kind", "revenue")
                        .put("alpha", rate.alpha())
                        .put("beta", rate.beta())
                        .put("shape", value.shape())
                        .put("scale", value.scale() * unit);
        };
    }

    /// The belief that was stored; what the first form of it left out follows from the posterior.
    ///
    /// @param best probability that no other arm earns more
    static Belief read(JsonObject json, double best) {
        Posterior posterior = posterior(json);
        Double lower = json.getDouble("lower");
        Double upper = json.getDouble("upper");
        return new Belief(
                posterior,
                lower == null ? posterior.quantile(LOWER) : lower,
                upper == null ? posterior.quantile(UPPER) : upper,
                best);
    }

    /// The mean of the belief that was stored, in minor units if it is revenue.
    static double mean(JsonObject json) {
        return posterior(json).mean();
    }

    private static Posterior posterior(JsonObject json) {
        String kind = json.getString("kind");
        return switch (kind) {
            case "beta" -> new BetaPosterior(json.getDouble("alpha"), json.getDouble("beta"));
            case "gamma" -> new GammaPosterior(json.getDouble("shape"), json.getDouble("rate"));
            case "revenue" ->
                new RevenuePosterior(
                        new BetaPosterior(json.getDouble("alpha"), json.getDouble("beta")),
                        new OrderValuePosterior(json.getDouble("shape"), json.getDouble("scale")));
            default -> throw new IllegalStateException("a stored posterior of the kind '" + kind + "'");
        };
    }
}
