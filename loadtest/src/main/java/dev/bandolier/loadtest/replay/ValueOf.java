package dev.bandolier.loadtest.replay;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.evaluation.Estimate;
import dev.bandolier.bandits.evaluation.OffPolicy;
import dev.bandolier.loadtest.Format;
import dev.bandolier.loadtest.api.CommandFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// What the policy that served one log would have earned with the rows of another.
///
/// The policy is not there to be asked, only what it served: its probability of an item at a position, on average over
/// the time of its log, is estimated by the item's share of the rows at that position. That is the unbiased way. Row t
/// shows item a with the probability p_t(a), so the expected share is the mean of p_t(a); and weighting the logged
/// propensities of the rows that show a by 1 / p_t(a), because the others are not logged, gives sum of p_t / p_t, which
/// is the number of these rows. The mean of the logged propensities of an item is not it: items are shown most when their
/// propensity is large, so it is too large.
///
/// The model of the doubly robust estimate is the click rate of the item in the other half of the rows, shrunk: no row
/// is guessed from itself.
///
/// @param estimate what it would have earned with the rows of the log
/// @param served   what it earned with its own
record ValueOf(OffPolicy estimate, OffPolicy served) {

    /// How often an item was served at each position.
    private static final class Shares {

        private final List<Integer> items;
        private final List<long[]> byPosition = new ArrayList<>();

        private Shares(List<Integer> items) {
            this.items = items;
        }

        private void add(Logged.Row row) {
            while (byPosition.size() <= row.position()) {
                byPosition.add(new long[items.size()]);
            }
            byPosition.get(row.position())[items.indexOf(row.item())]++;
        }

        private double[] at(int position) {
            long[] counts = position < byPosition.size() ? byPosition.get(position) : new long[items.size()];
            double sum = 0;
            for (long count : counts) {
                sum += count;
            }
            if (sum == 0) {
                throw new CommandFailure("the log of the policy has no row at position " + position);
            }
            double[] shares = new double[counts.length];
            for (int i = 0; i < shares.length; i++) {
                shares[i] = counts[i] / sum;
            }
            return shares;
        }
    }

    /// The value of the policy of one log with the rows of another.
    ///
    /// @param skipBad whether malformed lines are passed over
    /// @throws CommandFailure if a row lacks its propensity, or a position has no row in the policy's log
    static ValueOf of(Path served, Path log, boolean skipBad) {
        List<Logged.Row> own = rows(served, skipBad);
        List<Logged.Row> rows = rows(log, skipBad);
        TreeSet<Integer> all = new TreeSet<>();
        own.forEach(row -> all.add(row.item()));
        rows.forEach(row -> all.add(row.item()));
        List<Integer> items = List.copyOf(all);
        Shares shares = new Shares(items);
        own.forEach(shares::add);
        double[] nothing = new double[items.size()];
        OffPolicy earned = OffPolicy.EMPTY;
        for (Logged.Row row : own) {
            // Judged by itself: all weights are 1.
            double[] itself = shares.at(row.position());
            int arm = items.indexOf(row.item());
            earned = earned.plus(itself, nothing, arm, itself[arm], click(row));
        }
        double[][] guesses = {guesses(rows, items, 1), guesses(rows, items, 0)};
        OffPolicy estimate = OffPolicy.EMPTY;
        for (Logged.Row row : rows) {
            estimate = estimate.plus(
                    shares.at(row.position()),
                    guesses[half(row)],
                    items.indexOf(row.item()),
                    row.propensity(),
                    click(row));
        }
        return new ValueOf(estimate, earned);
    }

    private static List<Logged.Row> rows(Path file, boolean skipBad) {
        List<Logged.Row> rows = new ArrayList<>();
        LogScan.eachRow(file, Long.MAX_VALUE, skipBad, rows::add);
        if (rows.isEmpty() || rows.stream().anyMatch(row -> Double.isNaN(row.propensity()))) {
            throw new CommandFailure(file + " has no rows, or rows without propensity_score");
        }
        return rows;
    }

    /// The click rates of the items in one half of the rows.
    private static double[] guesses(List<Logged.Row> rows, List<Integer> items, int half) {
        long[] shown = new long[items.size()];
        long[] clicked = new long[items.size()];
        long clicks = 0;
        long all = 0;
        for (Logged.Row row : rows) {
            if (half(row) == half) {
                int item = items.indexOf(row.item());
                shown[item]++;
                clicked[item] += row.clicked() ? 1 : 0;
                clicks += row.clicked() ? 1 : 0;
                all++;
            }
        }
        BetaPosterior prior = BetaPosterior.unitSuccess(Math.max((double) clicks, 0.5) / Math.max(all, 1));
        double[] guesses = new double[shown.length];
        for (int i = 0; i < guesses.length; i++) {
            guesses[i] = prior.after((double) clicked[i], (double) shown[i]).mean();
        }
        return guesses;
    }

    private static int half(Logged.Row row) {
        return (int) (row.row() % 2);
    }

    private static double click(Logged.Row row) {
        return row.clicked() ? 1 : 0;
    }

    /// What people are shown.
    List<String> lines() {
        Estimate direct = new Estimate(estimate.direct(), Double.NaN);
        return List.of(
                Format.row(
                        "rows",
                        Format.count(estimate.units()) + " judged, " + Format.count(served.units())
                                + " of the policy's own"),
                Format.row("the log's own", rate(estimate.log())),
                Format.row("IPS", rate(estimate.weighted())),
                Format.row("SNIPS", rate(estimate.selfNormalised())),
                Format.row("DM", rate(direct)),
                Format.row("DR", rate(estimate.doublyRobust())),
                Format.row("really", rate(served.log())),
                Format.row(
                        "trust",
                        String.format(
                                Locale.ROOT,
                                "%,.0f effective rows, largest weight %.1f, %.1f %% of the weight clipped%s",
                                estimate.effective(),
                                estimate.maxWeight(),
                                100 * estimate.clipped(),
                                estimate.thin() ? ": too thin to rely on" : "")));
    }

    private static String rate(Estimate estimate) {
        return Double.isNaN(estimate.error())
                ? Format.percent(estimate.value(), 3)
                : String.format(
                        Locale.ROOT,
                        "%.3f %% (95 %%: %.3f .. %.3f)",
                        100 * estimate.value(),
                        100 * estimate.lower(),
                        100 * estimate.upper());
    }
}
