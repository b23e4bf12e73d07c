package dev.bandolier.server.report;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.evaluation.StopRule;
import dev.bandolier.bandits.evaluation.StopRule.Check;
import dev.bandolier.server.ledger.Group;
import dev.bandolier.server.ledger.UnitWords;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What to do with an experiment, in a word, in a sentence, and why (`methods.md` 8).
final class Advice {

    private static final double DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private Advice() {}

    /// The JSON of it.
    ///
    /// @param width length of an exposure bucket
    static JsonObject json(Definition definition, Snapshot standing, List<Group.Day> days, Duration width) {
        List<String> arms = new ArrayList<>();
        List<Posterior> live = new ArrayList<>();
        Optional<Posterior> control = Optional.empty();
        for (Snapshot.ArmView view : standing.arms()) {
            int index = definition.indexOf(view.arm());
            if (index == definition.controlIndex()) {
                control = Optional.of(view.belief().posterior());
            }
            if (definition.arms().get(index).live()) {
                arms.add(view.arm());
                live.add(view.belief().posterior());
            }
        }
        int weeks = StopRule.weeksSeen(days.stream().map(Group.Day::date).toList());
        StopRule.Advice advice =
                StopRule.DEFAULT.advise(control.orElseThrow(), live, elapsed(days, width, standing.at()), weeks);
        Optional<String> leader = advice.leader().stream().mapToObj(arms::get).findFirst();
        JsonArray checks = new JsonArray();
        advice.checks().forEach(check -> checks.add(json(check)));
        return new JsonObject()
                .put("kind", word(advice.kind()))
                .put("arm", leader.orElse(null))
                .put("sentence", sentence(advice, leader, UnitWords.of(definition)))
                .put("checks", checks);
    }

    /// Days from the first unit that was drawn to the last: time in which none was teaches nothing about weekdays.
    private static double elapsed(List<Group.Day> days, Duration width, Instant now) {
        if (days.isEmpty()) {
            return 0;
        }
        Instant end = days.getLast().last().plus(width);
        Instant until = end.isAfter(now) && now.isAfter(days.getLast().last()) ? now : end;
        return Duration.between(days.getFirst().first(), until).toSeconds() / DAY_SECONDS;
    }

    private static String word(StopRule.Kind kind) {
        return switch (kind) {
            case KEEP_GOING -> "keep-going";
            case STOP -> "stop";
            case NO_DIFFERENCE -> "no-difference";
            case NOTHING_TO_COMPARE -> "nothing-to-compare";
        };
    }

    private static JsonObject json(Check check) {
        String name = switch (check.condition()) {
            case DAYS -> "days";
            case WEEKS -> "weeks";
            case REMAINING -> "remaining";
            case EXPECTED_LOSS -> "expectedLoss";
        };
        return new JsonObject()
                .put("name", name)
                .put("met", check.met())
                .put("value", EstimateJson.number(check.value()))
                .put("needed", check.needed());
    }

    private static String sentence(StopRule.Advice advice, Optional<String> leader, UnitWords units) {
        String arm = leader.map(key -> "'" + key + "'").orElse("none");
        return switch (advice.kind()) {
            case KEEP_GOING -> "Keep going: " + missing(advice.checks(), arm, units) + ".";
            case STOP ->
                "Stop and keep " + arm
                        + ": no other arm is likely to earn noticeably more, and waiting longer would teach"
                        + " little.";
            case NO_DIFFERENCE ->
                "Stop and keep whichever arm you like, for instance " + arm + ": they earn about the same, and waiting"
                        + " longer would not pay.";
            case NOTHING_TO_COMPARE -> "Fewer than two arms are live, so there is nothing to compare.";
        };
    }

    /// What is missing, the plainest first.
    private static String missing(List<Check> checks, String arm, UnitWords units) {
        for (Check check : checks) {
            if (!check.met()) {
                return missing(check, arm, units);
            }
        }
        throw new IllegalStateException("nothing is missing");
    }

    private static String missing(Check check, String arm, UnitWords units) {
        return switch (check.condition()) {
            case DAYS ->
                String.format(
                        Locale.ROOT,
                        "%s have come for %.1f days, and a decision takes %.0f at least",
                        units.many(),
                        check.value(),
                        check.needed());
            case WEEKS ->
                String.format(
                        Locale.ROOT,
                        "every day of the week has to be seen %.0f times, and was seen %.0f times",
                        check.needed(),
                        check.value());
            case REMAINING ->
                String.format(
                        Locale.ROOT,
                        "%s leads, but another arm may still earn up to %.1f%% more",
                        arm,
                        check.value() * 100);
            case EXPECTED_LOSS ->
                String.format(
                        Locale.ROOT,
                        "%s leads, but taking it now may cost %.1f%% of what control earns",
                        arm,
                        check.value() * 100);
        };
    }
}
