package dev.bandolier.server.report;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.evaluation.Stratum;
import dev.bandolier.bandits.evaluation.Sums;
import dev.bandolier.bandits.evaluation.Uplift;
import dev.bandolier.server.ledger.Group;
import dev.bandolier.server.ledger.Terms;
import java.time.Instant;
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
        List<String> arms = definition.arms().stream().map(Arm::key).toList();
        return Lot.of(groups.stream().filter(those).toList()).stream()
                .flatMap(lot -> stratum(arms, lot).stream())
                .toList();
    }

    private Optional<Stratum> stratum(List<String> arms, Lot lot) {
        return Optional.ofNullable(terms.get(lot.version()))
                .flatMap(on -> lot.stratum(
                        arms, on.lots(), arm -> on.belief(lot.segment(), arm).orElse(0.0)));
    }

    private Stream<Group> matureDrawn() {
        return groups.stream()
                .filter(group -> !group.holdout() && group.mature().units() > 0);
    }
}
