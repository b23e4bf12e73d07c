package dev.bandolier.bandits;

import java.time.Duration;
import java.util.Arrays;

/// The grid on which the delays of conversions are counted: 64 bins from no time at all to the attribution window,
/// log-spaced, because delays spread over seconds to weeks.
///
/// Bin `k` holds the delays from `W^(k/64)` seconds up to, but without, `W^((k+1)/64)`; bin 0 begins at 0 and the last
/// one includes the window W and all that is reported beyond it. The edges of a window of a week are 23 % apart.
public final class DelayBins {

    /// Number of bins.
    public static final int COUNT = 64;

    private static final double WINDOW_SECONDS_MIN = 60;

    private static final double NANO = 1e-9;

    private final double[] edges;

    private DelayBins(double[] edges) {
        this.edges = edges;
    }

    /// The grid of an attribution window.
    ///
    /// @throws IllegalArgumentException if the window is shorter than a minute
    public static DelayBins of(Duration window) {
        double seconds = seconds(window);
        if (!(seconds >= WINDOW_SECONDS_MIN)) {
            throw new IllegalArgumentException("window " + window + " is shorter than a minute");
        }
        double[] edges = new double[COUNT + 1];
        for (int k = 1; k < COUNT; k++) {
            edges[k] = Math.pow(seconds, (double) k / COUNT);
        }
        edges[COUNT] = seconds;
        return new DelayBins(edges);
    }

    /// The bin of a delay; the first one if it is negative (clocks differ), the last one if it exceeds the window.
    public int binOf(Duration delay) {
        return binOf(seconds(delay));
    }

    /// The bin of a delay in seconds.
    public int binOf(double seconds) {
        if (!(seconds > 0)) {
            return 0;
        }
        int found = Arrays.binarySearch(edges, seconds);
        return Math.min(found >= 0 ? found : -found - 2, COUNT - 1);
    }

    /// Where a bin begins, in seconds.
    public double lower(int bin) {
        return edges[bin];
    }

    /// Where a bin ends, in seconds.
    public double upper(int bin) {
        return edges[bin + 1];
    }

    /// How many bins, from the first, end within an age in seconds.
    public int within(double seconds) {
        return seconds >= edges[COUNT] ? COUNT : binOf(seconds);
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() * NANO;
    }
}
