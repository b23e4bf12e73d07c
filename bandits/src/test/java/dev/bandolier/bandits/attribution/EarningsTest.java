package dev.bandolier.bandits.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.attribution.Earnings.Credit;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
        Credit foreign = new Credit("stripe", "r", Optional.empty(), Optional.of("a"), NOON);

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

    private static Credit received(Credit credit, long seconds) {
        return new Credit(credit.source(), credit.id(), credit.amount(), credit.reverses(), NOON.plusSeconds(seconds));
    }

    private static Tally sumOfChanges(List<Credit> arrived) {
        Earnings earnings = Earnings.NONE;
        Tally sum = Tally.ZERO;
        for (Credit credit : arrived) {
            sum = sum.plus(earnings.change(credit, CAP));
            earnings = earnings.plus(credit);
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
        return earnings(credits).tally(CAP);
    }

    private static Earnings earnings(List<Credit> credits) {
        return new Earnings(credits);
    }

    private static Credit order(String id) {
        return new Credit("api", id, Optional.empty(), Optional.empty(), NOON);
    }

    private static Credit order(String id, long amount) {
        return new Credit("api", id, Optional.of(amount), Optional.empty(), NOON);
    }

    private static Credit whole(String id, String reverses) {
        return new Credit("api", id, Optional.empty(), Optional.of(reverses), NOON);
    }

    private static Credit part(String id, String reverses, long amount) {
        return new Credit("api", id, Optional.of(amount), Optional.of(reverses), NOON);
    }

    private static BigInteger square(long value) {
        return BigInteger.valueOf(value * value);
    }
}
