package dev.bandolier.bandits.evaluation;

import dev.bandolier.bandits.evaluation.Stratum.Drawn;
import java.util.List;

/// A number for each unit of a stratum: a weighted sum of what we believe that each arm would have earned with it,
/// and maybe of what it earned.
///
/// What arm a would have earned with a unit is Gamma(a) = m_a + 1\[A = a] (r - m_a) / p_a: the guess, put right by
/// the units that got the arm (`methods.md` 8). A unit of arm b therefore scores `level_b + slope_b (r - m_b)`,
/// linear in what it earned, so that sums over all units follow from those of each arm; and because a unit has one
/// arm only, so do the products of two arms' Gammas that the variance of a contrast needs.
final class UnitScore {

    private final Stratum stratum;
    private final double own;
    private final double[] parts;
    private final double believed;

    /// The score `own r + sum of parts_a Gamma(a)`.
    ///
    /// @param parts one for each arm; 0 for those that could not be drawn
    UnitScore(Stratum stratum, double own, double[] parts) {
        this.stratum = stratum;
        this.own = own;
        this.parts = parts;
        double sum = 0;
        for (int arm = 0; arm < parts.length; arm++) {
            sum += parts[arm] * stratum.arms().get(arm).guess();
        }
        believed = sum;
    }

    /// Sum over all units.
    double sum() {
        double sum = 0;
        List<Drawn> arms = stratum.arms();
        for (int arm = 0; arm < parts.length; arm++) {
            Drawn drawn = arms.get(arm);
            Sums earned = drawn.earned();
            if (earned.units() > 0) {
                double excess = earned.sum() - earned.units() * drawn.guess();
                sum += earned.units() * level(drawn) + slope(arm, drawn) * excess;
            }
        }
        return sum;
    }

    /// Sum of squared distances from this value over all units, by sums of squares that are positive each: the
    /// difference of great numbers would leave no digits where arms earn nearly the same.
    double squaresAround(double centre) {
        double sum = 0;
        List<Drawn> arms = stratum.arms();
        for (int arm = 0; arm < parts.length; arm++) {
            Drawn drawn = arms.get(arm);
            Sums earned = drawn.earned();
            if (earned.units() > 0) {
                double slope = slope(arm, drawn);
                double mean = level(drawn) + slope * (earned.mean() - drawn.guess()) - centre;
                sum += earned.units() * mean * mean + slope * slope * earned.squaresAroundMean();
            }
        }
        return sum;
    }

    private double level(Drawn drawn) {
        return own * drawn.guess() + believed;
    }

    private double slope(int arm, Drawn drawn) {
        return own + parts[arm] / drawn.propensity();
    }
}
