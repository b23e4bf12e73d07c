package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Posterior;

/// What [Shrinkage] has to know of a kind of belief. Every belief is a mean and a strength: the exposures that it is
/// worth.
///
/// @param <P> kind of belief
interface Family<P extends Posterior> {

    /// Mean of the belief about an arm before it was exposed, in a segment that is like all.
    double priorMean();

    /// Exposures that this belief is worth.
    double priorStrength();

    /// A mean on the scale on which effects of arm and segment add up.
    double link(double mean);

    /// The mean at a point of that scale: the inverse of [#link].
    double mean(double linked);

    /// How fast the mean changes along that scale, which is also the variance of one exposure.
    double spread(double mean);

    /// Logarithm of the probability of what was counted, up to what does not depend on mean and strength.
    double logLikelihood(double mean, double strength, double sum, double exposures);

    /// The belief of this mean and strength after what was counted.
    P after(double mean, double strength, double sum, double exposures);

    /// The belief about an arm after what it counted, whatever the segment.
    P pooled(double sum, double exposures);

    /// Exposures that say as much as one exposure at a conversion rate of 3 % does.
    ///
    /// @param overall mean over all
    double unit(double overall);
}
