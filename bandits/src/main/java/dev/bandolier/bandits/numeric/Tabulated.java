package dev.bandolier.bandits.numeric;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// A density of which only the logarithm is known, up to a constant, and only at a price: piecewise polynomials
/// through as few of its values as do, and a table of the distribution function.
///
/// The logarithm is followed rather than the density, because it is nearly quadratic: two or three pieces are enough,
/// where the density needs ten. It may be convex only in small part.
final class Tabulated {

    /// Error of the logarithm where the density is greatest; in the tails it may be greater as the density is
    /// smaller.
    private static final double PRECISION = 1e-7;

    /// The logarithm of the factor that the error may be greater by at most.
    private static final double TAIL_LOG_MAX = 12;

    /// The logarithm that the density falls by to either end of the window. What is left out is less than
    /// [Density#TAIL], for a concave logarithm.
    private static final double DEPTH = -Math.log(Density.TAIL) + 0.4;

    /// Where the search for an end of the window begins, in spreads, and by how much each step goes further.
    private static final double REACH = 6;

    private static final double STRIDE = 1.2;

    /// Length of the pieces next to 0: e^-u changes its character within 1 or 2.
    private static final double PIECE = 2;

    /// Far more steps than any quantile needs.
    private static final int STEPS_MAX = 100;

    /// Widest interval: a density of the kind of e^-(e^u) turns within pi / 2.
    private static final double GRAIN_MAX = Math.PI / 2;

    /// How far from a line the logarithm may be, as a part of the density, for the density to count as exponential.
    private static final double STRAIGHT = 1e-9;

    /// Widest interval where the density is exponential, in the lengths within which it falls by e.
    private static final double LENGTHS = 2;

    /// Far more than any belief needs: a table that gets nowhere must end.
    private static final int KNOTS_MAX = 20_000;

    private final double spread;
    private final Chebyshev[] pieces;

    /// Ends of intervals that are each short enough for the rule of sixteen nodes, and the distribution function
    /// there.
    private final double[] knots;

    private final double[] reached;

    /// How wide an interval may be that starts between two knots.
    private final double[] widths;

    /// What is to be added to the pieces: less the logarithm of their integral.
    private double offset;

    /// The density with this logarithm, which has its peak near 0.
    ///
    /// @param spread standard deviation, roughly
    /// @param finest length over which the logarithm changes its character, roughly; no piece is much shorter
    Tabulated(DoubleUnaryOperator log, double spread, double finest) {
        this.spread = spread;
        offset = -log.applyAsDouble(0);
        List<Chebyshev> found = new ArrayList<>();
        outwards(log, end(log, -1), finest, found);
        outwards(log, end(log, 1), finest, found);
        found.sort(comparingDouble(Chebyshev::from));
        pieces = found.toArray(Chebyshev[]::new);
        knots = knots(pieces[0].from(), pieces[pieces.length - 1].to());
        reached = new double[knots.length];
        widths = new double[knots.length];
        double grain = grainAt(knots[0]);
        for (int i = 1; i < knots.length; i++) {
            reached[i] = reached[i - 1] + integral(knots[i - 1], knots[i]);
            double next = grainAt(knots[i]);
            widths[i - 1] = Math.min(grain, next);
            grain = next;
        }
        widths[knots.length - 1] = widths[knots.length - 2];
        double total = reached[knots.length - 1];
        for (int i = 0; i < knots.length; i++) {
            reached[i] /= total;
        }
        offset -= Math.log(total);
    }

    double lower() {
        return knots[0];
    }

    double upper() {
        return knots[knots.length - 1];
    }

    /// Probability per unit of length; 0 outside the window.
    double at(double x) {
        return x < lower() || x > upper() ? 0 : Math.exp(piece(x).at(x) + offset);
    }

    /// Probability of at most `x`.
    double cumulative(double x) {
        if (!(x > lower())) {
            return 0;
        }
        if (x >= upper()) {
            return 1;
        }
        int i = before(knots, x);
        return Math.min(reached[i] + integral(knots[i], x), 1);
    }

