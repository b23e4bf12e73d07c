package dev.bandolier.server.report;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.Segments;
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
import java.util.Optional;

/// What to do with an experiment, in a word, in a sentence, and why (`methods.md` 8).
final class Advice {

    private static final double DAY_SECONDS = Duration.ofDays(1).toSeconds();

    /// The part of all units from which a segment without shares of its own is waited for: of fewer too little may be
    /// known for ever, and little is lost by that.
    private static final double WAITED_FOR = 0.05;

    /// Advice for the units of a segment, or for all.
    ///
    /// @param segment the segment that they come from; empty for those of none of the declared ones
    /// @param waited  whether an experiment has not said what it can say before this has
    /// @param rule    what the rule says
    /// @param leader  key of the arm that is most probably the best for them, if two are live
    record Part(Optional<String> segment, boolean waited, StopRule.Advice rule, Optional<String> leader) {

        StopRule.Kind kind() {
            return rule.kind();
        }

        List<Check> open() {
            return rule.checks().stream().filter(check -> !check.met()).toList();
        }
    }

    private final Experiment experiment;
    private final Snapshot standing;
    private final AdviceWords words;
    private final double elapsed;
    private final int weeks;

    private Advice(Experiment experiment, Snapshot standing, List<Group.Day> days) {
        this.experiment = experiment;
        this.standing = standing;
        words = new AdviceWords(
                UnitWords.of(experiment.definition()),
                experiment.state() == Experiment.State.ENDED,
                Snapshot.exposures(standing.arms()) == 0);
        elapsed = elapsed(days, experiment.bucketWidth(), standing.at());
        weeks = StopRule.weeksSeen(days.stream().map(Group.Day::date).toList());
    }

    /// The JSON of it. Where a segment has shares of its own, what suits one may harm another: each is advised by itself,
    /// and the experiment has said what it can say when all of them have that are worth waiting for.
    ///
    /// @param days days on which units were drawn
    static JsonObject json(Experiment experiment, Snapshot standing, List<Group.Day> days) {
        return new Advice(experiment, standing, days).json();
    }

    private JsonObject json() {
        List<Part> all = parts();
        List<Part> parts = all.stream().filter(Part::waited).toList();
        StopRule.Kind kind = kind(parts);
        Optional<String> arm = arm(parts, kind);
        JsonArray checks = new JsonArray();
        worst(parts).forEach(check -> checks.add(json(check)));
        JsonObject json = new JsonObject()
                .put("kind", word(kind))
                .put("arm", arm.orElse(null))
                .put("sentence", words.sentence(parts, kind, arm))
                .put("checks", checks);
        return all.size() == 1 ? json : json.put("segments", segments(all));
    }

    private JsonArray segments(List<Part> parts) {
        JsonArray segments = new JsonArray();
        for (Part part : parts) {
            JsonArray checks = new JsonArray();
            part.rule().checks().forEach(check -> checks.add(json(check)));
            List<Part> alone = List.of(part);
            segments.add(new JsonObject()
                    .put("segment", part.segment().orElse(null))
                    .put("kind", word(part.kind()))
                    .put("arm", arm(alone, part.kind()).orElse(null))
                    .put("sentence", words.sentence(alone, part.kind(), arm(alone, part.kind())))
                    .put("checks", checks));
        }
        return segments;
    }

    /// All units, or segment by segment if one has shares of its own.
    private List<Part> parts() {
        double all = Snapshot.exposures(standing.arms());
        List<Part> parts = new ArrayList<>();
        if (standing.segments().stream().anyMatch(Snapshot.SegmentView::own)) {
            for (Snapshot.SegmentView segment : standing.segments()) {
                long units = Snapshot.exposures(segment.arms());
                if (units > 0) {
                    Optional<String> name = Optional.of(segment.segment()).filter(each -> !each.equals(Segments.OTHER));
                    parts.add(part(name, segment.own() || units >= WAITED_FOR * all, segment.arms()));
                }
            }
        }
        return parts.isEmpty() ? List.of(part(Optional.empty(), true, standing.arms())) : parts;
    }

    private Part part(Optional<String> segment, boolean waited, List<Snapshot.ArmView> views) {
        Definition definition = experiment.definition();
        List<String> arms = new ArrayList<>();
        List<Posterior> live = new ArrayList<>();
        Optional<Posterior> control = Optional.empty();
        for (Snapshot.ArmView view : views) {
            int index = definition.indexOf(view.arm());
            if (index == definition.controlIndex()) {
                control = Optional.of(view.belief().posterior());
            }
            if (definition.arms().get(index).live()) {
                arms.add(view.arm());
                live.add(view.belief().posterior());
            }
        }
        StopRule.Advice rule = StopRule.DEFAULT.advise(control.orElseThrow(), live, elapsed, weeks);
        return new Part(
                segment,
                waited,
                rule,
                rule.leader().stream().mapToObj(arms::get).findFirst());
    }

    private static StopRule.Kind kind(List<Part> parts) {
        List<StopRule.Kind> kinds = parts.stream().map(Part::kind).distinct().toList();
        // Which arms are live is the same for all.
        return kinds.size() == 1
                ? kinds.getFirst()
                : kinds.contains(StopRule.Kind.KEEP_GOING) ? StopRule.Kind.KEEP_GOING : StopRule.Kind.STOP;
    }

    /// The arm that is the one for all, if there is one. Whom any arm suits, it suits too.
    private Optional<String> arm(List<Part> parts, StopRule.Kind kind) {
        if (Snapshot.exposures(standing.arms()) == 0) {
            return Optional.empty();
        }
        List<String> arms = parts.stream()
                .filter(part -> part.kind() == kind || part.kind() != StopRule.Kind.NO_DIFFERENCE)
                .flatMap(part -> part.leader().stream())
                .distinct()
                .toList();
        return arms.size() == 1 ? Optional.of(arms.getFirst()) : Optional.empty();
    }

    /// How each condition stands where it stands worst.
    private List<Check> worst(List<Part> parts) {
        List<Check> worst = new ArrayList<>(parts.getFirst().rule().checks());
        for (int i = 0; i < worst.size(); i++) {
            for (Part part : parts) {
                Check check = part.rule().checks().get(i);
                boolean less = check.condition() == StopRule.Condition.REMAINING
                        || check.condition() == StopRule.Condition.EXPECTED_LOSS;
                if (less && check.value() > worst.get(i).value()) {
                    worst.set(i, check);
                }
            }
        }
        return worst;
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
}
