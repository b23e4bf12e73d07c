package dev.bandolier.bandits.attribution;

import dev.bandolier.bandits.Tally;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Everything that was credited to one decision, and what it comes to.
///
/// Immutable. The tally is a function of the set of credits, not of their order: a reward is the tally after a credit
/// less the
/// tally before it, so any order of arrival sums to the same, and a refund takes back exactly what its order gave.
///
/// @param credits orders and reversals, each (source, id) once
public record Earnings(List<Credit> credits) {

    /// One conversion that belongs to the decision.
    ///
    /// @param source     who reported it
    /// @param id         its name at the source
    /// @param amount     its value in minor units, if it had one
    /// @param reverses   id of the order that it takes back, if it is a reversal
    /// @param receivedAt when it arrived
    public record Credit(
            String source, String id, Optional<Long> amount, Optional<String> reverses, Instant receivedAt) {

        private boolean reverses(Credit order) {
            return source.equals(order.source) && reverses.equals(Optional.of(order.id));
        }
    }

    /// Nothing earned.
    public static final Earnings NONE = new Earnings(List.of());

    /// Refuses a credit that stands twice.
    public Earnings {
        credits = List.copyOf(credits);
        Set<List<String>> seen = new HashSet<>();
        for (Credit credit : credits) {
            if (!seen.add(List.of(credit.source(), credit.id()))) {
                throw new IllegalArgumentException("conversion '" + credit.id() + "' was credited twice");
            }
        }
    }

    /// These earnings and one more credit.
    public Earnings plus(Credit credit) {
        List<Credit> more = new ArrayList<>(credits);
        more.add(credit);
        return new Earnings(more);
    }

    /// These earnings without one credit.
    public Earnings minus(Credit credit) {
        return new Earnings(
                credits.stream().filter(each -> !each.equals(credit)).toList());
    }

    /// What the credits come to: converted if an order stands; value is what is left of the orders that stand, at most
    /// the cap.
    ///
    /// @param cap largest net value that counts for one decision, in minor units
    public Tally tally(long cap) {
        long orders = 0;
        long raw = 0;
        for (Credit order : credits) {
            if (order.reverses().isEmpty()) {
                Optional<Long> left = left(order);
                orders += left.isPresent() ? 1 : 0;
                raw += left.orElse(0L);
            }
        }
        long value = Math.min(raw, cap);
        return new Tally(0, orders > 0 ? 1 : 0, orders, orders * orders, value, square(value), raw, square(raw));
    }

    /// What the credits come to where values are nothing to go by: converted if an order stands, and how many do.
    public Tally counted() {
        Tally all = tally(0);
        return new Tally(0, all.conversions(), all.orders(), all.ordersSq(), 0, BigInteger.ZERO, 0, BigInteger.ZERO);
    }

    /// When it was first heard that the unit converted: the arrival of the first order that stands.
    public Optional<Instant> heardAt() {
        return credits.stream()
                .filter(credit -> credit.reverses().isEmpty() && left(credit).isPresent())
                .map(Credit::receivedAt)
                .min(Comparator.naturalOrder());
    }

    /// What one more credit changes, at this cap.
    public Tally change(Credit credit, long cap) {
        return plus(credit).tally(cap).minus(tally(cap));
    }

    /// What reversals left of an order, or nothing if it was taken back whole.
    private Optional<Long> left(Credit order) {
        long left = order.amount().orElse(0L);
        boolean valued = left > 0;
        for (Credit credit : credits) {
            if (credit.reverses(order)) {
                if (credit.amount().isEmpty()) {
                    return Optional.empty();
                }
                left -= credit.amount().get();
            }
        }
        return valued && left <= 0 ? Optional.empty() : Optional.of(Math.max(left, 0));
    }

    private static BigInteger square(long value) {
        return BigInteger.valueOf(value).pow(2);
    }
}
