package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.BayesUcb;
import dev.bandolier.bandits.EpsilonGreedy;
import dev.bandolier.bandits.FixedSplit;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Policy;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Softmax;
import dev.bandolier.bandits.Thompson;
import dev.bandolier.bandits.TopTwo;
import dev.bandolier.bandits.Uniform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HindsightTest {

    private static final Duration LONG_AGO = Duration.ofHours(2);
    private static final Instant LATER = Tale.START.plus(Duration.ofDays(20));
    private static final Limits FLOORED = new Limits(0.02, 1, 0.05, 1, 100);
    private static final Segments DEVICES = new Segments("device", List.of("mobile", "desktop"));

    static Stream<Policy> policies() {
        return Stream.of(
                new Thompson(),
                TopTwo.even(),
                EpsilonGreedy.fixed(0.1),
                new Softmax(OptionalDouble.empty()),
                new BayesUcb(),
                new Uniform(),
                new FixedSplit(Map.of("a", 0.2, "b", 0.3, "c", 0.5)));
    }

    /// Whoever served says what he served, of all units and of those of a segment of its own.
    @ParameterizedTest
    @MethodSource("policies")
    void shares_policyThatServed_areThoseServed(Policy policy) {
        Tale tale = busy().with(DEVICES).with(FLOORED).with(policy);
        Snapshot served = step(tale);

        Hindsight hindsight = new Hindsight(tale.experiment().definition(), policy, FLOORED);

        assertThat(served.segments().getFirst().own()).isTrue();
        assertThat(hindsight.shares(served, "other"))
                .containsExactly(served.allocation().probabilities(), within(1e-12));
        assertThat(hindsight.shares(served, "mobile"))
                .containsExactly(
                        Snapshot.allocation(served.segments().getFirst().arms()).probabilities(), within(1e-12));
    }

    @Test
    void shares_anotherPolicy_areWhatItWouldHaveServed() {
        Tale tale = busy().with(FLOORED);
        Snapshot served = step(tale.with(new Uniform()));

        Hindsight hindsight = new Hindsight(tale.experiment().definition(), new Thompson(), FLOORED);

        assertThat(hindsight.shares(served, ""))
                .containsExactly(step(tale.with(new Thompson())).allocation().probabilities(), within(1e-9));
    }

    @Test
    void shares_tooLittleHeard_areEqualForWhoLearns() {
        Tale tale = Tale.begin("a", "b").with(FLOORED).with(new Uniform()).exposed(LONG_AGO, "b", 50, 4);
        Snapshot served = step(tale);

        Hindsight hindsight = new Hindsight(tale.experiment().definition(), new Thompson(), FLOORED);

        assertThat(hindsight.shares(served, "")).containsExactly(0.5, 0.5);
    }

    @Test
    void shares_armThatWasPausedOrNotThere_areNone() {
        Tale tale = busy().with(new Uniform())
                .arms(
                        new Arm("a", true, "{}", Arm.Status.LIVE),
                        new Arm("b", false, "{}", Arm.Status.PAUSED),
                        new Arm("c", false, "{}", Arm.Status.LIVE));
        Snapshot served = step(tale);
        Tale after = tale.arms(
                new Arm("a", true, "{}", Arm.Status.LIVE),
                new Arm("b", false, "{}", Arm.Status.LIVE),
                new Arm("new", false, "{}", Arm.Status.LIVE),
                new Arm("c", false, "{}", Arm.Status.LIVE));

        Hindsight hindsight = new Hindsight(after.experiment().definition(), new Uniform(), FLOORED);

        assertThat(hindsight.shares(served, "")).containsExactly(0.5, 0, 0, 0.5);
    }

    private static Tale busy() {
        return Tale.begin("a", "b", "c")
                .exposed(LONG_AGO, "mobile", "a", 1_000, 50, 0)
                .exposed(LONG_AGO, "mobile", "b", 900, 58, 0)
                .exposed(LONG_AGO, "mobile", "c", 950, 40, 0)
                .exposed(LONG_AGO, "desktop", "a", 800, 40, 0)
                .exposed(LONG_AGO, "desktop", "b", 900, 50, 0)
                .exposed(LONG_AGO, "desktop", "c", 700, 42, 0);
    }

    private static Snapshot step(Tale tale) {
        Snapshot first = Learner.first(tale.experiment(), Tale.START);
        return Learner.step(tale.experiment(), tale.counters(), first, LATER).snapshot();
    }
}
