package dev.bandolier.bandits.guardrail;

import java.time.Instant;
import java.util.Optional;

/// A detector of a change in a stream of likelihood ratios: `R = (R + w) L` per interval, of mean L at most 1 as long as
/// nothing has changed (A. N. Shiryaev 1963, S. W. Roberts 1966). Immutable.
///
/// R less the sum of the weights w is a supermartingale then, so intervals worth at least A of weight pass on average
/// before R reaches A. The weight of an interval is what is expected in it, at most 1: with 1 throughout, R would grow by
/// 1 in each interval of a night, or of a pause, in which nothing is expected and nothing can be learned.
///
/// When the change began is told by the sum of ln L, kept from falling below 0 (E. S. Page 1954): it is greatest for
/// beginnings where that sum last was 0.
///
/// @param log      logarithm of 1 + R, so that it is finite: at least 0
/// @param rise     sum of ln L since the evidence began to grow, at least 0
/// @param began    start of the interval in which the evidence began to grow; none if there is no evidence
/// @param observed what was observed since then
/// @param expected what was expected since then
public record ShiryaevRoberts(double log, double rise, Optional<Instant> began, long observed, double expected) {

    /// No evidence.
    public static final ShiryaevRoberts FLAT = new ShiryaevRoberts(0, 0, Optional.empty(), 0, 0);

    /// Logarithm of the likelihood ratio of a Poisson rate x times as large: `ln(x^S e^((1-x) Lambda))`.
    ///
    /// For x below 1 its mean exponential is at most 1 if the rate is Lambda or more, for x above 1 if it is Lambda or
    /// less.
    ///
    /// @param observed S, how many
    /// @param bound    Lambda, how many are expected
    /// @param x        factor of the rate, positive
    public static double logRatio(long observed, double bound, double x) {
        return observed * Math.log(x) + (1 - x) * bound;
    }

    /// This and an interval.
    ///
    /// @param from     start of the interval
    /// @param logRatio ln L of what happened in it
    /// @param seen     what was observed in it
    /// @param awaited  what was expected in it, at least 0
    ShiryaevRoberts plus(Instant from, double logRatio, long seen, double awaited) {
        double weight = Math.min(1, awaited);
        // ln(R + w) of l = ln(1 + R) is ln(e^l - (1 - w)).
        double staked = log + Math.log1p(-(1 - weight) * Math.exp(-log));
        double after = softplus(staked + logRatio);
        double higher = rise + logRatio;
        return higher > 0
                ? new ShiryaevRoberts(
                        after, higher, Optional.of(began.orElse(from)), observed + seen, expected + awaited)
                : new ShiryaevRoberts(after, 0, Optional.empty(), 0, 0);
    }

    /// Whether R has reached this.
    boolean reached(double level) {
        return log >= Math.log1p(level);
    }

    /// ln(1 + e^x) without overflow.
    private static double softplus(double x) {
        return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
    }
}
