package dev.bandolier.bandits.attribution;

import dev.bandolier.bandits.Crediting.Orders;
import dev.bandolier.bandits.Tally;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Everything that was credited to one decision, and what it comes to.
///
/// Immutable. The tally is a function of the set of credits, not of their order: a reward is the tally after a credit
/// less the tally before it, so any order of arrival sums to the same, and a refund takes back exactly what its order
/// gave.
///
/// @param credits orders and reversals, each (source, id) once
public record Earnings(List<Credit> credits) {

    /// One conversion that belongs to the decision.
    ///
    /// @param source     who reported it
    /// @param id         its name at the source
    /// @param amount     its value, if it had one, in minor units: of the currency of the objective, unless it was ordered
    ///                   in another. What takes an order back is counted in the currency of that order, so that parts
    ///                   add up to the whole to the last cent, whatever rounding would make of each
    /// @param exchange   what an order was worth that was made in another currency
    /// @param reverses   id of the order that it takes back, if it is a reversal
    /// @param at         when it happened
    /// @param receivedAt when it arrived
    public record Credit(
            String source,
            String id,
            Optional<Long> amount,
            Optional<Exchange> exchange,
            Optional<String> reverses,
            Instant at,
            Instant receivedAt) {

        /// A conversion in the currency of the objective, or without a value.
        public Credit(
                String source,
                String id,
                Optional<Long> amount,
                Optional<String> reverses,
                Instant at,
                Instant receivedAt) {
            this(source, id, amount, Optional.empty(), reverses, at, receivedAt);
        }

        private boolean reverses(Credit order) {
            return source.equals(order.source) && reverses.equals(Optional.of(order.id));
        }
    }

    /// An order that was not taken back whole.
    ///
    /// @param left what is left of its value, in minor units of the currency of the objective
    private record Standing(Credit order, long left) {}

    private static final Comparator<Standing> OLDEST_FIRST = Comparator.comparing(Standing::order, (left, right) -> {
        int byTime = left.at().compareTo(right.at());
        int bySource = byTime != 0 ? byTime : left.source().compareTo(right.source());
        return bySource != 0 ? bySource : left.id().compareTo(right.id());
    });

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

    /// What the credits come to: converted if an order stands; value is what is left of the orders that stand and count,
    /// at most the cap.
    ///
    /// @param which which of the orders that stand count
    /// @param cap   largest net value that counts for one decision, in minor units
    public Tally tally(Orders which, long cap) {
        return switch (which) {
            case EVERY -> tally(standing(), cap);
            case FIRST -> tally(standing().min(OLDEST_FIRST).stream(), cap);
        };
    }

    /// What the credits come to where values are nothing to go by: converted if an order stands, and how many do.
    public Tally counted() {
        Tally all = tally(Orders.EVERY, 0);
        return new Tally(0, all.conversions(), all.orders(), all.ordersSq(), 0, BigInteger.ZERO, 0, BigInteger.ZERO);
    }

    /// When it was first heard that the unit converted: the arrival of the first order that stands.
    public Optional<Instant> heardAt() {
        return standing().map(each -> each.order().receivedAt()).min(Comparator.naturalOrder());
    }

    private static Tally tally(Stream<Standing> counting, long cap) {
        long[] left = counting.mapToLong(Standing::left).toArray();
        long orders = left.length;
        long raw = LongStream.of(left).sum();
        long value = Math.min(raw, cap);
        return new Tally(0, orders > 0 ? 1 : 0, orders, orders * orders, value, square(value), raw, square(raw));
    }

    private Stream<Standing> standing() {
        return credits.stream()
                .filter(credit -> credit.reverses().isEmpty())
                .flatMap(order -> left(order).map(left -> new Standing(order, left)).stream());
    }

    /// What reversals left of an order, in the currency of the objective, or nothing if it was taken back whole.
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
        if (valued && left <= 0) {
            return Optional.empty();
        }
        long rest = Math.max(left, 0);
        return Optional.of(
                order.exchange().map(exchange -> exchange.worth(rest)).orElse(rest));
    }

    private static BigInteger square(long value) {
        return BigInteger.valueOf(value).pow(2);
    }
}
