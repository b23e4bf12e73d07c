package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.guardrail.FeedWatch;
import dev.bandolier.bandits.guardrail.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/// Listening to the feed of conversions, interval by interval, as far as all of one is counted (`methods.md` 7e).
final class Listening {

    /// Intervals of one step that nobody was there to listen to: after more, the feed is taken as it is found.
    private static final int BEHIND_MAX = 10;

    private static final Duration BEHIND = Duration.ofMinutes(2);

    private static final double MINUTE = Duration.ofMinutes(1).toMillis();

    private Listening() {}

    /// What is watched of an experiment, with the feed listened to through a time.
    static Watch to(Experiment experiment, Counters counters, Learner.Seen seen) {
        Watch watch = seen.watch();
        if (seen.through().equals(Instant.MIN)
                || !experiment.definition().guardrails().feed()
                || !experiment.running()
                || counters.slices().isEmpty()) {
            return watch;
        }
        long width = seen.interval().toMillis();
        Instant through = Instant.ofEpochMilli(Math.floorDiv(seen.through().toEpochMilli(), width) * width);
        // What was listened to is over, whatever a clock says.
        Instant end = watch.fed().filter(through::isBefore).orElse(through);
        Duration most = seen.interval().multipliedBy(BEHIND_MAX);
        Instant earliest = end.minus(most.compareTo(BEHIND) > 0 ? most : BEHIND);
        // Who was not there did not hear anything: that is not the silence of the feed.
        boolean anew = watch.fed().isEmpty() || watch.fed().get().isBefore(earliest);
        Instant from = anew ? end : watch.fed().get();
        FeedWatch feed = anew && watch.fed().isPresent() && !watch.feed().tripped() ? FeedWatch.START : watch.feed();
        OptionalDouble latest = watch.expected();
        while (from.isBefore(end)) {
            Instant to = from.plus(seen.interval());
            OptionalDouble expected =
                    FeedForecast.expected(experiment, counters, feed.began().orElse(from), from, to);
            latest = expected.isPresent() ? OptionalDouble.of(expected.getAsDouble() * MINUTE / width) : expected;
            if (expected.isPresent()) {
                feed = feed.plus(from, to, watch.arrivals().getOrDefault(from, 0L), expected.getAsDouble());
            }
            from = to;
        }
        return watch.fed(feed, end, latest);
    }
}
