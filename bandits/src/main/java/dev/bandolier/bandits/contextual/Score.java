package dev.bandolier.bandits.contextual;

/// What is believed about an arm for one unit: a normal distribution, of the expected reward for a linear model and of
/// its log-odds for a logistic one. Which arm is best is the same question on both scales.
///
/// @param mean     expected value
/// @param variance of the belief, not of single rewards; 0 only for a unit without features
public record Score(double mean, double variance) {

    /// Standard deviation of the belief.
    public double sd() {
        return Math.sqrt(variance);
    }
}
