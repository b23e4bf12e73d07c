package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.simulation.Script.Hearing;
import dev.bandolier.bandits.simulation.Shop.Baskets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// P7: the revenue of a visitor is to be maximised, and order values are log-normal (`methods.md` 1.2). Three arms, of
/// which one is 10 % better; 200,000 visitors, 100 looks, 3 % conversion, values capped at their 99th percentile.
///
/// @param name  short: `P7.1`
/// @param title where the lift is, in a few words
/// @param rates conversion rate of each arm
/// @param means mean order value of each arm in minor units
record RevenueProblem(String name, String title, List<Double> rates, List<Double> means) {

    /// Visitors who come.
    static final int UNITS = 200_000;

    private static final int EVERY = 2_000;
    private static final double SPREAD = 1.2;
    private static final double BASE = 0.03;
    private static final double MEAN = 5_000;

    /// Standard deviations from the median to the 99th percentile of the logarithm.
    private static final double P99 = 2.3263;

    /// What is believed of the best arm once it is as good as lost.
    private static final double LOCKED_IN = 0.01;

    /// Both places where the lift may be.
    static List<RevenueProblem> all() {
        List<Double> better = List.of(1.0, 1.0, 1.1);
        List<Double> equal = List.of(1.0, 1.0, 1.0);
        return List.of(
                new RevenueProblem("P7.1", "10 % more orders", times(better, BASE), times(equal, MEAN)),
                new RevenueProblem("P7.2", "orders worth 10 % more", times(equal, BASE), times(better, MEAN)));
    }

    /// The run of one seed.
    ///
    /// @param kind revenue, or conversions whatever they are worth
    Ending play(Objective.Kind kind, long seed) {
        Rates own = Rates.constant(rates.stream().mapToDouble(rate -> rate).toArray());
        Shop shop = new Shop(
                UNITS,
                Duration.ofDays(1).dividedBy(EVERY),
                List.of(1.0),
                own,
                Duration.ZERO,
                new Baskets(means, SPREAD));
        Objective objective = new Objective(
                "purchase",
                kind,
                Duration.ofDays(7),
                Optional.of(Setting.AT_ONCE),
                Optional.of("EUR"),
                BASE,
                Optional.of(Math.round(MEAN * Math.exp(SPREAD * (P99 - SPREAD / 2)))));
        Setting setting = Setting.conversions(BASE).with(objective);
        return Performance.of(shop, Script.of(setting.experiment(3), EVERY, Hearing.CONFIGURED), seed);
    }

    /// Whether a run ended with the best arm as good as lost.
    static boolean lockedIn(Ending ending) {
        return ending.best("c") < LOCKED_IN;
    }

    private static List<Double> times(List<Double> factors, double base) {
        return factors.stream().map(factor -> factor * base).toList();
    }
}
