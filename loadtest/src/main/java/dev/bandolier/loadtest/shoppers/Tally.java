package dev.bandolier.loadtest.shoppers;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.HdrHistogram.Histogram;

/// What became of the visits: how many, how late, how long, how often it failed.
///
/// Confined to one event loop.
final class Tally {

    /// A send this much after its intended time is late. It is the client's own doing, and the control of its
    /// latencies.
    static final long LATE_NANOS = 500_000;

    /// The longest latency told apart; an ask is given up before.
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final Histogram fresh = new Histogram(LONGEST_NANOS, 3);
    private final Histogram known = new Histogram(LONGEST_NANOS, 3);
    private final Counts errors = new Counts();
    private final Counts reasons = new Counts();

    private long intended;
    private long late;
    private long turnedAway;
    private final Map<Integer, Long> changed = new HashMap<>();

    /// A visitor came, this long after the intended time.
    void came(long lateNanos) {
        intended++;
        late += lateNanos > LATE_NANOS ? 1 : 0;
    }

    /// A visitor was not sent, since too many asks were unanswered.
    void turnAway() {
        turnedAway++;
    }

    /// A visitor was answered.
    ///
    /// @param nanos from the intended start to the end of the answer
    void answered(Crowd.Visitor visitor, int arm, String reason, long nanos) {
        reasons.add(reason);
        (visitor.known() ? known : fresh).recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
        if (visitor.known() && visitor.arm() != arm) {
            changed.merge(visitor.arm(), 1L, Long::sum);
        }
    }

    /// An ask failed.
    void failed(String kind) {
        errors.add(kind);
    }

    /// Visitors who came, sent or turned away.
    long intended() {
        return intended;
    }

    /// Visitors who were not sent.
    long turnedAway() {
        return turnedAway;
    }

    /// Known visitors who were shown another arm than before.
    ///
    /// @param before whether the index of the arm that they had is one to count
    long changed(IntPredicate before) {
        return changed.entrySet().stream()
                .filter(each -> before.test(each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /// Share of visitors that this client sent more than [#LATE_NANOS] late.
    double lateShare() {
        return (double) late / intended;
    }

    /// Share of visitors that got no answer: failed or turned away.
    double failedShare() {
        return intended == 0 ? 0 : (double) (errors.total() + turnedAway) / intended;
    }

    /// Failed asks by kind.
    Counts errors() {
        return errors;
    }

    /// Answers by reason.
    Counts reasons() {
        return reasons;
    }

    /// Latencies of visitors who came for the first time, in nanoseconds from the intended start.
    Histogram fresh() {
        return fresh;
    }

    /// Latencies of visitors who came again.
    Histogram known() {
        return known;
    }
}
