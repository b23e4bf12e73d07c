package dev.bandolier.server.report;

import dev.bandolier.bandits.evaluation.StopRule;
import dev.bandolier.bandits.evaluation.StopRule.Check;
import dev.bandolier.server.ledger.UnitWords;
import dev.bandolier.server.report.Advice.Part;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is advised, in a sentence for people who run shops.
///
/// @param units  what units are called
/// @param ended  whether the experiment is over
/// @param nobody whether nobody has been shown an arm
record AdviceWords(UnitWords units, boolean ended, boolean nobody) {

    private static final int MINUTES_PER_DAY = 1_440;
    private static final int MINUTES_PER_HOUR = 60;

    /// What to do.
    ///
    /// @param parts whom it is about
    /// @param kind  what is advised to all of them
    /// @param arm   the arm that is the one for all, if there is one
    String sentence(List<Part> parts, StopRule.Kind kind, Optional<String> arm) {
        if (nobody) {
            return "No " + units.one() + " has been shown an arm yet, so there is nothing to say.";
        }
        return switch (kind) {
            case KEEP_GOING ->
                (ended ? "It has ended before it could be said which arm to keep: " : "Keep going: ") + missing(parts)
                        + ".";
            case STOP ->
                kept(parts, arm)
                        + (ended
                                ? ": no other arm was likely to earn noticeably more."
                                : ": no other arm is likely to earn noticeably more, and waiting longer would teach"
                                        + " little.");
            case NO_DIFFERENCE ->
                (ended ? "Any arm would have done" : "Keep whichever arm you like")
                        + arm.map(key -> ", for instance " + quoted(key)).orElse("")
                        + (ended
                                ? ": they earn about the same."
                                : ": they earn about the same, and waiting longer would not pay.");
            case NOTHING_TO_COMPARE -> "Fewer than two arms are live, so there is nothing to compare.";
        };
    }

    /// Which arm to keep, or which one for whom: who ends an experiment gives everybody control, so where arms differ it
    /// has to go on for each to get its own.
    private String kept(List<Part> parts, Optional<String> arm) {
        if (arm.isPresent()) {
            return ended ? quoted(arm.get()) + " was the arm to keep" : "Keep " + quoted(arm.get());
        }
        List<String> each = parts.stream()
                .map(part -> (part.kind() == StopRule.Kind.STOP
                                ? quoted(part.leader().orElseThrow())
                                : "any arm")
                        + whom(part))
                .toList();
        String all = String.join(", ", each.subList(0, each.size() - 1)) + " and " + each.getLast();
        return ended ? "The arms to keep were " + all : "Keep it running, with " + all;
    }

    private static String whom(Part part) {
        return part.segment().map(name -> " for " + quoted(name)).orElse(" for all others");
    }

    private static String quoted(String key) {
        return "'" + key + "'";
    }

    /// What is missing, the plainest first: what is missing for all comes before what is missing in one segment, and of
    /// segments the one comes first that misses most.
    private String missing(List<Part> parts) {
        for (StopRule.Condition condition : StopRule.Condition.values()) {
            Optional<String> missing = parts.stream()
                    .flatMap(part -> part.open().stream()
                            .filter(check -> check.condition() == condition)
                            .map(check -> new Open(part, check)))
                    .max(Comparator.comparingDouble(open -> open.check().value()))
                    .map(open -> missing(
                            open.check(),
                            parts.size() == 1 ? "" : whom(open.part()),
                            open.part().leader().map(AdviceWords::quoted).orElse("none")));
            if (missing.isPresent()) {
                return missing.get();
            }
        }
        throw new IllegalArgumentException("nothing is missing");
    }

    private record Open(Part part, Check check) {}

    private String missing(Check check, String whom, String arm) {
        return switch (check.condition()) {
            case DAYS ->
                String.format(
                        Locale.ROOT,
                        "%s have come for %s, and a decision takes %.0f days at least",
                        units.many(),
                        days(check.value()),
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
                        "%s leads%s, but another arm may still earn up to %.1f%% more",
                        arm,
                        whom,
                        check.value() * 100);
            case EXPECTED_LOSS ->
                String.format(
                        Locale.ROOT,
                        "%s leads%s, but taking it now may cost %.1f%% of what control earns",
                        arm,
                        whom,
                        check.value() * 100);
        };
    }

    /// A time, rounded down: what takes two weeks is not over before.
    private static String days(double days) {
        long minutes = (long) (days * MINUTES_PER_DAY);
        if (minutes < 2 * MINUTES_PER_HOUR) {
            return minutes == 1 ? "a minute" : minutes + " minutes";
        }
        return days < 2
                ? minutes / MINUTES_PER_HOUR + " hours"
                : String.format(Locale.ROOT, "%.1f days", Math.floor(days * 10) / 10);
    }
}
