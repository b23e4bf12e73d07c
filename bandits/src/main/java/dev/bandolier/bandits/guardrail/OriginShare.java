package dev.bandolier.bandits.guardrail;

import java.util.List;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/// Whether one origin reports more conversions of an arm than of the others, beyond chance (`methods.md` 10.4).
///
/// Null: whether a conversion is of the arm does not depend on whether the origin reported it. Then, given how many
/// conversions the arm has, how many the origin reported and how many there are, the number of both is hypergeometric
/// (R. A. Fisher's exact test), whatever the share of the origin: an affiliate that brings half of the conversions of
/// every arm is no outlier, and there is no share to estimate. Estimated from the other arms it would be 0 for every new
/// origin, and its first conversion impossible; estimated from all arms it would contain the fraud, and hide 20 of 40
/// conversions where there are few others.
///
/// *Shares of arms move*, and origins come and go: an affiliate who sold while an arm had most of the traffic reports
/// more of this arm, lawfully. So conversions are compared within strata in which shares moved little, such as days,
/// and the sum over the strata is told from its exact distribution.
///
/// @param arm      key of the arm
/// @param reported conversions of the arm that the origin reported
/// @param all      conversions of the arm
/// @param share    share of the origin in the conversions of all arms
/// @param logP     logarithm of the probability of as many, or more, by chance; in [-708, 0]
public record OriginShare(String arm, long reported, long all, double share, double logP) {

    /// Probability that any of the tests made together flags somebody by chance.
    public static final double ALPHA = 1e-4;

    /// Conversions of a while in which the shares of arms moved little.
    ///
    /// @param both     of the arm and of the origin
    /// @param ofOrigin of the origin, of all arms
    /// @param ofArm    of the arm, of all origins
    /// @param all      of all arms and origins
    public record Stratum(int both, int ofOrigin, int ofArm, int all) {

        /// Refuses counts that do not fit together.
        public Stratum {
            if (both < 0 || both > Math.min(ofOrigin, ofArm) || (long) ofOrigin + ofArm - both > all) {
                throw new IllegalArgumentException(both + " of " + ofOrigin + " and " + ofArm + " among " + all);
            }
        }
    }

    /// The test of one origin and one arm.
    ///
    /// @param strata conversions, each in one stratum
    public static OriginShare of(String arm, List<Stratum> strata) {
        long both = 0;
        long ofOrigin = 0;
        long ofArm = 0;
        long all = 0;
        for (Stratum each : strata) {
            both += each.both();
            ofOrigin += each.ofOrigin();
            ofArm += each.ofArm();
            all += each.all();
        }
        double share = all == 0 ? 0 : (double) ofOrigin / all;
        double p = both == 0 ? 1 : strata.size() == 1 ? tail(strata.getFirst()) : tail(strata, Math.toIntExact(both));
        return new OriginShare(arm, both, ofArm, share, Math.log(Math.clamp(p, Double.MIN_NORMAL, 1)));
    }

    /// Whether it is beyond chance.
    ///
    /// @param tests how many pairs of an arm and an origin are tested
    public boolean flagged(long tests) {
        return logP < Math.log(ALPHA / (double) tests);
    }

    private static double tail(Stratum only) {
        return distribution(only).survivalProbability(only.both() - 1);
    }

    /// P(sum >= both), the sum of independent hypergeometric numbers: all that reaches `both` is kept in one entry, so
    /// that no small tail is left over from a subtraction.
    private static double tail(List<Stratum> strata, int both) {
        double[] sums = new double[both + 1];
        sums[0] = 1;
        for (Stratum each : strata) {
            HypergeometricDistribution here = distribution(each);
            double[] more = new double[both + 1];
            for (int before = 0; before <= both; before++) {
                for (int n = here.getSupportLowerBound(); n <= here.getSupportUpperBound(); n++) {
                    more[Math.min(before + n, both)] += sums[before] * here.probability(n);
                }
            }
            sums = more;
        }
        return sums[both];
    }

    private static HypergeometricDistribution distribution(Stratum each) {
        return HypergeometricDistribution.of(each.all(), each.ofArm(), each.ofOrigin());
    }
}
