package dev.bandolier.server.attribute;

import static dev.bandolier.server.attribute.Batches.EUROS;
import static dev.bandolier.server.attribute.Batches.ORIGIN;
import static dev.bandolier.server.attribute.Batches.UNCAPPED;
import static dev.bandolier.server.attribute.Batches.WATCHING;
import static dev.bandolier.server.attribute.Batches.byOrigin;
import static dev.bandolier.server.attribute.Batches.decision;
import static dev.bandolier.server.attribute.Batches.name;
import static dev.bandolier.server.attribute.Batches.order;
import static dev.bandolier.server.attribute.Batches.refund;
import static dev.bandolier.server.attribute.Batches.reversal;
import static dev.bandolier.server.attribute.Batches.tally;
import static dev.bandolier.server.attribute.Batches.valued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Crediting;
import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.server.attribute.History.World;
import dev.bandolier.server.ledger.ConversionLog.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What was attributed in one world is attributed over again in another: with other experiments, decisions, metrics.
final class ReattributionTest {

    private static final Optional<String> OBJECTIVE = Optional.empty();

    private final History history = new History(Batches.ORIGIN_CAP);

    @Test
    void order_thatNobodyCountedBefore_isEnteredAsSettledBeforeAndItsRefundToo() {
        List<Conversion> all = List.of(order("o", 100), refund("r", "o", Optional.of(30L)));
        history.attribute(World.of(), all);
        assertThat(history.outcomes().values()).containsExactly(Outcome.NO_EXPERIMENT, Outcome.NOTHING_TO_REVERSE);

        assertThat(history.over(World.of(EUROS), all)).isEqualTo(2);

        assertThat(history.outcomes().values()).containsOnly(Outcome.CREDITED);
        assertThat(history.total(EUROS, OBJECTIVE)).isEqualTo(tally(1, 1, 70));
        // It is no news of the feed, and what was seen of its window is no longer so.
        assertThat(history.rewards())
                .extracting(each -> each.settling().number())
                .containsExactly(1, 1);
    }

    @Test
    void order_thatCountsAsAnotherMetric_leavesWhereItWasAndItsRefundFollows() {
        Conversion refund = reversal("r", "o", "refund", Optional.empty());
        World world = World.of(WATCHING);
        history.attribute(world, List.of(order("o", 100), refund, order("other", 7)));
        assertThat(history.total(WATCHING, Optional.of("refund")).orders()).isEqualTo(1);

        history.over(world, List.of(valued("o", "unsubscribe", 100, "EUR"), refund));

        assertThat(history.total(WATCHING, OBJECTIVE)).isEqualTo(tally(1, 1, 7));
        assertThat(history.total(WATCHING, Optional.of("unsubscribe"))).isEqualTo(Tally.ZERO);
        assertThat(history.total(WATCHING, Optional.of("refund")).orders()).isEqualTo(1);
        assertThat(history.rewards().stream().filter(each -> each.settling().withdrawn()))
                .extracting(each -> each.credit().id())
                .containsExactly("o", "r");
    }

    @Test
    void withdrawn_underQuarantineAndReleased_staysVoidUntilItBelongsAgain() {
        World both = World.of(UNCAPPED, EUROS);
        World covering = both.covering(each -> each.origin().isPresent());
        World one = new World(both.experiments(), List.of(decision(EUROS, 0)), each -> false);
        Conversion order = byOrigin(ORIGIN, order("o", 100));
        history.attribute(both, List.of(order));

        assertThat(history.over(one, List.of(order))).isEqualTo(1);
        history.again(covering, order);
        assertThat(history.outcomes()).containsEntry(name("o"), Outcome.QUARANTINED);
        history.again(both, order);
        assertThat(history.total(UNCAPPED, OBJECTIVE)).isEqualTo(Tally.ZERO);
        assertThat(history.total(EUROS, OBJECTIVE)).isEqualTo(tally(1, 1, 100));

        history.again(covering, order);
        assertThat(history.over(covering, List.of(order))).isEqualTo(1);
        assertThat(history.total(UNCAPPED, OBJECTIVE)).isEqualTo(Tally.ZERO);
        history.again(both, order);
        assertThat(history.total(UNCAPPED, OBJECTIVE)).isEqualTo(tally(1, 1, 100));
        assertThat(history.over(both, List.of(order))).isZero();
    }

    @Test
    void order_thatWasOneTooMany_staysSo() {
        List<Conversion> orders = new ArrayList<>();
        for (int i = 0; i < Batches.ORIGIN_CAP + 1; i++) {
            orders.add(byOrigin(ORIGIN, order("o" + i, 100)));
        }
        history.attribute(World.of(UNCAPPED), orders);
        Tally before = history.total(UNCAPPED, OBJECTIVE);
        Collections.reverse(orders);

        assertThat(history.over(World.of(UNCAPPED), orders)).isZero();
        history.over(World.of(), orders);
        history.over(World.of(UNCAPPED), orders);

        assertThat(history.outcomes()).containsEntry(name("o2"), Outcome.CAPPED);
        assertThat(history.total(UNCAPPED, OBJECTIVE)).isEqualTo(before);
    }

