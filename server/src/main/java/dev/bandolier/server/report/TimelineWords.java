package dev.bandolier.server.report;

import dev.bandolier.bandits.Snapshot;
import dev.bandolier.server.ledger.AuditLog;
import dev.bandolier.server.ledger.TimelineLog.Published;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What happened to an experiment, in words that its owner understands.
final class TimelineWords {

    private static final String ENDED = "-ended";

    /// Arms that a sentence names; the changes themselves list all.
    private static final int TOLD_MAX = 3;

    /// How the log begins the note of a verdict that has ended; when that was stands beside it.
    private static final Pattern ONCE_BEGAN = Pattern.compile("^No longer in force since \\S+: ");

    private TimelineWords() {}

    /// Why shares were worked out, in a few words.
    static String title(Published published) {
        return switch (published.cause()) {
            case STARTED -> "Started";
            case MOVED -> "Shares moved";
            case REDEFINED -> "Shares follow a change";
            case DAY -> "A new day";
            case GUARDED -> "A guardrail changed the shares";
        };
    }

    /// Why shares were worked out, and what became of them.
    static String sentence(Published published) {
        String why = switch (published.cause()) {
            case STARTED -> "The first shares, before anything was learned.";
            case MOVED -> "What came in moved the shares.";
            case REDEFINED -> "Somebody changed the experiment, so the shares were worked out anew.";
            case DAY -> "A new day began: days are compared one by one.";
            case GUARDED -> "A guardrail began or ceased to act.";
        };
        return published.before().isEmpty() ? why : why + " " + moved(published);
    }

    private static String moved(Published published) {
        List<String> told = Timeline.moves(published).entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Double> each) -> -Math.abs(each.getValue())))
                .filter(each -> !percent(each.getValue()).equals("0.0"))
                .map(each -> "'" + each.getKey() + "' from "
                        + percent(published.before().get(each.getKey())) + "% to "
                        + percent(published.after().get(each.getKey())) + "%")
                .toList();
        if (told.isEmpty()) {
            if (!published.segments()) {
                return "All arms keep their shares.";
            }
            return published.cause() == Snapshot.Cause.MOVED
                    ? "Over all, arms keep theirs: those of segments moved."
                    : "Over all, arms keep theirs; those of segments may have moved.";
        }
        String first = told.stream().limit(TOLD_MAX).collect(Collectors.joining(", "));
        int more = told.size() - TOLD_MAX;
        return first + (more > 0 ? ", and " + more + " more" : "") + ".";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", Math.abs(share) * 100);
    }

    /// Whether an entry says that a verdict is no longer in force.
    static boolean ended(AuditLog.Entry entry) {
        return entry.action().endsWith(ENDED);
    }

    /// What was done, in a few words.
    static String title(AuditLog.Entry entry) {
        if (entry.actor().equals(AuditLog.GUARDRAIL)) {
            return ended(entry)
                    ? "No longer: "
                            + verdict(entry.action().substring(0, entry.action().length() - ENDED.length()))
                                    .toLowerCase(Locale.ROOT)
                    : verdict(entry.action());
        }
        return action(entry.action());
    }

    private static String verdict(String kind) {
        return switch (kind) {
            case "arm-harmful" -> "An arm was paused because it does harm";
            case "arm-suspected" -> "An arm looks worse than control";
            case "arm-better" -> "An arm is better than control";
            case "budget-spent" -> "The budget for exploring limits the arms";
            case "held-back" -> "Arms are held back until they are proven safe";
            case "stepped-back" -> "The ramp went back a stage";
            case "feed-broken" -> "Conversions do not come in as expected";
            case "ratio-broken" -> "Arms are not counted as they were drawn";
            case "lead-fragile" -> "The lead rests on few origins";
            case "origin-quarantined" -> "An origin was put under quarantine";
            default -> spoken(kind);
        };
    }

    private static String action(String action) {
        return switch (action) {
            case "create" -> "Created";
            case "delete" -> "Deleted";
            case "change" -> "Changed";
            case "start" -> "Started by a person";
            case "pause" -> "Paused";
            case "resume" -> "Resumed";
            case "end" -> "Ended";
            case "pause-arm" -> "Arm paused";
            case "resume-arm" -> "Arm resumed";
            case "thaw" -> "Learning goes on";
            case "kill-switch-engage" -> "Everybody gets control, in all experiments";
            case "kill-switch-release" -> "No longer control for everybody";
            case "quarantine" -> "Quarantine";
            case "release" -> "Quarantine released";
            case "replay" -> "Conversions credited over again";
            default -> spoken(action);
        };
    }

    private static String spoken(String word) {
        String words = word.replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /// What was done, in a sentence.
    static String sentence(AuditLog.Entry entry) {
        String note = ended(entry) ? ONCE_BEGAN.matcher(entry.note()).replaceFirst("It had said: ") : entry.note();
        return entry.actor().equals(AuditLog.GUARDRAIL) ? note + "." : who(entry.actor()) + " " + note + ".";
    }

    /// Who it was: the names that stand for nobody in particular in words.
    private static String who(String actor) {
        return switch (actor) {
            case "api" -> "The API (no name given)";
            case "dashboard" -> "Somebody on the dashboard";
            default -> actor;
        };
    }
}
