package dev.bandolier.bandits.guardrail;

/// The strict mode: how much of the traffic may leave control so that, whatever the arms are worth within their
/// bounds, all that was served so far and in the next batch earns at least (1 - delta) of what control would have
/// earned (`methods.md` 7a, a batch form of conservative bandits [1]).
///
/// With bounds that hold at all times at once, that holds at all times at once. Without evidence, where the lower
/// bounds of the arms are 0, a share of delta may leave control.
///
/// What is left over, Z, is a concave, piecewise linear function of the share rho of exploring: a unit that control
/// keeps is worth its lower bound as long as control is owed nothing, and each one missing its upper bound. So the
/// largest rho with Z >= 0 is found without a search.
///
/// [1] Y. Wu, R. Shariff, T. Lattimore, Cs. Szepesvari, Conservative bandits, ICML (2016).
public final class ConservativeThrottle {

    private final double[] exposures;
    private final double[] lower;
    private final int control;
    private final Interval bounds;
    private final double delta;

    private ConservativeThrottle(double[] exposures, double[] lower, int control, Interval bounds, double delta) {
        this.exposures = exposures;
        this.lower = lower;
        this.control = control;
        this.bounds = bounds;
        this.delta = delta;
    }

    /// The throttle after these exposures.
    ///
    /// @param exposures units exposed so far, by arm
    /// @param lower     lower bound of the reward per unit, by arm; that of control is not read
    /// @param control   position of control
    /// @param bounds    bounds of the reward per unit of control
    /// @param delta     share of what control would have earned that may be lost, in (0, 1)
    /// @throws IllegalArgumentException if there is not one bound for each arm, control is none of them, or delta is
    ///                                  out of range
    public static ConservativeThrottle of(
            double[] exposures, double[] lower, int control, Interval bounds, double delta) {
        if (exposures.length != lower.length || control < 0 || control >= exposures.length) {
            throw new IllegalArgumentException(
                    exposures.length + " arms, " + lower.length + " bounds and control " + control);
        }
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta " + delta + " is not in (0, 1)");
        }
        return new ConservativeThrottle(exposures.clone(), lower.clone(), control, bounds, delta);
    }

    /// The largest share of exploring that is safe, where control is the first arm; see [#rate].
    public static double rho(
            double[] exposures,
            double[] lower,
            double upper0,
            double lower0,
            double delta,
            double[] shares,
            double batch) {
        return of(exposures, lower, 0, new Interval(lower0, upper0), delta).rate(shares, batch);
    }

    /// What the arms have certainly earned above what they owe, in the unit of the reward: negative if it is not
    /// certain that no more than delta is lost so far.
    public double budget() {
        double[] idle = new double[exposures.length];
        idle[control] = 1;
        return left(0, idle, 0);
    }

    /// The largest rho in \[0, 1] for which the next batch may be served rho p + (1 - rho) e_control; 0 if there is
    /// none.
    ///
    /// @param shares what the policy would serve, one per arm, of sum 1
    /// @param batch  units of the next batch, not negative
    public double rate(double[] shares, double batch) {
        double end = left(1, shares, batch);
        if (end >= 0) {
            return 1;
        }
        double start = left(0, shares, batch);
        double slope = owed(1, shares, batch) - owed(0, shares, batch);
        double kink = slope < 0 ? Math.clamp(-owed(0, shares, batch) / slope, 0, 1) : 0;
        double middle = left(kink, shares, batch);
        if (middle >= 0) {
            return root(kink, middle, 1, end);
        }
        return start >= 0 ? root(0, start, kink, middle) : 0;
    }

    /// Where the line from a point that is not below 0 to one that is crosses it.
    private static double root(double from, double left, double to, double missing) {
        return from + (to - from) * (left / (left - missing));
    }

    /// Z(rho).
    private double left(double rho, double[] shares, double batch) {
        double sum = 0;
        for (int arm = 0; arm < exposures.length; arm++) {
            sum += arm == control ? 0 : (exposures[arm] + batch * rho * shares[arm]) * lower[arm];
        }
        double units = owed(rho, shares, batch);
        return sum + units * (units >= 0 ? bounds.lower() : bounds.upper());
    }

    /// c(rho): units that control has and will have more than it is owed.
    private double owed(double rho, double[] shares, double batch) {
        double all = batch;
        for (double units : exposures) {
            all += units;
        }
        return exposures[control] + batch * (1 - rho * (1 - shares[control])) - (1 - delta) * all;
    }
}
