package dev.bandolier.server.receive;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.bandits.attribution.Entitlement;
import dev.bandolier.server.ledger.Draws;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The experiments that count the conversions of one request, each metric asked for once.
///
/// Confined to the thread of the request.
final class Counting {

    private final Function<String, List<Experiment>> withMetric;
    private final Duration tolerance;
    private final Map<String, List<Experiment>> experiments = new HashMap<>();

    /// @param withMetric experiments that count a metric, or guard it, and were started
    /// @param tolerance  how far the clocks of sender and server may differ
    Counting(Function<String, List<Experiment>> withMetric, Duration tolerance) {
        this.withMetric = withMetric;
        this.tolerance = tolerance;
    }

    /// The experiments that count a metric, or guard it.
    List<Experiment> experiments(String metric) {
        return experiments.computeIfAbsent(metric, withMetric);
    }

    /// What to look up for a conversion: the decisions that it may belong to beside that of its token; nothing if there
    /// are none.
    Optional<Draws.Sought> sought(Conversion conversion) {
        if (conversion.reverses().isPresent() || conversion.unit().isEmpty()) {
            return Optional.empty();
        }
        List<Entitlement> byUnit = experiments(conversion.metric()).stream()
                .map(each -> new Entitlement(each, tolerance))
                .filter(each -> each.byUnit(conversion))
                .toList();
        List<Draws.Moment> moments = byUnit.stream()
                .flatMap(each -> Draws.Moment.of(each, conversion).stream())
                .toList();
        return byUnit.isEmpty()
                ? Optional.empty()
                : Optional.of(new Draws.Sought(conversion.unit().get(), moments));
    }
}
