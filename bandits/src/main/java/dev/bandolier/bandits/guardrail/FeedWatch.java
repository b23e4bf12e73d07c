package dev.bandolier.bandits.guardrail;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// The circuit breaker of the feed of conversions: it trips when they stop arriving, or come in far too often
/// (`methods.md` 7e), and closes by itself when they arrive as expected again. Immutable.
///
/// *Silence.* Each interval is a likelihood ratio of 0.15 times the forecast against 0.5 times: half, because forecasts
/// err. While conversions arrive at no less than half of the forecast, it trips once in 100,000 intervals at most, on
/// average; if they stop, after `ln(1e5) / (0.7 x 0.5)`, 33 forecast conversions. Evidence grows below 0.29 times the
/// forecast.
///
/// *Inflation.* A ratio of 6 times the forecast against 2 times: the same slack, upwards, and the same bound. Evidence
/// grows above 3.6 times the forecast: sales are busier than that, but then more units are exposed too, and the
/// forecast knows. Conversions that were missing may be delivered all at once, so as many do not count as too many.
///
/// *Recovery* is a likelihood ratio turned round, which reaches 1,000 once in 1,000 expected conversions at most, on
/// average, while the feed is broken. It must come from at least 10 expected conversions, so that no quiet or busy moment
/// is one.
/// - After silence: 0.5 times the forecast against 0.15 times and less. It grows exactly where the evidence of the trip
///   would shrink, so that no rate both trips and recovers. What exceeds the forecast of an interval does not count, so
///   that a backlog in one burst is no recovery. At the forecast rate that takes 10 or so expected conversions, at half of
///   it some 30.
/// - After inflation: the forecast against 3 times and more. That is stricter than the trip, and between 1.8 and 3.6 times
///   the forecast it stays as it is: false conversions come in clumps, with gaps between them in which all seems well, and
///   are learned from after every recovery.
///
/// @param silence   evidence that conversions are missing
/// @param inflation evidence that there are too many
/// @param trip      why it tripped, as long as it is open
/// @param recovery  evidence that all is well again, since it tripped
/// @param owed      conversions missed of late that may still be delivered, at least 0
public record FeedWatch(
        ShiryaevRoberts silence,
        ShiryaevRoberts inflation,
        Optional<Trip> trip,
        ShiryaevRoberts recovery,
        double owed) {

    /// Intervals, on average and at least, without a trip for nothing.
    public static final double TRIPS_AT = 1e5;

    /// Expected conversions, on average and at least, without a recovery for nothing.
    public static final double RECOVERS_AT = 1e3;

    /// Expected conversions that a recovery takes at least.
    public static final double RECOVERY_EXPECTED_MIN = 10;

    /// Time since the trip after which everybody gets control.
    public static final Duration CONTROL_AFTER = Duration.ofMinutes(30);

    /// Slack for the error of a forecast that is too high.
    private static final double TOO_HIGH = 0.5;

    /// Slack for the error of a forecast that is too low.
    private static final double TOO_LOW = 2;

    /// The rate of a silent feed, relative to the least sound one.
    private static final double SILENT = 0.3;

    /// The rate of an inflated feed, relative to the greatest sound one.
    private static final double INFLATED = 3;

    /// Nothing seen.
    public static final FeedWatch START =
            new FeedWatch(ShiryaevRoberts.FLAT, ShiryaevRoberts.FLAT, Optional.empty(), ShiryaevRoberts.FLAT, 0);

    /// What made it trip.
    ///
    /// @param inflated whether conversions come in too often; else they are missing
    /// @param began    when the evidence began to grow
    /// @param since    when it tripped
    /// @param observed conversions from `began` to `since`
    /// @param expected how many the forecast was
    /// @param logE     logarithm of the evidence
    public record Trip(boolean inflated, Instant began, Instant since, long observed, double expected, double logE) {}

    /// This and the conversions that arrived in an interval, the next one.
    ///
    /// @param from     start of the interval
    /// @param to       its end
    /// @param observed units of which it was first heard in the interval that they converted
    /// @param expected how many were forecast, from what was known before [#began]
    /// @throws IllegalArgumentException if a count is negative, or the forecast infinite or not a number
    public FeedWatch plus(Instant from, Instant to, long observed, double expected) {
        if (observed < 0 || !(expected >= 0 && expected < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(observed + " conversions of " + expected + " expected");
        }
        return trip.isPresent() ? open(trip.get(), from, observed, expected) : closed(from, to, observed, expected);
    }

    /// Whether learning is to freeze.
    public boolean tripped() {
        return trip.isPresent();
    }

    /// Whether it has been open so long that everybody is to get control.
    public boolean control(Instant now) {
        return trip.map(open -> !now.isBefore(open.since().plus(CONTROL_AFTER))).orElse(false);
    }

    /// When evidence began to grow that something is wrong: what came later must not make a forecast.
    public Optional<Instant> began() {
        return trip.map(Trip::began)
                .or(() -> Stream.of(silence.began(), inflation.began())
                        .flatMap(Optional::stream)
                        .min(Instant::compareTo));
    }

    /// Closed by a person who says that the feed is sound; nothing that was seen before counts.
    public FeedWatch thawed() {
        return START;
    }

    private FeedWatch closed(Instant from, Instant to, long observed, double expected) {
        double missing = Math.max(0, TOO_LOW * silence.expected() - silence.observed());
        double excess = Math.max(0, observed - expected);
        long late = (long) Math.min(excess, owed + missing);
        ShiryaevRoberts fewer =
                silence.plus(from, ShiryaevRoberts.logRatio(observed, TOO_HIGH * expected, SILENT), observed, expected);
        ShiryaevRoberts more = inflation.plus(
                from,
                ShiryaevRoberts.logRatio(observed - late, TOO_LOW * expected, INFLATED),
                observed - late,
                expected);
        // What is not delivered in as many sound intervals as were missed is not delivered any more.
        double left = Math.max(0, owed - (excess > 0 ? late : expected));
        if (fewer.reached(TRIPS_AT)) {
            double missed = TOO_LOW * fewer.expected() - fewer.observed();
            return new FeedWatch(fewer, more, tripped(false, fewer, from, to), ShiryaevRoberts.FLAT, left + missed);
        }
        Optional<Trip> now = more.reached(TRIPS_AT) ? tripped(true, more, from, to) : Optional.empty();
        return new FeedWatch(fewer, more, now, ShiryaevRoberts.FLAT, left);
    }

    private FeedWatch open(Trip open, Instant from, long observed, double expected) {
        double ratio = open.inflated()
                ? -ShiryaevRoberts.logRatio(observed, expected, INFLATED)
                : -ShiryaevRoberts.logRatio(
                        Math.min(observed, (long) Math.ceil(expected)), TOO_HIGH * expected, SILENT);
        ShiryaevRoberts sound = recovery.plus(from, ratio, observed, expected);
        double left = open.inflated() ? owed : Math.max(0, owed + TOO_LOW * expected - observed);
        return sound.reached(RECOVERS_AT) && sound.expected() >= RECOVERY_EXPECTED_MIN
                ? new FeedWatch(
                        ShiryaevRoberts.FLAT, ShiryaevRoberts.FLAT, Optional.empty(), ShiryaevRoberts.FLAT, left)
                : new FeedWatch(silence, inflation, trip, sound, left);
    }

    private static Optional<Trip> tripped(boolean inflated, ShiryaevRoberts by, Instant from, Instant to) {
        return Optional.of(new Trip(inflated, by.began().orElse(from), to, by.observed(), by.expected(), by.log()));
    }
}