    @Test
    void order_thatMovesToAnotherDecisionOfItsExperiment_isNotOneMoreOfItsOrigin() {
        List<Conversion> orders = new ArrayList<>();
        for (int i = 0; i < Batches.ORIGIN_CAP; i++) {
            orders.add(byOrigin(ORIGIN, order("o" + i, 100)));
        }
        Experiment first = Batches.touching(Crediting.Touching.FIRST);
        Experiment last = Batches.touching(Crediting.Touching.LAST);
        List<Decision> draws = List.of(
                decision(first, Decision.REQUESTS_FROM), Batches.later(decision(first, Decision.REQUESTS_FROM + 1)));
        History moving = new History(Batches.ORIGIN_CAP);
        moving.attribute(new World(List.of(first), draws, each -> false), orders);
        // The orders of before fill the day.
        moving.originCap(0);

        assertThat(moving.over(new World(List.of(last), draws, each -> false), orders))
                .isEqualTo(orders.size());

        assertThat(moving.outcomes().values()).containsOnly(Outcome.CREDITED);
        assertThat(net(moving.total(last, OBJECTIVE))).containsExactly(1L, 2L, 200L);
        assertThat(moving.rewards().stream()
                        .filter(each -> each.account().decision().occasion() > Decision.REQUESTS_FROM)
                        .toList())
                .hasSize(2)
                .noneMatch(each -> each.settling().capped());
    }

    @Test
    void order_enteredAfterOnesThatArrivedLater_leavesWhatWasKnownByThenToBeReadFromTheRewards() {
        World world = World.of(EUROS);
        history.attribute(world, List.of(arrived(order("late", 100), 300)));
        history.attribute(World.of(), List.of(arrived(order("early", 7), 60)));

        history.over(world, List.of(arrived(order("early", 7), 60)));

        assertThat(knownBy(30)).isEqualTo(Tally.ZERO);
        assertThat(knownBy(60)).isEqualTo(tally(1, 1, 7));
        assertThat(net(knownBy(300))).containsExactly(1L, 2L, 107L);
        assertThat(net(history.total(EUROS, OBJECTIVE))).containsExactly(1L, 2L, 107L);
    }

    private static List<Long> net(Tally tally) {
        return List.of(tally.conversions(), tally.orders(), tally.raw());
    }

    /// What the rewards say that had arrived so many seconds after noon.
    private Tally knownBy(long seconds) {
        return Batches.sum(history.rewards().stream()
                .filter(each -> !each.credit().receivedAt().isAfter(Batches.NOON.plusSeconds(seconds))));
    }

    private static Conversion arrived(Conversion order, long seconds) {
        return new Conversion(
                order.source(),
                order.id(),
                order.metric(),
                order.unit(),
                order.decision(),
                order.value(),
                order.currency(),
                order.at(),
                Batches.NOON.plusSeconds(seconds),
                order.reverses(),
                order.origin());
    }

    /// Whatever was wrong before, a replay comes to what would have been without it; a second one finds nothing to do.
    @Test
    void replay_ofARandomPastInAnotherWorld_endsAsIfThatHadAlwaysBeen() {
        Random random = new Random(20_261_121);
        for (int round = 0; round < 400; round++) {
            List<List<Conversion>> passes = passes(random);
            List<Conversion> all = passes.stream().flatMap(List::stream).toList();
            History mended = new History(Long.MAX_VALUE);
            mended.attribute(
                    world(random),
                    all.stream().map(each -> misnamed(random, each)).toList());
            World now = world(random);
            passes.forEach(each -> mended.over(now, each));

            History always = new History(Long.MAX_VALUE).attribute(now, all);
            assertThat(mended.totals()).as("round %d", round).isEqualTo(always.totals());
            assertThat(mended.outcomes()).as("round %d", round).isEqualTo(always.outcomes());
            int rewards = mended.rewards().size();
            passes.forEach(each -> assertThat(mended.over(now, each)).isZero());
            assertThat(mended.rewards()).hasSize(rewards);
        }
    }

    /// Orders, what takes them back, and what takes that back.
    private static List<List<Conversion>> passes(Random random) {
        List<Conversion> orders = new ArrayList<>();
        List<Conversion> refunds = new ArrayList<>();
        List<Conversion> mistakes = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            String metric = random.nextInt(3) == 0 ? "unsubscribe" : "purchase";
            Conversion order = valued("o" + i, metric, random.nextInt(50), random.nextBoolean() ? "EUR" : "USD");
            orders.add(random.nextBoolean() ? order : byOrigin(ORIGIN, order));
            for (int k = random.nextInt(3); k > 0; k--) {
                String back = "o" + i + "r" + k;
                refunds.add(reversal(back, "o" + i, random.nextBoolean() ? "refund" : "purchase", part(random)));
                if (random.nextInt(4) == 0) {
                    mistakes.add(reversal(back + "m", back, "refund", part(random)));
                }
            }
        }
        List<List<Conversion>> passes = List.of(orders, refunds, mistakes);
        passes.forEach(each -> Collections.shuffle(each, random));
        return passes;
    }

    /// The conversion, or the same under a wrong metric.
    private static Conversion misnamed(Random random, Conversion conversion) {
        List<String> metrics = List.of(conversion.metric(), "purchase", "unsubscribe", "refund", "nothing");
        return new Conversion(
                conversion.source(),
                conversion.id(),
                metrics.get(random.nextInt(metrics.size())),
                conversion.unit(),
                conversion.decision(),
                conversion.value(),
                conversion.currency(),
                conversion.at(),
                conversion.receivedAt(),
                conversion.reverses(),
                conversion.origin());
    }

    private static Optional<Long> part(Random random) {
        return random.nextBoolean() ? Optional.empty() : Optional.of((long) random.nextInt(40));
    }

    /// Experiments that are never deleted, some without a decision; sometimes the origin is under quarantine.
    private static World world(Random random) {
        List<Experiment> all = List.of(EUROS, UNCAPPED, WATCHING, Batches.REVENUE);
        boolean covers = random.nextBoolean();
        return new World(
                all,
                all.stream()
                        .filter(each -> random.nextBoolean())
                        .map(each -> decision(each, 0))
                        .toList(),
                each -> covers && each.origin().isPresent());
    }
}
