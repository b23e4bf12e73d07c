package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Objective;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The problems P7 to P11 (`methods.md` 9.4) as contests: the learner of the product, as it is and with a part of it
/// turned off.
final class Played {

    private static final String CONVERSIONS = "conversions lost against always the best arm";

    private Played() {}

    /// All of them.
    static List<Contest> contests() {
        List<Contest> all = new ArrayList<>();
        RevenueProblem.all().forEach(problem -> all.add(revenue(problem)));
        DelayProblem.all().forEach(problem -> all.add(delay(problem)));
        SeasonProblem.all().forEach(problem -> all.add(season(problem)));
        all.add(flip());
        all.add(crossing());
        return all;
    }

    private static Contest revenue(RevenueProblem problem) {
        return new Contest(
                problem.name(),
                "log-normal order values, sigma 1.2, " + problem.title(),
                "per cent of the best arm's revenue lost; misled: the best arm ends with P(best) < 1 %",
                RevenueProblem.UNITS,
                List.of(
                        revenue(
                                problem,
                                "revenue",
                                "conversion rate x order value, winsorised",
                                Objective.Kind.REVENUE),
                        revenue(problem, "conversion", "whatever orders are worth", Objective.Kind.CONVERSION)));
    }

    private static Entrant revenue(RevenueProblem problem, String name, String note, Objective.Kind kind) {
        return new Entrant(name, note, seed -> {
            Ending ending = problem.play(kind, seed);
            return ending.percent(RevenueProblem.lockedIn(ending));
        });
    }

    private static Contest delay(DelayProblem problem) {
        List<Entrant> entrants = new ArrayList<>();
        for (DelayProblem.Rule rule : DelayProblem.Rule.values()) {
            String name = rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
            entrants.add(new Entrant(name, note(rule), seed -> {
                Ending ending = problem.play(rule, seed);
                return ending.trial(ending.bestShare() < 0.5);
            }));
        }
        return new Contest(
                problem.name(),
                problem.title(),
                CONVERSIONS + " of those live; misled: others got most of the last tenth",
                DelayProblem.UNITS,
                entrants);
    }

    private static String note(DelayProblem.Rule rule) {
        return switch (rule) {
            case ORACLE -> "there is no delay";
            case IMMEDIATE -> "no conversion yet is none";
            case WINDOW_CLOSE -> "units count when their window closes";
            case MATURITY -> "weighted by estimated delays";
            case TRUE_DELAYS -> "weighted by the true delays";
            case HALF_DELAYS -> "delays under-estimated x 0.5";
            case DOUBLE_DELAYS -> "delays over-estimated x 2";
            case DEFAULTS -> "maturity, and all other defaults";
        };
    }

    private static Contest season(SeasonProblem problem) {
        return new Contest(
                problem.name(),
                problem.title(),
                "per cent of the best arm's conversions lost; misled: another arm leads in the end",
                SeasonProblem.UNITS,
                List.of(
                        season(problem, "raw-counts", "days are not told apart", false),
                        season(problem, "epochs", "days are told apart", true)));
    }

    private static Entrant season(SeasonProblem problem, String name, String note, boolean epochs) {
        return new Entrant(name, note, seed -> {
            Ending ending = problem.play(epochs, seed);
            return ending.percent(SeasonProblem.misled(ending));
        });
    }

    private static Contest flip() {
        return new Contest(
                "P10",
                "6 %, 5 % and 4 %, the first two change places after 100 of 200 days",
                CONVERSIONS + "; misled: another arm leads in the end",
                FlipProblem.UNITS,
                List.of(
                        flip("half-life", "30 days", Optional.of(Duration.ofDays(30))),
                        flip("memory", "nothing is forgotten", Optional.empty())));
    }

    private static Entrant flip(String name, String note, Optional<Duration> halfLife) {
        return new Entrant(name, note, seed -> {
            Ending ending = FlipProblem.play(halfLife, seed);
            return ending.trial(FlipProblem.misled(ending));
        });
    }

    private static Contest crossing() {
        return new Contest(
                "P11",
                "6 % and 5 % for 80 % of the units, 3 % and 6 % for the others",
                CONVERSIONS + " of their segment; misled: others got most of the last tenth",
                CrossingProblem.UNITS,
                List.of(
                        crossing("pooled", "nobody is told apart", false),
                        crossing("segments", "two, declared", true)));
    }

    private static Entrant crossing(String name, String note, boolean told) {
        return new Entrant(name, note, seed -> {
            Ending ending = CrossingProblem.play(told, seed);
            return ending.trial(ending.bestShare() < 0.5);
        });
    }
}
