package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.DelayBins;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// How many conversions an experiment should hear of in some time, if they arrive as they did before a certain time:
/// what a watch over the feed holds against what it hears (`methods.md` 7e). Immutable.
///
/// Expected from s to t: the sum over exposures of the rate of their arm times the share of conversions that comes
/// between their age at s and at t. Exposures are those of now, so that traffic and shares of arms may move; rates and
/// delays are those of before, so that what is watched does not make the forecast: an outage would soon expect nothing,
/// an inflation ever more. Counters do not say when conversions of an arm arrived, but delays say it of all arms, by
/// exposure bucket; of each arm as large a part is taken as heard before.
///
/// Older exposures count less, by half a week ago: rates change with the season. An arm of few conversions is taken to
/// be like the others, as if it had 20 conversions at their rate. Once a person has said that the feed is sound as it is,
/// rates are those of units exposed since; else a lasting change would be taken for a fault again and again.
public final class FeedForecast {

    /// Conversions from which on there is a forecast.
    public static final long CONVERSIONS_MIN = 100;

    /// Intervals of experience from which on there is a forecast.
    public static final int INTERVALS_MIN = 30;

    /// Age at which an exposure counts half.
    private static final Duration HALF = Duration.ofDays(7);

    /// Conversions at the common rate that each arm is taken to have had.
    private static final double SHRINKAGE = 20;

    /// The longest bucket.
    private static final Duration COARSE = Duration.ofHours(1);

    private final Experiment experiment;
    private final ArrivalCurve curve;
    private final Past past;

    private FeedForecast(Experiment experiment, ArrivalCurve curve, Past past) {
        this.experiment = experiment;
        this.curve = curve;
        this.past = past;
    }

    /// Conversions that should be heard of in a time, each unit's first one; nothing is forecast before the longer of the
    /// window and 30 such times has passed since the first exposure, and 100 conversions were heard of; after a thaw by hand,
    /// before 100 conversions of units exposed since.
    ///
    /// @param counters what is counted at the end of that time
    /// @param asOf     what came later is not learned from: the start of that time or, once there is evidence that
    ///                 something is wrong, when it began
    /// @param from     start of that time
    /// @param to       its end
    public static OptionalDouble expected(
            Experiment experiment, Counters counters, Instant asOf, Instant from, Instant to) {
        if (counters.slices().isEmpty()) {
            return OptionalDouble.empty();
        }
        Duration window = experiment.definition().objective().window();
        Duration thirty = Duration.between(from, to).multipliedBy(INTERVALS_MIN);
        Instant armed = counters.slices().firstKey().plus(window.compareTo(thirty) > 0 ? window : thirty);
        if (asOf.isBefore(armed)) {
            return OptionalDouble.empty();
        }
        Optional<Instant> thawed = experiment.definition().guardrails().thawedAt();
        DelayBins bins = DelayBins.of(window);
        ArrivalCurve curve =
                new ArrivalCurve(Maturity.of(experiment, counters, asOf).curve(), bins);
        Past past = new Past(experiment, curve, bins, asOf, to);
        counters.slices().headMap(asOf).forEach((bucket, slice) -> {
            if (thawed.map(time -> !bucket.isBefore(time)).orElse(true)) {
                past.add(bucket, slice);
            }
        });
        return past.heard < CONVERSIONS_MIN
                ? OptionalDouble.empty()
                : OptionalDouble.of(new FeedForecast(experiment, curve, past).arriving(counters, from, to));
    }

    private double arriving(Counters counters, Instant from, Instant to) {
        Instant oldest =
                from.minus(experiment.definition().objective().window()).minus(COARSE);
        double sum = 0;
        for (Map.Entry<Instant, Counters.Slice> each :
                counters.slices().subMap(oldest, true, to, false).entrySet()) {
            Span span = Span.of(experiment, each.getKey(), to);
            double share = span.until(curve, to) - span.until(curve, from);
            for (Map.Entry<String, Tally> arm :
                    byArm(experiment, each.getValue()).entrySet()) {
                sum += share * arm.getValue().exposures() * past.rate(arm.getKey());
            }
        }
        return Math.max(sum, 0);
    }

