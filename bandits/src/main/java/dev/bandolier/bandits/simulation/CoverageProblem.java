package dev.bandolier.bandits.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// C: how often the intervals of a report hold the truth, while Thompson sampling moves shares and some days are
/// better than others (`methods.md` 8). Three arms of which the first is control, [#UNITS] visitors over 28 days,
/// base rate 3 %, a look every [#BATCH] visitors, floor 2 %; conversions are heard of at once.
///
/// The policy learns from plain counts, so that what is judged is the estimates alone: the learner of the product
/// tells days apart and is led astray more seldom.
public final class CoverageProblem {

    /// Visitors who come.
    public static final int UNITS = 60_000;

    /// Visitors from one look to the next.
    public static final int BATCH = 500;

    static final int DAYS = 28;
    static final double BASE = 0.03;
    static final int ARMS = 3;

    /// First day of the sale of four days, 14 % of the time.
    private static final int SALE = 10;

    private final String name;
    private final String season;
    private final Season days;
    private final double lift;

    private CoverageProblem(String name, String season, Season days, double lift) {
        this.name = name;
        this.season = season;
        this.days = days;
        this.lift = lift;
    }

    /// All seasons, with equal arms and with a third arm that is 20 % better.
    public static List<CoverageProblem> all() {
        List<CoverageProblem> all = new ArrayList<>();
        add(all, "all days alike", Season.flat());
        add(all, "weekends x 2.25", Season.weekend(0.8, 1.8));
        add(all, "a sale of four days x 3", Season.sale(SALE, 4, 3));
        add(all, "falling from x 2.5 to x 0.5", Season.sliding(2.5, 0.5, DAYS));
        return all;
    }

    /// The problem of this name.
    ///
    /// @throws IllegalArgumentException if there is none
    public static CoverageProblem named(String name) {
        return all().stream()
                .filter(problem -> problem.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no problem is called '" + name + "'"));
    }

    private static void add(List<CoverageProblem> all, String season, Season days) {
        for (double lift : new double[] {0, 0.2}) {
            all.add(new CoverageProblem("C" + (all.size() + 1), season, days, lift));
        }
    }

    /// Short: `C1`.
    public String name() {
        return name;
    }

    /// Season and lift.
    public String title() {
        return lift == 0
                ? season + ", equal arms"
                : String.format(Locale.ROOT, "%s, the third arm %+.0f %%", season, 100 * lift);
    }

    /// What each estimate says of the run of one seed, beside the truth.
    public Map<Claim, Claimed> play(long seed) {
        return new CoverageRun(this, seed).play();
    }

    Season days() {
        return days;
    }

    double lift() {
        return lift;
    }
}
