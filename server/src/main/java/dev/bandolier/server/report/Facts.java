package dev.bandolier.server.report;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.evaluation.Stratum;
import dev.bandolier.bandits.evaluation.Sums;
import dev.bandolier.bandits.evaluation.Uplift;
import dev.bandolier.server.ledger.Group;
import dev.bandolier.server.ledger.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What a report is made from beside the standing: what units earned that were drawn alike, and on what terms.
///
/// @param mature the units of exposure buckets that start before this have had their whole window
/// @param groups units that were drawn alike and got the same arm
/// @param terms  what they were drawn from, by version; those that are not on record are missing
/// @param days   days on which units were drawn
record Facts(Instant mature, List<Group> groups, Map<Long, Terms> terms, List<Group.Day> days) {

    /// What units must have in common to have been drawn with the same probabilities.
    private record Draw(String segment, long version, Optional<String> eligible) {}

    /// Mature units of the holdout and those that were drawn, by the share that was held out when they came: where it
    /// changed, the two groups are of other times. Those of times without a holdout are left out, and those of a version
    /// that is not on record.
    List<Uplift.Split> splits() {
        Map<Double, Uplift.Split> splits = new TreeMap<>();
        for (Group group : groups) {
            double share = Optional.ofNullable(terms.get(group.version()))
                    .map(on -> on.lots().holdout())
                    .orElse(0.0);
            if (share > 0 && group.mature().units() > 0) {
                Uplift.Split split = group.holdout()
                        ? new Uplift.Split(Sums.NONE, group.mature())
                        : new Uplift.Split(group.mature(), Sums.NONE);
                splits.merge(share, split, Uplift.Split::plus);
            }
        }
        return List.copyOf(splits.values());
    }

    /// Mature units of these groups.
    Sums matureOf(Predicate<Group> those) {
        return groups.stream().filter(those).map(Group::mature).reduce(Sums.NONE, Sums::plus);
    }

    /// Versions that mature units were drawn from.
    long versions() {
        return matureDrawn().map(Group::version).distinct().count();
    }

    /// Strata of the mature units that were drawn, those of the holdout left out. A stratum whose terms are not on record,
    /// or whose units could not have been drawn on them, is left out: nothing follows from it.
    ///
    /// @param those groups that count
    List<Stratum> strata(Definition definition, Predicate<Group> those) {
        Map<Draw, Map<String, Sums>> draws = new HashMap<>();
        matureDrawn()
                .filter(those)
                .forEach(group -> draws.computeIfAbsent(
                                new Draw(group.segment(), group.version(), group.eligible()), draw -> new HashMap<>())
                        .merge(group.arm(), group.mature(), Sums::plus));
        List<String> arms = definition.arms().stream().map(each -> each.key()).toList();
        List<Stratum> strata = new ArrayList<>();
        draws.forEach((draw, earned) -> Optional.ofNullable(terms.get(draw.version()))
                .flatMap(on -> stratum(arms, draw, on, earned))
                .ifPresent(strata::add));
        return strata;
    }

    private Stream<Group> matureDrawn() {
        return groups.stream()
                .filter(group -> !group.holdout() && group.mature().units() > 0);
    }

    private static Optional<Stratum> stratum(List<String> arms, Draw draw, Terms terms, Map<String, Sums> earned) {
        Map<String, Double> chances = terms.lots().chances(draw.segment(), draw.eligible());
        boolean drawable = earned.keySet().stream().allMatch(arm -> chances.getOrDefault(arm, 0.0) > 0);
        if (!drawable) {
            return Optional.empty();
        }
        List<Stratum.Drawn> drawn = new ArrayList<>();
        for (String arm : arms) {
            drawn.add(new Stratum.Drawn(
                    // The sum that a share was divided by may be rounded to less than it.
                    Math.min(1, chances.getOrDefault(arm, 0.0)),
                    terms.belief(draw.segment(), arm).orElse(0.0),
                    earned.getOrDefault(arm, Sums.NONE)));
        }
        return Optional.of(new Stratum(drawn));
    }
}
