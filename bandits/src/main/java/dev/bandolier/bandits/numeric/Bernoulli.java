package dev.bandolier.bandits.numeric;

/// How far one Bernoulli distribution is from another.
public final class Bernoulli {

    private Bernoulli() {}

    /// The Kullback-Leibler divergence of Bernoulli(q) from Bernoulli(p), in nats: p ln(p/q) + (1-p) ln((1-p)/(1-q)),
    /// where 0 ln 0 is 0. Never negative; infinite where q rules out what p does not.
    ///
    /// @param p the truth, in [0, 1]
    /// @param q what is taken for it, in [0, 1]
    public static double kl(double p, double q) {
        return Math.max(term(p, q) + term(1 - p, 1 - q), 0);
    }

    private static double term(double p, double q) {
        return p > 0 ? p * Math.log(p / q) : 0;
    }
}
