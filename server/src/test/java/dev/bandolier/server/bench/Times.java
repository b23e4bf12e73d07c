package dev.bandolier.server.bench;

import java.util.Arrays;

/// Durations in nanoseconds, every one of them kept. Confined to one thread at a time.
final class Times {

    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[1 << 12];
    private int count;

    void add(long each) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count] = each;
        count++;
    }

    /// How many.
    int count() {
        return count;
    }

    /// The one that this share of them does not exceed, in milliseconds; not a number if there are none.
    double millis(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1L, (long) (share * count))] / NANOS_PER_MILLI;
    }

    /// The share of them above a limit.
    double above(long limitNanos) {
        long more =
                Arrays.stream(nanos, 0, count).filter(each -> each > limitNanos).count();
        return count == 0 ? 0 : (double) more / count;
    }
}