    /// The point that is not exceeded with probability `p`, in (0, 1): Newton's iteration within a bracket.
    double quantile(double p) {
        int i = before(reached, p);
        double left = knots[i];
        double right = knots[i + 1];
        double x = (left + right) / 2;
        for (int step = 0; step < STEPS_MAX; step++) {
            double excess = reached[i] + integral(knots[i], x) - p;
            if (excess < 0) {
                left = x;
            } else {
                right = x;
            }
            double next = x - excess / at(x);
            if (!(next > left && next < right)) {
                next = (left + right) / 2;
            }
            if (Math.abs(next - x) <= Math.ulp(x)) {
                return next;
            }
            x = next;
        }
        return x;
    }

    /// See [Density#grain].
    double grain(double x) {
        return widths[x > lower() ? before(knots, x) : 0];
    }

    /// The position of the last of these ascending numbers that is below `x`; never the last of all, and the first if
    /// none is.
    private static int before(double[] ascending, double x) {
        int low = 0;
        int high = ascending.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < x) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Two standard deviations as the curvature has them, here and as far as it reaches. Where the density is
    /// exponential, up to the end of the piece in equal parts: pieces get longer with the distance from the peak, so
    /// a tail of any length takes few.
    private double grainAt(double x) {
        double width = width(x);
        width = Math.min(width, width(x + width / 2));
        width = Math.min(width, width(x + width));
        Chebyshev piece = pieces[position(Math.nextUp(x))];
        if (piece.bow() > STRAIGHT || !(piece.to() > x)) {
            return width;
        }
        double left = piece.to() - x;
        return Math.max(width, left / Math.max(Math.ceil(left * Math.abs(piece.slope()) / LENGTHS), 1));
    }

    private double width(double x) {
        double within = Math.clamp(x, pieces[0].from(), pieces[pieces.length - 1].to());
        double curvature = Math.max(-piece(within).bend(within), 1 / (spread * spread));
        return Math.min(2 / Math.sqrt(curvature), GRAIN_MAX);
    }

    /// How far from 0 the density has fallen so deep that what lies beyond does not count. A long tail on the left
    /// makes the spread large, and says nothing of the right.
    private double end(DoubleUnaryOperator log, int direction) {
        double x = direction > 0 ? Math.min(REACH * spread, REACH) : -REACH * spread;
        while (log.applyAsDouble(x) + offset > -DEPTH) {
            x *= STRIDE;
        }
        return x;
    }

    /// Adds pieces on one side of 0, up to `reach`: first as long as may do, then longer and longer.
    private void outwards(DoubleUnaryOperator log, double reach, double finest, List<Chebyshev> found) {
        double from = 0;
        for (double length = PIECE; from != reach; length *= 2) {
            boolean last = Math.abs(reach - from) < 1.5 * length;
            double to = last ? reach : from + Math.copySign(length, reach);
            follow(log, Math.min(from, to), Math.max(from, to), finest, found);
            from = to;
        }
    }

    /// Adds a piece; where it does not follow, two of half its width.
    private void follow(DoubleUnaryOperator log, double from, double to, double finest, List<Chebyshev> found) {
        Chebyshev piece = Chebyshev.of(log, from, to);
        double height = Math.max(piece.at(from), piece.at(to)) + offset;
        double allowed = PRECISION * Math.exp(Math.clamp(-height, 0, TAIL_LOG_MAX));
        if (piece.rest() <= allowed || to - from < finest) {
            found.add(piece.without(allowed / 100));
        } else {
            double middle = (from + to) / 2;
            follow(log, from, middle, finest, found);
            follow(log, middle, to, finest, found);
        }
    }

    private double[] knots(double from, double to) {
        List<Double> ends = new ArrayList<>();
        for (double x = from; x < to; x += grainAt(x)) {
            if (ends.size() == KNOTS_MAX) {
                throw new ArithmeticException("more than " + KNOTS_MAX + " knots from " + from + ", reached " + x);
            }
            ends.add(x);
        }
        ends.add(to);
        return ends.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private double integral(double from, double to) {
        double half = (to - from) / 2;
        double[] values = new double[GaussLegendre.NODES];
        for (int k = 0; k < values.length; k++) {
            double x = from + half * (1 + GaussLegendre.node(k));
            values[k] = Math.exp(piece(x).at(x) + offset);
        }
        return half * GaussLegendre.integral(values);
    }

    private Chebyshev piece(double x) {
        return pieces[position(x)];
    }

    /// The position of the first piece that does not end before `x`.
    private int position(double x) {
        int low = 0;
        int high = pieces.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pieces[middle].to() < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
