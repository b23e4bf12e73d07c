package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.KlUcb;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What units are served, and what it is taken to cost, where an arm suits some of them and harms others.
final class CrowdsTest {

    private static final Segments DEVICES = new Segments("device", List.of("mobile", "desktop"));

    /// Control earns 3 % everywhere, "b" 6 % at desks, which get it, and 1 % on phones, which hardly do: it has brought
    /// 3,060 conversions more than control, and cost 69 on phones.
    private static final Tale APART = Tale.begin("a", "b")
            .with(DEVICES)
            .exposed(Duration.ZERO, "mobile", "a", 170_128, 5_104, 0)
            .exposed(Duration.ZERO, "mobile", "b", 3_472, 35, 0)
            .exposed(Duration.ZERO, "desktop", "a", 2_128, 64, 0)
            .exposed(Duration.ZERO, "desktop", "b", 104_272, 6_256, 0);

    @Test
    void budget_ofAnArmThatSuitsWhomItWasShownTo_isChargedOnlyWhatTheOthersLost() {
        Snapshot snapshot = step(APART, budget(1_000));

        Guard.Spending spending = snapshot.guard().spending().orElseThrow();
        assertThat(spending.held()).isCloseTo(3_472 * 0.02, within(8.0));
        assertThat(share(snapshot, "desktop", "b")).isGreaterThan(0.97);
        assertThat(snapshot.guard().verdicts()).isEmpty();
    }

    /// Control for those whom the arm harms, and the arm for those whom it suits.
    @Test
    void budget_thatIsSpent_takesAnArmFromThoseItHarmsAlone() {
        Tale going = APART.with(new Limits(0.02, 1, 0, 1, 0))
                .exposed(Tale.WINDOW.multipliedBy(2).minusHours(1), "mobile", "a", 600, 0, 0)
                .exposed(Tale.WINDOW.multipliedBy(2).minusHours(1), "desktop", "b", 400, 0, 0);

        Snapshot snapshot = step(going, budget(50));

        assertThat(snapshot.guard().verdicts())
                .singleElement()
                .isInstanceOfSatisfying(
                        Verdict.BudgetSpent.class,
                        spent -> assertThat(spent.exhausted()).isTrue());
        assertThat(share(snapshot, "mobile", "b")).isZero();
        assertThat(share(snapshot, "desktop", "b")).isGreaterThan(0.97);
    }

    /// Where segments have no shares of their own there is one crowd, and it is charged as it ever was.
    @Test
    void crowds_ofSegmentsThatHaveNothingOfTheirOwn_areOne() {
        Tale tale = Tale.begin("a", "b")
                .with(DEVICES)
                .exposed(Duration.ZERO, "mobile", "a", 500, 10, 0)
                .exposed(Duration.ZERO, "desktop", "b", 400, 4, 0)
                .exposed(Duration.ZERO, "", "b", 100, 1, 0);
        Outlook outlook = Outlook.of(tale.experiment(), tale.counters(), Tale.START.plus(Tale.WINDOW));
        Exposures counted = Exposures.between(tale.counters(), Tale.START, Tale.START.plus(Tale.WINDOW));

        Crowds crowds = Crowds.of(outlook, counted, counted, 77);

        assertThat(crowds.crowds()).hasSize(1);
        assertThat(crowds.crowds().getFirst().next()).isEqualTo(77);
        assertThat(crowds.crowds().getFirst().arms())
                .extracting(arm -> arm.exposures())
                .containsExactly(500.0, 500.0);
        assertThat(crowds.number(Optional.of("desktop"))).isZero();
    }

    /// Every unit is in one crowd, and those expected next are divided as those were that came.
    @Test
    void crowds_ofSegmentsWithSharesOfTheirOwn_holdEveryUnitOnce() {
        Tale tale = APART.exposed(Duration.ZERO, "", "a", 10_000, 10, 0);
        Outlook outlook = Outlook.of(tale.experiment(), tale.counters(), Tale.START.plus(Tale.WINDOW));
        Exposures counted = Exposures.between(tale.counters(), Tale.START, Tale.START.plus(Tale.WINDOW));

        Crowds crowds = Crowds.of(outlook, counted, counted, 290);

        assertThat(crowds.segments()).containsExactly("mobile", "desktop");
        assertThat(crowds.crowds())
                .extracting(crowd -> crowd.arms().get(0).exposures())
                .containsExactly(170_128.0, 2_128.0, 10_000.0);
        assertThat(crowds.crowds())
                .extracting(crowd -> Math.round(crowd.next() * 10) / 10.0)
                .containsExactly(173.6, 106.4, 10.0);
        assertThat(List.of(crowds.number(Optional.of("mobile")), crowds.number(Optional.empty())))
                .containsExactly(0, 2);
    }

