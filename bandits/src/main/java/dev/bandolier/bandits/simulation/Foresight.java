package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Objective;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the settings of an experiment imply, by playing four weeks of it again and again with the learner and the
/// guardrails of the product: what a bad arm costs, and how soon a good one is found.
///
/// Deterministic: the same settings and prospects meet the same chance. Segments are not told apart, and conversions and
/// exposures are taken to arrive as they should.
public final class Foresight {

    /// What is looked ahead.
    public static final Duration HORIZON = Duration.ofDays(28);

    /// What is left of the earnings of the arm that does harm.
    public static final double HARMFUL = 0.5;

    /// Runs of an experiment with few arms.
    private static final int RUNS = 40;

    /// Runs of an experiment with many arms, of which each takes longer.
    private static final int RUNS_MIN = 4;

    /// Arms times runs, which the time of all runs follows.
    private static final int WORK_MAX = 160;

    /// The same of revenue, where a look takes several times as long.
    private static final int WORK_REVENUE_MAX = 80;

    private static final double P95 = 0.95;
    private static final int TWENTY = 20;
    private static final double MOST = 0.5;
    private static final double USUALLY = 0.5;
    private static final double SURELY = 0.8;

    private static final List<Duration> LOOKS = looks();

    /// What an arm costs that earns half of control, against control for everybody, in conversions or minor units.
    ///
    /// @param arm    position of the arm
    /// @param runs   how many were played
    /// @param mean   over all runs
    /// @param p95    exceeded by one run in twenty; absent if fewer were played
    /// @param worst  of all runs
    /// @param even   what a fixed even split would lose
    /// @param paused part of the runs in which a guardrail paused the arm, in [0, 1]
    /// @param after  days until then, in half of these runs; absent if there is none
    public record Loss(
            int arm,
            int runs,
            double mean,
            OptionalDouble p95,
            double worst,
            double even,
            double paused,
            OptionalDouble after) {}

    /// How an arm is found that is better by the effect.
    ///
    /// @param arm    position of the arm
    /// @param runs   how many were played
    /// @param days   from which on it gets more than half of all traffic, in four of five runs; absent if fewer came to that
    /// @param share  of traffic that it gets in the end, on average
    /// @param paused part of the runs in which it was paused by mistake
    public record Learning(int arm, int runs, OptionalDouble days, double share, double paused) {}

    private final Experiment experiment;
    private final Prospects prospects;
    private final int runs;
    private final int searches;
    private final int arm;

    /// The prospects of an experiment that has not begun.
    public Foresight(Definition definition, Prospects prospects) {
        this.prospects = prospects;
        experiment = new Experiment(
                1, 1, Experiment.State.RUNNING, 1, 2, Performance.START, simplified(definition, prospects));
        boolean revenue = definition.objective().kind() == Objective.Kind.REVENUE;
        int work = revenue ? WORK_REVENUE_MAX : WORK_MAX;
        runs = Math.clamp(work / definition.arms().size(), RUNS_MIN, RUNS);
        searches = Math.max(runs / 2, RUNS_MIN);
        arm = other(definition);
    }

    /// What it costs if an arm earns half of what is expected and all others as much as control.
    public Loss loss() {
        double each = prospects.perUnit().mean() * (1 - HARMFUL);
        double[] lost = new double[runs];
        List<Double> paused = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            Course course = course(HARMFUL, run);
            for (int look = 0; look < LOOKS.size() && !course.paused(arm); look++) {
                course.to(LOOKS.get(look));
            }
            lost[run] = course.served(arm) * each;
            if (course.paused(arm)) {
                paused.add(days(course.since()));
            }
        }
        Arrays.sort(lost);
        Definition definition = experiment.definition();
        long live = definition.arms().stream().filter(Arm::live).count();
        double even = prospects.units() * days(HORIZON) * (1 - definition.holdout()) / Math.max(live, 1) * each;
        return new Loss(
                arm,
                runs,
                Arrays.stream(lost).sum() / runs,
                // Of fewer runs none is one in twenty, and the worst would pass for it.
                runs < TWENTY ? OptionalDouble.empty() : OptionalDouble.of(lost[(int) Math.ceil(P95 * runs) - 1]),
                lost[runs - 1],
                even,
                (double) paused.size() / runs,
                within(USUALLY, paused, paused.size()));
    }

    /// How soon an arm is found that earns more than control by this part, all others being alike.
    public Learning learning(double effect) {
        List<Double> found = new ArrayList<>();
        double share = 0;
        int mistaken = 0;
        for (int run = 0; run < searches; run++) {
            Course course = course(1 + effect, run);
            int from = 0;
            for (int look = 0; look < LOOKS.size(); look++) {
                course.to(LOOKS.get(look));
                from = course.share(arm) > MOST ? from : look + 1;
            }
            if (from < LOOKS.size()) {
                found.add(days(LOOKS.get(from)));
            }
            share += course.share(arm) / searches;
            mistaken += course.paused(arm) ? 1 : 0;
        }
        return new Learning(arm, searches, within(SURELY, found, searches), share, (double) mistaken / searches);
    }

    private Course course(double ratio, int run) {
        double[] ratios = new double[experiment.definition().arms().size()];
        Arrays.fill(ratios, 1);
        ratios[arm] = ratio;
        return new Course(experiment, prospects, ratios, run);
    }

    /// The value that this part of so many do not exceed; absent if fewer are there.
    private static OptionalDouble within(double part, List<Double> values, int of) {
        int enough = (int) Math.ceil(part * of);
        return enough == 0 || values.size() < enough
                ? OptionalDouble.empty()
                : OptionalDouble.of(values.stream().sorted().toList().get(enough - 1));
    }

    /// The definition as it is played: what would watch for broken feeds watches nothing, and revenue has a cap.
    private static Definition simplified(Definition definition, Prospects prospects) {
        Guardrails rules = definition.guardrails();
        Objective objective = definition.objective();
        boolean capped =
                objective.kind() != Objective.Kind.REVENUE || objective.cap().isPresent();
        return new Definition(
                definition.key(),
                definition.name(),
                definition.unit(),
                definition.sticky(),
                definition.arms(),
                capped ? objective : objective.withCap(prospects.usualCap()),
                definition.policy(),
                definition.prior(),
                definition.limits(),
                definition.drift(),
                Optional.empty(),
                definition.holdout(),
                new Guardrails(
                        rules.harm(),
                        rules.metrics(),
                        rules.budget(),
                        rules.strict(),
                        rules.ramp(),
                        false,
                        false,
                        rules.originCap(),
                        Optional.empty()));
    }

    private static int other(Definition definition) {
        List<Arm> arms = definition.arms();
        for (int i = 0; i < arms.size(); i++) {
            if (!arms.get(i).control() && arms.get(i).live()) {
                return i;
            }
        }
        return definition.controlIndex() == 0 ? 1 : 0;
    }

    /// Often while little is known, then daily, and every other day when what happens is slow.
    private static List<Duration> looks() {
        List<Duration> looks = new ArrayList<>();
        long hours = 0;
        while (hours < HORIZON.toHours()) {
            hours += hours < 2 ? 1 : hours < 4 ? 2 : hours < 12 ? 4 : hours < 48 ? 12 : hours < 336 ? 24 : 48;
            looks.add(Duration.ofHours(hours));
        }
        return List.copyOf(looks);
    }

    private static double days(Duration time) {
        return time.toMinutes() / (24.0 * 60);
    }
}
