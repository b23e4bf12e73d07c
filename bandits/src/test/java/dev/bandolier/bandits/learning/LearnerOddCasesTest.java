package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Counters that are rare but can be: what is served stays a distribution.
final class LearnerOddCasesTest {

    private static final Instant NOW = Tale.START.plus(Duration.ofDays(20));
    private static final Duration BEFORE = Duration.ofHours(2);
    private static final Duration AHEAD = Duration.ofDays(30);

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void step_oddCounters_servesSharesThatSumToOne(String name, Tale tale) {
        Snapshot first = Learner.first(tale.experiment(), Tale.START);

        Snapshot next =
                Learner.step(tale.experiment(), tale.counters(), first, NOW).snapshot();

        assertShares(next.arms());
        assertThat(next.segments())
                .hasSize(tale.experiment()
                        .definition()
                        .segments()
                        .map(each -> each.values().size())
                        .orElse(0));
        next.segments().forEach(each -> assertShares(each.arms()));
    }

    static Stream<Arguments> cases() {
        Tale plain = Tale.begin("a", "b", "c");
        Tale segments = plain.with(new Segments("device", List.of("mobile", "desktop", "tablet")));
        Tale forgetful = segments.with(new Drift(true, Optional.of(Duration.ofDays(14))));
        return Stream.of(
                Arguments.of("exposures in the future", filled(plain, Segments.OTHER, AHEAD, 30)),
                Arguments.of("segments in the future", filled(segments, "mobile", AHEAD, 30)),
                Arguments.of("a segment without units", filled(segments, "desktop", BEFORE, 30)),
                Arguments.of("97 of 100 convert", filled(plain, Segments.OTHER, BEFORE, 970)),
                Arguments.of("97 of 100 convert in segments", both(segments, 970)),
                Arguments.of("all convert in segments", both(segments, 1_000)),
                Arguments.of("revenue in segments", both(segments.with(objective(Objective.Kind.REVENUE)), 30)),
                Arguments.of("counts in segments", both(segments.with(objective(Objective.Kind.COUNT)), 30)),
                Arguments.of("half-life in segments", both(forgetful, 30)),
                Arguments.of(
                        "half-life and revenue in segments",
                        both(forgetful.with(objective(Objective.Kind.REVENUE)), 30)));
    }

    private static Tale both(Tale tale, int conversions) {
        return filled(filled(tale, "mobile", BEFORE, conversions), "desktop", Duration.ofDays(10), conversions / 2);
    }

    private static Tale filled(Tale tale, String segment, Duration after, int conversions) {
        return tale.exposed(after, segment, "a", 1_000, conversions, 4_000)
                .exposed(after, segment, "b", 1_000, conversions - 5, 5_000)
                .exposed(after.plusDays(1), segment, "c", 1_000, conversions - 10, 6_000);
    }

    private static Objective objective(Objective.Kind kind) {
        boolean revenue = kind == Objective.Kind.REVENUE;
        return new Objective(
                "purchase",
                kind,
                Tale.WINDOW,
                Optional.empty(),
                revenue ? Optional.of("EUR") : Optional.empty(),
                0.02,
                revenue ? Optional.of(50_000L) : Optional.empty());
    }

    private static void assertShares(List<Snapshot.ArmView> arms) {
        assertThat(arms).allSatisfy(arm -> {
            assertThat(arm.share()).isBetween(0.0, 1.0);
            assertThat(arm.belief().posterior().mean()).isFinite();
        });
        assertThat(arms.stream().mapToDouble(Snapshot.ArmView::share).sum()).isCloseTo(1, within(1e-9));
    }
}
