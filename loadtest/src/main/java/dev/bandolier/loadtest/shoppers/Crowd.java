package dev.bandolier.loadtest.shoppers;

import java.util.random.RandomGenerator;

/// Who comes through the door next: somebody new, or one of the visitors who were answered lately.
///
/// Confined to one event loop.
final class Crowd {

    /// The visitors that may come back; a newer one replaces the oldest.
    static final int REMEMBERED_MAX = 10_000;

    /// Stands for the arm of a visitor who has not been shown one yet.
    static final int NONE = -1;

    /// One visit.
    ///
    /// @param number counts the new visitors of this run from 0
    /// @param unit   the visitor's name
    /// @param arm    index of the arm that this visitor was shown before, or [#NONE]
    record Visitor(long number, String unit, int arm) {

        /// Whether the server has answered this visitor before.
        boolean known() {
            return arm != NONE;
        }

        /// The same visitor, having seen an arm.
        Visitor shown(int armSeen) {
            return new Visitor(number, unit, armSeen);
        }
    }

    private final String prefix;
    private final double returning;
    private final RandomGenerator random;
    private final Visitor[] remembered = new Visitor[REMEMBERED_MAX];

    private long newcomers;
    private long answered;

    /// A crowd in which this share of visitors was here before.
    Crowd(String run, double returning, RandomGenerator random) {
        this.prefix = "shopper-" + run + "-";
        this.returning = returning;
        this.random = random;
    }

    /// The next visitor. As long as nobody can come back, somebody new.
    Visitor next() {
        int known = (int) Math.min(answered, REMEMBERED_MAX);
        if (known > 0 && random.nextDouble() < returning) {
            return remembered[random.nextInt(known)];
        }
        long number = newcomers++;
        return new Visitor(number, prefix + number, NONE);
    }

    /// Notes that a visitor was shown an arm and may come back.
    void met(Visitor visitor) {
        remembered[(int) (answered++ % REMEMBERED_MAX)] = visitor;
    }
}
