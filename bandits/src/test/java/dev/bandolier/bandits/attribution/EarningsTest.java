package dev.bandolier.bandits.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandolier.bandits.Crediting.Orders;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.attribution.Earnings.Credit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What one decision earned is a function of the set of its credits, and can be taken back to the last cent.
final class EarningsTest {

    private static final long CAP = 10_000;
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void tally_ofOrders_isTheirNumberAndSum() {
        assertThat(tally(order("a", 4_990), order("b", 10)))
                .isEqualTo(new Tally(0, 1, 2, 4, 5_000, square(5_000), 5_000, square(5_000)));
        assertThat(tally(order("a"))).isEqualTo(new Tally(0, 1, 1, 1, 0, square(0), 0, square(0)));
        assertThat(tally()).isEqualTo(Tally.ZERO);
    }

    @Test
    void tally_aboveTheCap_countsTheCapAndKeepsTheRawValue() {
        assertThat(tally(order("a", 9_000), order("b", 9_000)))
                .isEqualTo(new Tally(0, 1, 2, 4, CAP, square(CAP), 18_000, square(18_000)));
    }

    @Test
    void refund_whole_restoresWhatWasBefore() {
        assertThat(tally(order("a", 700), order("b", 4_990), whole("r", "b"))).isEqualTo(tally(order("a", 700)));
        assertThat(tally(order("a", 700), part("r", "a", 700))).isEqualTo(Tally.ZERO);
        assertThat(tally(order("a", 700), part("r", "a", 900))).isEqualTo(Tally.ZERO);
        assertThat(tally(order("a"), whole("r", "a"))).isEqualTo(Tally.ZERO);
    }

    @Test
    void refund_inPart_leavesTheRest() {
        assertThat(tally(order("a", 700), part("r", "a", 200))).isEqualTo(tally(order("a", 500)));
        assertThat(tally(order("a", 700), part("r", "a", 200), part("s", "a", 500)))
                .isEqualTo(Tally.ZERO);
        assertThat(tally(order("a", 0), part("r", "a", 5)))
                .as("an order without a value has nothing to lose in part")
                .isEqualTo(tally(order("a", 0)));
    }

    @Test
    void refund_whole_repeatedOrAfterAPart_takesBackOnce() {
        assertThat(tally(order("a", 700), whole("r", "a"), whole("s", "a"))).isEqualTo(Tally.ZERO);
        assertThat(tally(order("a", 700), part("r", "a", 100), whole("s", "a"))).isEqualTo(Tally.ZERO);
    }

    @Test
    void refund_ofAnotherSourceOrOrder_takesBackNothing() {
        Credit foreign = new Credit("stripe", "r", Optional.empty(), Optional.of("a"), NOON, NOON);

        assertThat(tally(order("a", 700), foreign)).isEqualTo(tally(order("a", 700)));
        assertThat(tally(order("a", 700), whole("r", "b"))).isEqualTo(tally(order("a", 700)));
        assertThat(tally(whole("r", "a"))).isEqualTo(Tally.ZERO);
    }

