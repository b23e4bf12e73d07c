package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.BetaPosterior;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The problems of the regret benchmark (`methods.md` 9.4), and the contests that are played in them.
///
/// P1 to P3 keep the order of their arms, as the published numbers do; elsewhere each seed has an order of its own.
public final class Suite {

    /// Units of P1 to P3.
    private static final int SHORT = 10_000;

    /// Units of P4 to P6.
    private static final int LONG = 100_000;

    /// Coefficient of variation of the rates between arms, where nothing is known of it (`methods.md` 1.1).
    private static final double SPREAD = 0.3;

    /// The truth of P6: ten arms whose rates are drawn from this, 3 % with a spread of 15 %.
    private static final BetaPosterior ALIKE = new BetaPosterior(44, 1423);

    private static final int ALIKE_ARMS = 10;

    private Suite() {}

    /// The problem of this name.
    ///
    /// @throws IllegalArgumentException if there is none
    public static BernoulliProblem bernoulli(String name) {
        return bernoulli().stream()
                .filter(problem -> problem.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no problem is called '" + name + "'"));
    }

    /// P1 to P6.
    public static List<BernoulliProblem> bernoulli() {
        World close = world(0.05, 0.06);
        World many = world(0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.03);
        World high = world(0.9, 0.8);
        World steps = world(0.1, 0.05, 0.05, 0.05, 0.02, 0.02, 0.02, 0.01, 0.01, 0.01);
        return List.of(
                new BernoulliProblem("P1", title("5 % and 6 %", close), SHORT, 0.05, spread(0.05), random -> close),
                new BernoulliProblem(
                        "P2",
                        title("nine arms of 2 % and one of 3 %", many),
                        SHORT,
                        0.02,
                        spread(0.02),
                        random -> many),
                new BernoulliProblem(
                        "P3", title("90 % and 80 %", high), SHORT, 0.8, new BetaPosterior(12, 3), random -> high),
                new BernoulliProblem(
                        "P4",
                        title("10 %, three arms each of 5 %, 2 % and 1 %", steps),
                        LONG,
                        0.04,
                        spread(0.04),
                        steps::permuted),
                new BernoulliProblem(
                        "P5",
                        title("nine arms of 2 % and one of 3 %, for long", many),
                        LONG,
                        0.02,
                        spread(0.02),
                        many::permuted),
                new BernoulliProblem(
                        "P6", "ten arms drawn from Beta(44, 1423) for each seed", LONG, 0.03, ALIKE, Suite::alike));
    }

    /// All contests, in which players of the product look at the counts so many times within the horizon. Players
    /// who are there for reference look after every unit, and P7 to P11 have looks of their own.
    ///
    /// @param looks positive; a player looks after every unit if there are fewer units
    public static List<Contest> contests(int looks) {
        return Stream.concat(bernoulli().stream().map(problem -> contest(problem, looks)), Played.contests().stream())
                .toList();
    }

    private static Contest contest(BernoulliProblem problem, int looks) {
        return new Contest(
                problem.name(),
                problem.title(),
                "conversions lost against always the best arm",
                problem.horizon(),
                Field.entrants(problem, Math.max(1, problem.horizon() / looks)));
    }

    private static String title(String rates, World world) {
        return String.format(Locale.ROOT, "%s (Lai-Robbins constant %.2f)", rates, LaiRobbins.constant(world.rates()));
    }

    private static World world(Double... rates) {
        return new World(List.of(rates), Duration.ZERO);
    }

    private static World alike(RandomGenerator random) {
        List<Double> rates = Stream.generate(() -> GammaSampler.beta(ALIKE.alpha(), ALIKE.beta(), random))
                .limit(ALIKE_ARMS)
                .toList();
        return new World(rates, Duration.ZERO);
    }

    /// The belief of somebody who knows the rates to lie around this mean, with a coefficient of variation of 0.3.
    private static BetaPosterior spread(double mean) {
        double alpha = 1 / (SPREAD * SPREAD);
        return new BetaPosterior(alpha, alpha * (1 - mean) / mean);
    }
}
