package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.simulation.Script.Hearing;
import java.time.Duration;
import java.util.List;

/// P11: what is best for most is worst for some (`methods.md` 6). Two arms, 6 % and 5 % for four fifths of the
/// visitors, 3 % and 6 % for the others; 25 days of 2,000 visitors, a look every 500; conversions are heard of at once.
final class CrossingProblem {

    /// Visitors who come.
    static final int UNITS = 50_000;

    private static final int PER_DAY = 2_000;
    private static final int EVERY = 500;
    private static final double BASE = 0.05;
    private static final List<Double> KINDS = List.of(0.8, 0.2);
    private static final Rates MOST = Rates.constant(0.06, 0.05);
    private static final Rates SOME = Rates.constant(0.03, 0.06);

    private CrossingProblem() {}

    /// The run of one seed.
    ///
    /// @param told whether the two kinds of visitors are declared as segments
    static Ending play(boolean told, long seed) {
        Rates rates = (kind, arm, since) -> (kind == 0 ? MOST : SOME).of(kind, arm, since);
        Shop shop =
                new Shop(UNITS, Duration.ofDays(1).dividedBy(PER_DAY), KINDS, rates, Duration.ZERO, Shop.Baskets.NONE);
        Setting pooled = Setting.conversions(BASE);
        Setting setting = told ? pooled.with(new Segments("device", List.of("mobile", "desktop"))) : pooled;
        return Performance.of(shop, Script.of(setting.experiment(2), EVERY, Hearing.CONFIGURED), seed);
    }
}
