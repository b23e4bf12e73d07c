package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.FixedSplit;
import dev.bandolier.bandits.GammaPosterior;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Prior;
import dev.bandolier.bandits.RevenuePosterior;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Snapshot.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LearnerTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONG_AGO = Duration.ofHours(2);
    private static final Instant LATER = Tale.START.plus(Duration.ofDays(20));

    @Test
    void first_nothingCounted_sharesEquallyAndBelievesThePrior() {
        Snapshot first = Learner.first(Tale.begin("a", "b", "c").experiment(), Tale.START);

        assertThat(first.version()).isEqualTo(1);
        assertThat(first.cause()).isEqualTo(Snapshot.Cause.STARTED);
        assertThat(first.arms()).allSatisfy(arm -> {
            assertThat(arm.share()).isCloseTo(1.0 / 3, within(1e-12));
            assertThat(arm.belief().posterior()).isEqualTo(new BetaPosterior(1, 49));
            assertThat(arm.belief().best()).isCloseTo(1.0 / 3, within(1e-9));
        });
    }

    @Test
    void step_maturedCounts_giveTheConjugatePosterior() {
        Tale tale = Tale.begin("a", "b").exposed(LONG_AGO, "a", 1000, 30).exposed(LONG_AGO, "b", 500, 40);

        Snapshot next = step(tale, LATER).snapshot();

        assertThat(next.arms().get(0).belief().posterior()).isEqualTo(new BetaPosterior(31, 49 + 970));
        assertThat(next.arms().get(1).belief().posterior()).isEqualTo(new BetaPosterior(41, 49 + 460));
        assertThat(next.arms().get(1).share()).isGreaterThan(0.99);
    }

    @Test
    void step_nothingMoved_standsUnderTheServedVersion() {
        Tale before = Tale.begin("a", "b").exposed(LONG_AGO, "a", 1000, 30).exposed(LONG_AGO, "b", 1000, 30);
        Snapshot served = step(before, LATER).snapshot();
        Tale after = before.exposed(LONG_AGO, "a", 1, 0);

        Learner.Step step = Learner.step(after.experiment(), after.counters(), served, LATER.plusSeconds(1));

        assertThat(step.moved()).isFalse();
        assertThat(step.snapshot().version()).isEqualTo(served.version());
        assertThat(step.snapshot().allocation()).isEqualTo(served.allocation());
        assertThat(step.snapshot().arms().get(0).counted().exposures()).isEqualTo(1001);
    }

    @Test
    void step_dayBegan_isANewVersionWhileTheExperimentRuns() {
        Tale tale = Tale.begin("a", "b");
        Instant midnight = Tale.START.plus(Duration.ofDays(1));
        Snapshot served = Learner.first(tale.experiment(), Tale.START);
        Experiment e = tale.experiment();
        Experiment paused = new Experiment(1, 1, Experiment.State.PAUSED, 1, 2, Tale.START, e.definition());

        Learner.Step running = Learner.step(e, Counters.EMPTY, served, midnight);
        Learner.Step resting = Learner.step(paused, Counters.EMPTY, served, midnight);

        assertThat(running.moved()).isTrue();
        assertThat(running.snapshot().cause()).isEqualTo(Snapshot.Cause.DAY);
        assertThat(resting.moved()).isFalse();
        assertThat(Learner.step(e, Counters.EMPTY, served, midnight.minusMillis(1))
                        .moved())
                .isFalse();
    }

    @Test
    void step_definitionChanged_isRedefinedAndAPausedArmGetsNothing() {
        Tale tale = Tale.begin("a", "b", "c").exposed(LONG_AGO, "b", 1000, 60);
        Snapshot served = Learner.first(tale.experiment(), Tale.START);
        Tale paused = tale.arms(arm("a"), arm("b").with(Arm.Status.PAUSED), arm("c"));

        Snapshot next = Learner.step(paused.experiment(), paused.counters(), served, Tale.START)
                .snapshot();

        assertThat(next.cause()).isEqualTo(Snapshot.Cause.REDEFINED);
        assertThat(next.arms().get(1).share()).isZero();
        assertThat(next.arms().get(1).belief().best()).isZero();
    }

    @Test
    void step_noArmLive_controlGetsAll() {
        Tale tale = Tale.begin("a", "b");
        Snapshot served = Learner.first(tale.experiment(), Tale.START);
        Tale none = tale.arms(arm("a").with(Arm.Status.PAUSED), arm("b").with(Arm.Status.PAUSED));

        Snapshot next = Learner.step(none.experiment(), none.counters(), served, Tale.START)
                .snapshot();

        assertThat(next.allocation()).isEqualTo(Allocation.of(1, 0));
    }

    @Test
    void step_warmUp_sharesEquallyUntilEveryArmHasBeenHeardOf() {
        Tale young = Tale.begin("a", "b")
                .with(new Limits(0, 1, 0, 1, 100))
                .exposed(LONG_AGO, "a", 5000, 7)
                .exposed(LONG_AGO, "b", 99, 0);
        Tale heard = young.exposed(LONG_AGO, "b", 1, 0);
        Tale converted = young.exposed(LONG_AGO, "a", 3, 3);

        assertThat(step(young, LATER).snapshot().basis().phase()).isEqualTo(Phase.WARMING_UP);
        assertThat(step(young, LATER).snapshot().allocation()).isEqualTo(Allocation.uniform(2));
        assertThat(step(heard, LATER).snapshot().basis().phase()).isEqualTo(Phase.LEARNING);
        assertThat(step(converted, LATER).snapshot().basis().phase()).isEqualTo(Phase.LEARNING);
    }

    @Test
    void step_fixedSplit_isNotWarmedUp() {
        Tale tale =
                Tale.begin("a", "b").with(new Limits(0, 1, 0, 1, 100)).with(new FixedSplit(Map.of("a", 0.8, "b", 0.2)));

        Snapshot first = Learner.first(tale.experiment(), Tale.START);

        assertThat(first.basis().phase()).isEqualTo(Phase.LEARNING);
        assertThat(first.allocation().probability(0)).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void step_armAddedToAFixedSplit_getsWhatWasFixed() {
        Tale old = Tale.begin("a", "b").with(new Limits(0, 1, 0, 0.1, 100));
        Map<String, Double> shares = Map.of("a", 0.4, "b", 0.3, "c", 0.3);
        Arm added = arm("c").since(Optional.of(LATER));
        Tale joined = old.arms(arm("a"), arm("b"), added).with(new FixedSplit(shares));

        assertThat(step(joined, LATER).snapshot().arms().get(2).share()).isCloseTo(0.3, within(1e-12));
    }

    @Test
    void step_armAddedLate_staysUnderItsCeilingUntilItIsMature() {
        Tale old = Tale.begin("a", "b")
                .with(new Limits(0.02, 1, 0.02, 0.1, 100))
                .exposed(LONG_AGO, "a", 10_000, 300)
                .exposed(LONG_AGO, "b", 10_000, 310);
        Arm added = arm("c").since(Optional.of(LATER));
        Tale young = old.arms(arm("a"), arm("b"), added).exposed(LONG_AGO, "c", 199, 20);
        Tale grown = young.exposed(LONG_AGO, "c", 1, 0);

        assertThat(step(young, LATER).snapshot().arms().get(2).share()).isCloseTo(0.1, within(1e-9));
        assertThat(step(grown, LATER).snapshot().arms().get(2).share()).isGreaterThan(0.9);
    }

    @Test
    void step_armAddedLate_doesNotSendALearningExperimentBackToWarmingUp() {
        Tale old = Tale.begin("a", "b")
                .with(new Limits(0, 1, 0, 0.1, 500))
                .exposed(LONG_AGO, "a", 10_000, 7)
                .exposed(LONG_AGO, "b", 10_000, 0);
        Tale joined = old.arms(arm("a"), arm("b"), arm("c").since(Optional.of(LATER)));
        Tale fresh = old.arms(
                arm("a").with(Arm.Status.PAUSED),
                arm("b").since(Optional.of(LATER)),
                arm("c").since(Optional.of(LATER)));

        assertThat(phase(old)).isEqualTo(Phase.LEARNING);
        assertThat(phase(joined)).isEqualTo(Phase.LEARNING);
        assertThat(phase(joined.exposed(LONG_AGO, "c", 300, 0))).isEqualTo(Phase.LEARNING);
        assertThat(phase(fresh)).isEqualTo(Phase.WARMING_UP);
    }

    @Test
    void step_armAddedDuringTheWarmUp_doesNotEndIt() {
        Tale young = Tale.begin("a", "b")
                .with(new Limits(0, 1, 0, 0.1, 100))
                .exposed(LONG_AGO, "a", 99, 0)
                .exposed(LONG_AGO, "c", 5_000, 0);

        assertThat(phase(young.arms(arm("a"), arm("c").since(Optional.of(LATER)))))
                .isEqualTo(Phase.WARMING_UP);
    }

    /// Conversions take a day; the arm that was added an hour ago has had few of its conversions, and those count as
    /// what they are: its exposures count for little.
    @Test
    void step_conversionsUnderWay_countLittleOfTheirExposures() {
        Objective slow = new Objective(
                "purchase",
                Objective.Kind.CONVERSION,
                Tale.WINDOW,
                Optional.of(Duration.ofDays(1)),
                Optional.empty(),
                0.02,
                Optional.empty());
        Duration before = Duration.ofDays(20).minus(HOUR);
        Tale tale = Tale.begin("a", "b")
                .with(slow)
                .exposed(LONG_AGO, "a", 10_000, 500)
                .exposed(before, "b", 1_000, 2);

        Snapshot next = step(tale, LATER).snapshot();

        double tau = Math.expm1(-Math.log(2) * 0.5 / 24) / Math.expm1(-Math.log(2) * 7);
        assertThat(next.arms().get(0).counted().effective()).isCloseTo(10_000, within(1e-6));
        assertThat(next.arms().get(1).counted().effective()).isCloseTo(1_000 * tau, within(1e-6));
        assertThat(next.basis().delay().estimated()).isFalse();
    }

    @Test
    void step_delaysWereHeard_areEstimated() {
        Tale tale = Tale.begin("a", "b").exposed(LONG_AGO, "a", 10_000, 500).heard(LONG_AGO, HOUR, 500);

        Snapshot.Delay delay = step(tale, LATER).snapshot().basis().delay();

        assertThat(delay.estimated()).isTrue();
        assertThat(delay.conversions()).isEqualTo(500);
        assertThat(delay.median().orElseThrow()).isBetween(Duration.ofMinutes(40), Duration.ofMinutes(80));
    }

    /// Equal arms; "b" got most of its traffic on the day when everybody bought three times as much.
    @Test
    void step_saleDay_isTakenOutOfTheComparison() {
        Tale tale = Tale.begin("a", "b")
                .exposed(Duration.ofHours(1), "a", 9_000, 270)
                .exposed(Duration.ofHours(1), "b", 1_000, 30)
                .exposed(Duration.ofHours(25), "a", 1_000, 90)
                .exposed(Duration.ofHours(25), "b", 9_000, 810);

        Snapshot with = step(tale, LATER).snapshot();
        Snapshot without =
                step(tale.with(new Drift(false, Optional.empty())), LATER).snapshot();

        assertThat(with.arms().get(1).belief().best()).isBetween(0.2, 0.95);
        assertThat(without.arms().get(1).belief().best()).isGreaterThan(0.999);
        assertThat(with.basis().epochs().count()).isEqualTo(2);
        assertThat(with.basis().epochs().latest()).isGreaterThan(1.3);
    }

    @Test
    void step_halfLife_forgetsExposuresAndConversionsAlike() {
        Duration half = Duration.ofDays(14);
        Tale tale = Tale.begin("a", "b")
                .with(new Drift(false, Optional.of(half)))
                .exposed(Duration.ZERO, "a", 1_000, 100)
                .exposed(Duration.ZERO, "b", 1_000, 100);

        BetaPosterior belief = (BetaPosterior) step(tale, Tale.START.plus(half))
                .snapshot()
                .arms()
                .get(0)
                .belief()
                .posterior();

        assertThat(belief.alpha()).isCloseTo(1 + 50, within(1e-9));
        assertThat(belief.beta()).isCloseTo(49 + 450, within(1e-9));
    }

    @Test
    void step_segmentsDisagree_haveSharesOfTheirOwn() {
        Tale tale = Tale.begin("a", "b")
                .with(new Segments("device", List.of("mobile", "desktop", "tablet")))
                .exposed(LONG_AGO, "mobile", "a", 5_000, 400, 0)
                .exposed(LONG_AGO, "mobile", "b", 5_000, 200, 0)
                .exposed(LONG_AGO, "desktop", "a", 5_000, 200, 0)
                .exposed(LONG_AGO, "desktop", "b", 5_000, 400, 0)
                .exposed(LONG_AGO, "tablet", "a", 100, 9, 0);

        Snapshot next = step(tale, LATER).snapshot();

        assertThat(next.segments())
                .extracting(Snapshot.SegmentView::segment)
                .containsExactly("mobile", "desktop", "tablet");
        assertThat(next.segments()).extracting(Snapshot.SegmentView::own).containsExactly(true, true, false);
        assertThat(next.segments().get(0).arms().get(0).share()).isGreaterThan(0.99);
        assertThat(next.segments().get(1).arms().get(1).share()).isGreaterThan(0.99);
        assertThat(next.arms().get(0).share()).isBetween(0.1, 0.9);
        assertThat(Snapshot.allocation(next.segments().get(2).arms())).isEqualTo(next.allocation());
        assertThat(next.basis().kappa()).isPresent();
    }

    /// Sixty conversions, of which a half-life leaves fewer than fifty: they have been heard of all the same.
    @Test
    void step_segmentForgetsItsConversions_keepsSharesOfItsOwn() {
        Duration half = Duration.ofDays(14);
        Tale tale = Tale.begin("a", "b")
                .with(new Segments("device", List.of("mobile", "desktop")))
                .with(new Drift(false, Optional.of(half)))
                .exposed(Duration.ZERO, "mobile", "a", 500, 40, 0)
                .exposed(Duration.ZERO, "mobile", "b", 500, 20, 0)
                .exposed(Duration.ZERO, "desktop", "a", 5_000, 49, 0);

        assertThat(step(tale, Tale.START.plus(half)).snapshot().segments())
                .extracting(Snapshot.SegmentView::own)
                .containsExactly(true, false);
    }

    @Test
    void step_onlyOrderValueDiffers_revenuePrefersTheLargerOrders() {
        Objective revenue = new Objective(
                "purchase",
                Objective.Kind.REVENUE,
                Tale.WINDOW,
                Optional.empty(),
                Optional.of("EUR"),
                0.02,
                Optional.of(50_000L));
        Tale tale = Tale.begin("a", "b")
                .with(revenue)
                .exposed(LONG_AGO, Segments.OTHER, "a", 10_000, 300, 4_000)
                .exposed(LONG_AGO, Segments.OTHER, "b", 10_000, 300, 6_000);

        Snapshot next = step(tale, LATER).snapshot();

        assertThat(next.arms().get(1).share()).isGreaterThan(0.99);
        RevenuePosterior belief = (RevenuePosterior) next.arms().get(1).belief().posterior();
        assertThat(belief.mean()).isCloseTo(0.03 * 6_000, within(5.0));
        assertThat(next.basis().dispersion()).isPresent();
    }

    @Test
    void step_countsScatter_weighLess() {
        Tale even = Tale.begin("a", "b")
                .with(count())
                .repeated(LONG_AGO, "a", 10_000, 1_000, 1)
                .repeated(LONG_AGO, "b", 10_000, 1_000, 1);
        Tale scattered = Tale.begin("a", "b")
                .with(count())
                .repeated(LONG_AGO, "a", 10_000, 100, 10)
                .repeated(LONG_AGO, "b", 10_000, 100, 10);

        Snapshot likePoisson = step(even, LATER).snapshot();
        Snapshot wide = step(scattered, LATER).snapshot();

        double phi = wide.basis().dispersion().orElseThrow();
        assertThat(likePoisson.basis().dispersion().orElseThrow()).isBetween(0.5, 1.2);
        assertThat(phi).isCloseTo(9.9, within(0.01));
        assertThat(gamma(likePoisson, 0)).isEqualTo(new GammaPosterior(1 + 1_000, 1 / 3.0 + 10_000));
        assertThat(gamma(wide, 0).shape()).isCloseTo(1 + 1_000 / phi, within(1e-9));
        assertThat(gamma(wide, 0).rate()).isCloseTo(1 / 3.0 + 10_000 / phi, within(1e-9));
    }

    @Test
    void step_countsScatter_soDoesTheHistoryOfTheArm() {
        Prior.WarmStart warm =
                new Prior.WarmStart(Map.of("b", new Prior.History(12_000, 30, 300, 0)), 0.5, 1_000, Optional.of("old"));
        Tale scattered = Tale.begin("a", "b").with(count()).with(warm).repeated(LONG_AGO, "a", 10_000, 100, 10);

        Snapshot next = step(scattered, LATER).snapshot();

        double phi = next.basis().dispersion().orElseThrow();
        assertThat(phi).isGreaterThan(9);
        assertThat(gamma(next, 1).shape()).isCloseTo(1 + 25 / phi, within(1e-9));
        assertThat(gamma(next, 1).rate()).isCloseTo(1 / 3.0 + 1_000 / phi, within(1e-9));
    }

    @Test
    void step_warmStart_beginsWithTheHistoryOfTheArm() {
        Prior.WarmStart warm = new Prior.WarmStart(
                Map.of("b", new Prior.History(12_000, 300, 320, 0)), 0.5, 1_000, Optional.of("old"));

        Snapshot first = Learner.first(Tale.begin("a", "b").with(warm).experiment(), Tale.START);

        assertThat(first.arms().get(0).belief().posterior()).isEqualTo(new BetaPosterior(1, 49));
        BetaPosterior warmed = (BetaPosterior) first.arms().get(1).belief().posterior();
        assertThat(warmed.alpha()).isCloseTo(26, within(1e-9));
        assertThat(warmed.beta()).isCloseTo(1024, within(1e-9));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void step_eventsInAnyOrderAndRetracted_makeTheSameSnapshot(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Tale tale = Tale.begin("a", "b", "c").with(new Segments("device", List.of("mobile", "desktop")));
        List<Counters> events = new ArrayList<>();
        Counters straight = Counters.EMPTY;
        Counters shuffled = Counters.EMPTY;
        for (int i = 0; i < 300; i++) {
            Duration after = Duration.ofHours(random.nextInt(400));
            String arm = List.of("a", "b", "c").get(random.nextInt(3));
            String segment = List.of("mobile", "desktop", "").get(random.nextInt(3));
            int exposures = random.nextInt(1, 50);
            int conversions = random.nextInt(2);
            Counters event = tale.exposed(after, segment, arm, exposures, conversions, 10)
                    .counters();
            Counters taken = tale.exposed(after, segment, arm, -exposures, -conversions, 10)
                    .counters();
            straight = straight.plus(event);
            events.add(random.nextInt(events.size() + 1), event);
            shuffled = shuffled.plus(taken).plus(event);
        }
        for (Counters event : events) {
            shuffled = shuffled.plus(event);
        }
        Snapshot served = Learner.first(tale.experiment(), Tale.START);

        assertThat(shuffled).isEqualTo(straight);
        assertThat(Learner.step(tale.experiment(), shuffled, served, LATER))
                .isEqualTo(Learner.step(tale.experiment(), straight, served, LATER));
    }

    private static Learner.Step step(Tale tale, Instant now) {
        Snapshot served = Learner.first(Tale.begin("a", "b").experiment(), Tale.START);
        Snapshot same = new Snapshot(
                1,
                1,
                now,
                tale.experiment().revision(),
                served.cause(),
                Learner.first(tale.experiment(), now).arms(),
                Learner.first(tale.experiment(), now).segments(),
                served.basis());
        return Learner.step(tale.experiment(), tale.counters(), same, now);
    }

    private static Phase phase(Tale tale) {
        return step(tale, LATER).snapshot().basis().phase();
    }

    private static GammaPosterior gamma(Snapshot snapshot, int arm) {
        return (GammaPosterior) snapshot.arms().get(arm).belief().posterior();
    }

    private static Objective count() {
        return new Objective(
                "view", Objective.Kind.COUNT, Tale.WINDOW, Optional.empty(), Optional.empty(), 3, Optional.empty());
    }

    private static Arm arm(String key) {
        return new Arm(key, key.equals("a"), "{}", Arm.Status.LIVE);
    }
}