    /// What a slice exposed and earned by arm; the holdout got control.
    private static Map<String, Tally> byArm(Experiment experiment, Counters.Slice slice) {
        Map<String, Tally> byArm = new HashMap<>();
        slice.drawn().forEach((group, tally) -> byArm.merge(group.arm(), tally, Tally::plus));
        for (Arm arm : experiment.definition().arms()) {
            if (arm.control() && !slice.heldOut().equals(Tally.ZERO)) {
                byArm.merge(arm.key(), slice.heldOut(), Tally::plus);
            }
        }
        return byArm;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() * 1e-9;
    }

    /// The time over which the exposures of a bucket are spread, as far as it has passed.
    private record Span(Instant start, Instant end) {

        static Span of(Experiment experiment, Instant bucket, Instant now) {
            Instant end = bucket.plus(experiment.bucketWidth());
            return new Span(bucket, end.isAfter(now) ? now : end);
        }

        double until(ArrivalCurve curve, Instant time) {
            return curve.until(seconds(Duration.between(end, time)), seconds(Duration.between(start, time)));
        }
    }

    /// What was heard before a time, in sums over exposure buckets.
    private static final class Past {
        private final Experiment experiment;
        private final ArrivalCurve curve;
        private final DelayBins bins;
        private final Instant asOf;
        private final Instant now;
        private final Map<String, Sums> byArm = new HashMap<>();
        private Sums all = new Sums(0, 0);
        private double heard;

        Past(Experiment experiment, ArrivalCurve curve, DelayBins bins, Instant asOf, Instant now) {
            this.experiment = experiment;
            this.curve = curve;
            this.bins = bins;
            this.asOf = asOf;
            this.now = now;
        }

        void add(Instant bucket, Counters.Slice slice) {
            double mature = Span.of(experiment, bucket, asOf).until(curve, asOf);
            double part = heardPart(bucket, slice.delays());
            double kept = Math.pow(0.5, seconds(Duration.between(bucket, asOf)) / seconds(HALF));
            byArm(experiment, slice).forEach((arm, tally) -> {
                double conversions = part * tally.conversions();
                Sums here = new Sums(kept * conversions, kept * mature * tally.exposures());
                byArm.merge(arm, here, Sums::plus);
                all = all.plus(here);
                heard += conversions;
            });
        }

        /// The rate of an arm, drawn to that of all.
        double rate(String arm) {
            double common = all.conversions() / all.trials();
            Sums own = byArm.getOrDefault(arm, new Sums(0, 0));
            return (own.conversions() + SHRINKAGE) / (own.trials() + SHRINKAGE / common);
        }

        /// Which part of the conversions of a bucket was heard before; all, where delays were not counted. Within a bin
        /// conversions arrive evenly from when the oldest exposures of the bucket reach it.
        private double heardPart(Instant bucket, Map<Integer, Long> delays) {
            double conversions = 0;
            double before = 0;
            for (Map.Entry<Integer, Long> each : delays.entrySet()) {
                double passed = passed(bucket, each.getKey(), now);
                if (passed > 0) {
                    conversions += each.getValue();
                    before += each.getValue() * passed(bucket, each.getKey(), asOf) / passed;
                }
            }
            return conversions > 0 ? Math.clamp(before / conversions, 0, 1) : 1;
        }

        private double passed(Instant bucket, int bin, Instant time) {
            double age = seconds(Duration.between(bucket, time));
            return Math.clamp((age - bins.lower(bin)) / (bins.upper(bin) - bins.lower(bin)), 0, 1);
        }
    }

    /// Conversions, and exposures as far as they are mature; older ones count less.
    private record Sums(double conversions, double trials) {

        Sums plus(Sums other) {
            return new Sums(conversions + other.conversions, trials + other.trials);
        }
    }
}