    @Test
    void credit_repeated_isRefused() {
        assertThatThrownBy(() -> earnings(List.of(order("a", 1), order("a", 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a'");
    }

    @Test
    void changes_inEveryOrderOfArrival_sumToTheTally() {
        List<Credit> credits =
                List.of(order("a", 6_000), order("b", 7_000), part("r", "a", 1_000), whole("s", "b"), order("c"));
        for (List<Credit> arrived : permutations(credits)) {
            assertThat(sumOfChanges(arrived)).as("%s", arrived).isEqualTo(tally(credits));
        }
    }

    @Test
    void changes_ofRandomCreditsInAnyOrder_sumToTheTally() {
        Random random = new Random(3);
        for (int run = 0; run < 200; run++) {
            List<Credit> credits = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                credits.add(random.nextBoolean() ? order("o" + i, random.nextInt(9_000)) : order("o" + i));
                String of = "o" + random.nextInt(6);
                credits.add(random.nextBoolean() ? part("r" + i, of, random.nextInt(9_000)) : whole("r" + i, of));
            }
            Tally before = sumOfChanges(credits);
            Collections.shuffle(credits, random);
            assertThat(sumOfChanges(credits)).isEqualTo(before).isEqualTo(tally(credits));
        }
    }

    @Test
    void heardAt_ofOrdersInAnyOrder_isTheArrivalOfTheFirstThatStands() {
        Credit second = received(order("b", 500), 60);
        Credit first = received(order("a", 700), 5);
        Credit refund = received(whole("r", "a"), 90);

        assertThat(Earnings.NONE.heardAt()).isEmpty();
        assertThat(earnings(List.of(second)).heardAt()).contains(NOON.plusSeconds(60));
        assertThat(earnings(List.of(second, first)).heardAt()).contains(NOON.plusSeconds(5));
        assertThat(earnings(List.of(refund, second, first)).heardAt())
                .as("what was taken back was never heard of")
                .contains(NOON.plusSeconds(60));
        assertThat(earnings(List.of(first, refund)).heardAt()).isEmpty();
    }

    @Test
    void firstOrder_ofThoseThatStand_countsAloneUntilItIsTakenBackWhole() {
        Credit late = happened(order("a", 700), 60);
        Credit early = happened(order("b", 500), 5);
        Credit part = part("r", "b", 200);
        Credit rest = part("s", "b", 300);

        assertThat(first(late, early)).isEqualTo(tally(order("x", 500)));
        assertThat(first(late, early, part)).isEqualTo(tally(order("x", 300)));
        assertThat(first(late, early, part, rest)).isEqualTo(tally(order("x", 700)));
        assertThat(first(late, early, part, rest, whole("t", "a"))).isEqualTo(Tally.ZERO);
        assertThat(first(happened(order("b", 5), 9), happened(order("a", 7), 9)))
                .as("of two at one time the one that is named first")
                .isEqualTo(tally(order("x", 7)));
    }

    @Test
    void tally_ofRandomCredits_isThatOfTheWorstWayToFindIt() {
        Random random = new Random(7);
        for (int run = 0; run < 2_000; run++) {
            List<Credit> credits = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                long amount = random.nextInt(500);
                Credit order = random.nextInt(3) > 0 ? order("o" + i, amount) : abroad("o" + i, amount, "0.37");
                credits.add(happened(order, random.nextInt(4)));
                String of = "o" + random.nextInt(5);
                credits.add(random.nextInt(3) > 0 ? part("r" + i, of, random.nextInt(400)) : whole("r" + i, of));
            }
            Collections.shuffle(credits, random);

            assertThat(earnings(credits).tally(Orders.EVERY, 900)).isEqualTo(worstWay(credits, false));
            assertThat(earnings(credits).tally(Orders.FIRST, 900)).isEqualTo(worstWay(credits, true));
        }
    }

    @Test
    void foreignOrder_takenBackInPartsThatRoundApart_leavesNothing() {
        Credit order = abroad("a", 1_000, "0.92");

        assertThat(tally(order)).isEqualTo(tally(order("x", 920)));
        assertThat(tally(order, part("r", "a", 333), part("s", "a", 333))).isEqualTo(tally(order("x", 307)));
        assertThat(tally(order, part("r", "a", 333), part("s", "a", 333), part("t", "a", 334)))
                .isEqualTo(Tally.ZERO);
        assertThat(tally(abroad("a", 1, "0.01")))
                .as("worth nothing, and yet an order")
                .isEqualTo(tally(order("x", 0)));
    }

    /// Order by order, and of those that stand the smallest by what orders them.
    private static Tally worstWay(List<Credit> credits, boolean first) {
        SortedMap<String, Long> standing = new TreeMap<>();
        for (Credit order : credits) {
            long taken = 0;
            boolean whole = false;
            for (Credit credit : credits) {
                if (credit.reverses().equals(Optional.of(order.id()))) {
                    whole |= credit.amount().isEmpty();
                    taken += credit.amount().orElse(0L);
                }
            }
            long amount = order.amount().orElse(0L);
            if (order.reverses().isEmpty() && !whole && (amount == 0 || taken < amount)) {
                double rate = order.exchange().isPresent() ? 0.37 : 1;
                standing.put(order.at() + order.id(), (long) Math.rint(rate * Math.max(amount - taken, 0)));
            }
        }
        List<Long> counting =
                standing.values().stream().limit(first ? 1 : Long.MAX_VALUE).toList();
        long raw = counting.stream().mapToLong(Long::longValue).sum();
        long orders = counting.size();
        long value = Math.min(raw, 900);
        return new Tally(0, Math.min(orders, 1), orders, orders * orders, value, square(value), raw, square(raw));
    }

    private static Tally first(Credit... credits) {
        return earnings(List.of(credits)).tally(Orders.FIRST, CAP);
    }

    private static Credit happened(Credit credit, long seconds) {
        return new Credit(
                credit.source(),
                credit.id(),
                credit.amount(),
                credit.exchange(),
                credit.reverses(),
                NOON.plusSeconds(seconds),
                credit.receivedAt());
    }

    private static Credit abroad(String id, long amount, String rate) {
        return new Credit(
                "api",
                id,
                Optional.of(amount),
                Optional.of(new Exchange("USD", new BigDecimal(rate))),
                Optional.empty(),
                NOON,
                NOON);
    }

    private static Credit received(Credit credit, long seconds) {
        return new Credit(
                credit.source(),
                credit.id(),
                credit.amount(),
                credit.reverses(),
                credit.at(),
                NOON.plusSeconds(seconds));
    }

    private static Tally sumOfChanges(List<Credit> arrived) {
        Earnings earnings = Earnings.NONE;
        Tally sum = Tally.ZERO;
        for (Credit credit : arrived) {
            Earnings after = earnings.plus(credit);
            sum = sum.plus(after.tally(Orders.EVERY, CAP).minus(earnings.tally(Orders.EVERY, CAP)));
            earnings = after;
        }
        return sum;
    }

    private static List<List<Credit>> permutations(List<Credit> credits) {
        if (credits.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Credit>> all = new ArrayList<>();
        for (Credit first : credits) {
            List<Credit> others = new ArrayList<>(credits);
            others.remove(first);
            for (List<Credit> rest : permutations(others)) {
                List<Credit> one = new ArrayList<>(List.of(first));
                one.addAll(rest);
                all.add(one);
            }
        }
        return all;
    }

    private static Tally tally(Credit... credits) {
        return tally(List.of(credits));
    }

    private static Tally tally(List<Credit> credits) {
        return earnings(credits).tally(Orders.EVERY, CAP);
    }

    private static Earnings earnings(List<Credit> credits) {
        return new Earnings(credits);
    }

    private static Credit order(String id) {
        return new Credit("api", id, Optional.empty(), Optional.empty(), NOON, NOON);
    }

    private static Credit order(String id, long amount) {
        return new Credit("api", id, Optional.of(amount), Optional.empty(), NOON, NOON);
    }

    private static Credit whole(String id, String reverses) {
        return new Credit("api", id, Optional.empty(), Optional.of(reverses), NOON, NOON);
    }

    private static Credit part(String id, String reverses, long amount) {
        return new Credit("api", id, Optional.of(amount), Optional.of(reverses), NOON, NOON);
    }

    private static BigInteger square(long value) {
        return BigInteger.valueOf(value * value);
    }
}
