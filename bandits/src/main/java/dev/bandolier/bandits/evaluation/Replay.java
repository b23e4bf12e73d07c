package dev.bandolier.bandits.evaluation;

/// A policy judged on decisions that somebody else made: rows where it would have chosen the arm that was logged
/// count, the others are skipped.
///
/// If the log chose among all arms with equal probability, independently of everything, the click rate of the rows
/// that match is an unbiased estimate of what the policy would have earned [1]; on any other log it is not. A fold
/// over rows in the order of the log; immutable.
///
/// [1] L. Li, W. Chu, J. Langford, X. Wang, Unbiased offline evaluation of contextual-bandit-based news article
/// recommendation algorithms, WSDM 2011, algorithm 2.
public final class Replay {

    private final long rows;
    private final long clicks;
    private final long[] matches;

    private Replay(long rows, long clicks, long[] matches) {
        this.rows = rows;
        this.clicks = clicks;
        this.matches = matches;
    }

    /// A replay over so many arms that has seen nothing yet.
    public static Replay over(int arms) {
        if (arms <= 0) {
            throw new IllegalArgumentException("a replay over " + arms + " arms");
        }
        return new Replay(0, 0, new long[arms]);
    }

    /// This replay with one more row.
    ///
    /// @param logged the arm that was served
    /// @param chosen the arm that the policy would have served
    /// @param click  whether the arm that was served was clicked
    public Replay plus(int logged, int chosen, boolean click) {
        check(logged);
        check(chosen);
        if (logged != chosen) {
            return new Replay(rows + 1, clicks, matches);
        }
        long[] more = matches.clone();
        more[logged]++;
        return new Replay(rows + 1, clicks + (click ? 1 : 0), more);
    }

    /// Rows seen.
    public long rows() {
        return rows;
    }

    /// Rows that counted: the policy would have served the arm that was logged.
    public long matches() {
        long sum = 0;
        for (long n : matches) {
            sum += n;
        }
        return sum;
    }

    /// Rows that counted for this arm.
    public long matches(int arm) {
        check(arm);
        return matches[arm];
    }

    /// Clicks in the rows that counted.
    public long clicks() {
        return clicks;
    }

    /// Clicks per row that counted; not a number if none did.
    public double clickRate() {
        return (double) clicks / matches();
    }

    /// The 95 % interval of the click rate.
    public Wilson interval() {
        return Wilson.of(clicks, matches());
    }

    private void check(int arm) {
        if (arm < 0 || arm >= matches.length) {
            throw new IllegalArgumentException("arm " + arm + " of " + matches.length);
        }
    }
}
