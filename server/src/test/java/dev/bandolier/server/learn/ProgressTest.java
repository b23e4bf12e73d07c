package dev.bandolier.server.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Experiment.State;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Prior;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.Uniform;
import dev.bandolier.bandits.learning.Learner;
import dev.bandolier.server.learn.Progress.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When an experiment is looked at, and when people are shown what was seen.
final class ProgressTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Experiment RUNNING = experiment(State.RUNNING, 1);
    private static final Snapshot FIRST = Learner.first(RUNNING, NOON);

    private final Progress progress = new Progress(NOON.minusSeconds(5));

    @Test
    void due_experimentNewHere_isDueAndBehind() {
        assertThat(progress.due(RUNNING, FIRST, NOON)).isTrue();
        assertThat(progress.behind()).contains(NOON.minusSeconds(5));
    }

    @Test
    void due_nothingHeard_isDueAfterAWhileIfItRuns() {
        progress.stands(FIRST, NOON);

        assertThat(progress.behind()).isEmpty();
        assertThat(progress.due(RUNNING, FIRST, NOON.plus(Progress.REVIEW_EVERY).minus(MOMENT)))
                .isFalse();
        assertThat(progress.due(RUNNING, FIRST, NOON.plus(Progress.REVIEW_EVERY)))
                .isTrue();
        for (State state : List.of(State.DRAFT, State.PAUSED, State.ENDED)) {
            assertThat(progress.due(experiment(state, 1), FIRST, NOON.plus(Progress.REVIEW_EVERY)))
                    .as("%s", state)
                    .isFalse();
        }
    }

    @Test
    void due_nobodyIsSentThereAnyMore_isDueNowAndThenUntilAllHasMatured() {
        for (State state : List.of(State.PAUSED, State.ENDED)) {
            Experiment still = experiment(state, 1);
            Instant mature = Progress.matureAt(still, FIRST);
            assertThat(mature).isAfter(NOON.plus(still.definition().objective().window()));

            progress.stands(FIRST, NOON);
            assertThat(progress.due(
                            still, FIRST, NOON.plus(Progress.REVIEW_IDLE_EVERY).minus(MOMENT)))
                    .isFalse();
            assertThat(progress.due(still, FIRST, NOON.plus(Progress.REVIEW_IDLE_EVERY)))
                    .as("%s", state)
                    .isTrue();
            progress.stands(FIRST, mature.minus(MOMENT));
            assertThat(progress.due(still, FIRST, mature.plus(Progress.REVIEW_IDLE_EVERY)))
                    .as("once more when all has matured")
                    .isTrue();
            progress.stands(FIRST, mature.plus(Progress.REVIEW_IDLE_EVERY));
            assertThat(progress.due(still, FIRST, mature.plus(Duration.ofDays(1))))
                    .as("and then never again")
                    .isFalse();
        }
    }

    @Test
    void due_countersChanged_isDueInEveryStateAndBehindSinceTheFirstChange() {
        progress.stands(FIRST, NOON);
        progress.changed(NOON.plusSeconds(1));
        progress.changed(NOON.plusSeconds(2));

        assertThat(progress.behind()).contains(NOON.plusSeconds(1));
        for (State state : List.of(State.RUNNING, State.PAUSED, State.ENDED)) {
            assertThat(progress.due(experiment(state, 1), FIRST, NOON.plusSeconds(2)))
                    .as("%s", state)
                    .isTrue();
        }
    }

    @Test
    void due_definitionChanged_isDueUnlessItIsOver() {
        progress.stands(FIRST, NOON);

        assertThat(progress.due(experiment(State.RUNNING, 2), FIRST, NOON)).isTrue();
        assertThat(progress.due(experiment(State.PAUSED, 2), FIRST, NOON)).isTrue();
        assertThat(progress.due(experiment(State.ENDED, 2), FIRST, NOON)).isFalse();
    }

    @Test
    void urgency_ofWhatIsDue_isThatOfChangesBeforeThatOfTime() {
        progress.stands(FIRST, NOON);
        Instant overdue = NOON.plus(Progress.REVIEW_EVERY);
        assertThat(progress.urgency(RUNNING, FIRST, overdue)).isEqualTo(Urgency.REVIEW);

        progress.changed(overdue);
        assertThat(progress.urgency(RUNNING, FIRST, overdue)).isEqualTo(Urgency.CHANGED);
        assertThat(progress.urgency(experiment(State.RUNNING, 2), FIRST, overdue))
                .isEqualTo(Urgency.REDEFINED);
        assertThat(Urgency.values()).containsExactly(Urgency.REDEFINED, Urgency.CHANGED, Urgency.REVIEW);
    }

    @Test
    void urgency_leftAloneForLong_isAsIfItHadChanged() {
        progress.stands(FIRST, NOON);

        assertThat(progress.urgency(RUNNING, FIRST, NOON.plus(Progress.LATE).minus(MOMENT)))
                .isEqualTo(Urgency.REVIEW);
        assertThat(progress.urgency(RUNNING, FIRST, NOON.plus(Progress.LATE))).isEqualTo(Urgency.CHANGED);
    }

    @Test
    void failed_once_isNewsOncePerRevisionAndNobodyWaitsForIt() {
        assertThat(progress.failed(1, NOON)).isTrue();
        progress.changed(NOON);
        assertThat(progress.behind()).isEmpty();
        assertThat(progress.due(RUNNING, FIRST, NOON.plusSeconds(1)))
                .as("not with every event")
                .isFalse();
        assertThat(progress.due(RUNNING, FIRST, NOON.plus(Progress.REVIEW_EVERY)))
                .isTrue();

        assertThat(progress.failed(1, NOON.plus(Progress.REVIEW_EVERY))).isFalse();
        assertThat(progress.due(experiment(State.RUNNING, 2), FIRST, NOON.plusSeconds(11)))
                .as("another definition, another try")
                .isTrue();
        assertThat(progress.failed(2, NOON.plusSeconds(11))).isTrue();
    }

    @Test
    void toShow_news_waitsUntilTheLastWasRead() {
        progress.published(FIRST, NOON);
        Snapshot standing = standing(3, NOON.plusMillis(100));
        progress.stands(standing, NOON.plusMillis(100));

        assertThat(progress.toShow(NOON.plus(Progress.SHOW_EVERY).minus(MOMENT)))
                .isEmpty();
        assertThat(progress.toShow(NOON.plus(Progress.SHOW_EVERY))).contains(standing);
        assertThat(progress.toShow(NOON.plusSeconds(9))).as("shown once").isEmpty();
    }

    @Test
    void toShow_sameNumbersLater_isNoNews() {
        progress.stands(standing(3, NOON), NOON);
        assertThat(progress.toShow(NOON)).isPresent();

        progress.stands(later(standing(3, NOON)), NOON.plusSeconds(10));
        assertThat(progress.toShow(NOON.plusSeconds(10))).isEmpty();
        progress.stands(standing(4, NOON.plusSeconds(20)), NOON.plusSeconds(20));
        assertThat(progress.toShow(NOON.plusSeconds(20))).isPresent();
    }

    @Test
    void latest_ownThatNobodyHasReadBack_isOwn() {
        Snapshot second = new Snapshot(
                1, 2, NOON, 1, Snapshot.Cause.MOVED, FIRST.arms(), FIRST.segments(), FIRST.basis(), FIRST.guard());
        assertThat(progress.latest(Optional.of(FIRST))).contains(FIRST);
        progress.published(second, NOON);

        assertThat(progress.latest(Optional.of(FIRST))).contains(second);
        assertThat(progress.latest(Optional.empty())).contains(second);
        assertThat(progress.latest(Optional.of(second))).contains(second);
    }

    private static Snapshot standing(long exposures, Instant now) {
        Counters counters =
                Counters.EMPTY.plus(Map.of(new Counters.Cell("", 1, "a", false, NOON), Tally.exposed(exposures)));
        return Learner.standing(RUNNING, counters, FIRST, now);
    }

    private static Snapshot later(Snapshot view) {
        return new Snapshot(
                view.experiment(),
                view.version(),
                view.at().plusSeconds(10),
                view.revision(),
                view.cause(),
                view.arms(),
                view.segments(),
                view.basis(),
                view.guard());
    }

    private static Experiment experiment(State state, long revision) {
        List<Arm> arms = List.of(new Arm("a", true, "{}", Arm.Status.LIVE), new Arm("b", false, "{}", Arm.Status.LIVE));
        Definition definition = new Definition(
                "hero",
                "Hero",
                "visitor",
                Stickiness.UNIT,
                arms,
                Objective.conversion("purchase", Duration.ofDays(7)),
                new Uniform(),
                new Prior.UnitSuccess(),
                new Limits(0, 1, 0, 1, 0),
                Drift.DEFAULT,
                Optional.empty(),
                0);
        return new Experiment(1, revision, state, 1, 2, NOON, definition);
    }
}
