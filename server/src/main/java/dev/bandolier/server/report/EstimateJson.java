package dev.bandolier.server.report;

import dev.bandolier.bandits.evaluation.Estimate;
import io.vertx.core.json.JsonObject;

/// The JSON form of estimates: numbers that are none are null.
final class EstimateJson {

    private EstimateJson() {}

    /// An estimate and its interval; null if there was nothing to estimate it from.
    ///
    /// @param unit what one of what is estimated is shown as
    static JsonObject of(Estimate estimate, double unit) {
        return estimate.known() && Double.isFinite(estimate.error())
                ? new JsonObject()
                        .put("estimate", estimate.value() * unit)
                        .put("lower", estimate.lower() * unit)
                        .put("upper", estimate.upper() * unit)
                : null;
    }

    /// A number; null if it is none, or infinite.
    static Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