    /// Phones are better off with "a", the other 60 % with "b": they are a crowd like any other.
    @Test
    void units_ofNoDeclaredSegment_areServedWhatSuitsThem_onceEnoughIsKnown() {
        Snapshot snapshot = step(
                Tale.begin("a", "b")
                        .with(new Segments("device", List.of("mobile")))
                        .exposed(Duration.ZERO, "mobile", "a", 20_000, 1_600, 0)
                        .exposed(Duration.ZERO, "mobile", "b", 20_000, 800, 0)
                        .exposed(Duration.ZERO, "", "a", 30_000, 1_200, 0)
                        .exposed(Duration.ZERO, "", "b", 30_000, 1_500, 0),
                Optional.empty());

        assertThat(snapshot.segments())
                .extracting(Snapshot.SegmentView::segment)
                .containsExactly("mobile", Segments.OTHER);
        assertThat(share(snapshot, "mobile", "a")).isGreaterThan(0.99);
        assertThat(share(snapshot, Segments.OTHER, "b")).isGreaterThan(0.99);
        assertThat(snapshot.served()[1]).isCloseTo(0.6, within(0.01));
    }

    /// What the policy that is in force would serve is what it serves.
    @Test
    void hindsight_ofThePolicyInForce_isWhatAllUnitsGet() {
        Snapshot snapshot = step(APART, Optional.empty());
        Definition definition = APART.experiment().definition();

        double[] would = new Hindsight(definition, definition.policy(), definition.limits()).served(snapshot);

        assertThat(would).containsExactly(snapshot.served(), within(1e-9));
        assertThat(would[1]).isCloseTo(0.38, within(0.01));
    }

    /// A policy that looks at sums is told what everybody would bring, too.
    @Test
    void sums_thatAPolicyIsTold_areOfEverybody() {
        Tale tale = Tale.begin("a", "b")
                .with(DEVICES)
                .with(new KlUcb(1))
                .exposed(Duration.ZERO, "mobile", "a", 38_000, 1_140, 0)
                .exposed(Duration.ZERO, "mobile", "b", 2_000, 20, 0)
                .exposed(Duration.ZERO, "desktop", "a", 2_000, 60, 0)
                .exposed(Duration.ZERO, "desktop", "b", 38_000, 1_330, 0);

        Snapshot snapshot = step(tale, Optional.empty());

        assertThat(snapshot.arms().get(0).belief().posterior().mean())
                .isGreaterThan(snapshot.arms().get(1).belief().posterior().mean() * 1.2);
        assertThat(snapshot.arms().get(0).share()).isGreaterThan(0.9);
    }

    private static Optional<Guardrails.Budget> budget(long conversions) {
        return Optional.of(new Guardrails.Budget(
                Guardrails.Unit.CONVERSIONS,
                OptionalLong.of(conversions),
                OptionalLong.empty(),
                OptionalLong.empty(),
                0.5));
    }

    private static double share(Snapshot snapshot, String segment, String arm) {
        return snapshot.segments().stream()
                .filter(each -> each.segment().equals(segment))
                .flatMap(each -> each.arms().stream())
                .filter(each -> each.arm().equals(arm))
                .findFirst()
                .orElseThrow()
                .share();
    }

    /// A step of an experiment that only a budget guards.
    private static Snapshot step(Tale tale, Optional<Guardrails.Budget> budget) {
        Guardrails rules = new Guardrails(
                Optional.empty(),
                List.of(),
                budget,
                OptionalDouble.empty(),
                Guardrails.Ramp.NONE,
                false,
                false,
                Guardrails.ORIGIN_CAP,
                Optional.empty());
        Tale guarded = tale.with(tale.experiment().definition().withGuardrails(rules));
        return Learner.step(
                        guarded.experiment(),
                        guarded.counters(),
                        Learner.first(guarded.experiment(), Tale.START),
                        Tale.START.plus(Tale.WINDOW.multipliedBy(2)))
                .snapshot();
    }
}
