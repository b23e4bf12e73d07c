package dev.bandolier.server.attribute;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.bandits.attribution.Reward;
import dev.bandolier.server.ledger.ConversionLog.Name;
import dev.bandolier.server.ledger.ConversionLog.Outcome;
import dev.bandolier.server.ledger.RewardLog.Credited;
import dev.bandolier.server.ledger.RewardLog.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Batches one after the other, each of which finds on record what those before it have left.
final class History {

    /// What is known while a batch is attributed.
    ///
    /// @param experiments those that count
    /// @param decisions   those that are on record
    /// @param covered     what is under quarantine
    record World(List<Experiment> experiments, List<Decision> decisions, Predicate<Conversion> covered) {

        /// A world in which these experiments have decided for the unit, and nothing is under quarantine.
        static World of(Experiment... experiments) {
            List<Experiment> all = List.of(experiments);
            return new World(
                    all, all.stream().map(each -> Batches.decision(each, 0)).toList(), each -> false);
        }

        /// The same with something under quarantine.
        World covering(Predicate<Conversion> other) {
            return new World(experiments, decisions, other);
        }
    }

    private long originCap;
    private final List<Reward> rewards = new ArrayList<>();
    private final Map<Name, Outcome> outcomes = new LinkedHashMap<>();
    private final Map<Decision.Key, Decision> decisions = new HashMap<>();

    /// Nothing yet.
    ///
    /// @param originCap the most orders that count of one origin, in each batch
    History(long originCap) {
        this.originCap = originCap;
    }

    /// From now on so many orders count of one origin, in each batch.
    void originCap(long cap) {
        originCap = cap;
    }

    /// Attributes conversions that have just arrived.
    History attribute(World world, List<Conversion> conversions) {
        Batch batch = batch(world);
        conversions.forEach(batch::attribute);
        return keep(batch);
    }

    /// Settles conversions again, as a walk of a quarantine does.
    History again(World world, Conversion... conversions) {
        Batch batch = batch(world);
        List.of(conversions).forEach(batch::again);
        return keep(batch);
    }

    /// Attributes conversions over again; how many of them came out differently.
    int over(World world, List<Conversion> conversions) {
        Batch batch = batch(world);
        int changed = 0;
        for (Conversion each : conversions) {
            Name name = new Name(each.source(), each.id());
            boolean earned = batch.over(each);
            changed += earned || batch.outcomes().get(name) != outcomes.get(name) ? 1 : 0;
        }
        keep(batch);
        return changed;
    }

    /// Every reward, in order.
    List<Reward> rewards() {
        return rewards;
    }

    /// What became of each conversion.
    Map<Name, Outcome> outcomes() {
        return outcomes;
    }

    /// What an experiment has earned of a metric; absent: of its objective.
    Tally total(Experiment experiment, Optional<String> metric) {
        return Batches.sum(rewards.stream()
                .filter(each -> each.account().decision().experiment() == experiment.id())
                .filter(each -> each.account().metric().equals(metric)));
    }

    /// What each account has earned and in which bins its unit counts as converted, where that is anything.
    Map<Reward.Account, String> totals() {
        Map<Reward.Account, String> totals = new HashMap<>();
        rewards.stream().collect(Collectors.groupingBy(Reward::account)).forEach((account, all) -> {
            Map<Integer, Integer> bins = new HashMap<>();
            all.forEach(each -> {
                each.delayTo().ifPresent(bin -> bins.merge(bin, 1, Integer::sum));
                each.delayFrom().ifPresent(bin -> bins.merge(bin, -1, Integer::sum));
            });
            bins.values().removeIf(units -> units == 0);
            Tally sum = Batches.sum(all.stream());
            if (!sum.equals(Tally.ZERO) || !bins.isEmpty()) {
                totals.put(account, sum + " " + bins);
            }
        });
        return totals;
    }

    private History keep(Batch batch) {
        rewards.addAll(batch.rewards());
        outcomes.putAll(batch.outcomes());
        return this;
    }

    private Batch batch(World world) {
        world.decisions().forEach(each -> decisions.put(each.key(), each));
        Map<Reward.Account, Map<Name, Entry>> accounts = new LinkedHashMap<>();
        for (Reward each : rewards) {
            accounts.computeIfAbsent(each.account(), first -> new LinkedHashMap<>())
                    .put(name(each), new Entry(each.credit(), each.settling()));
        }
        Map<Name, List<Credited>> onRecord = new HashMap<>();
        Map<Name, List<Credited>> credited = new HashMap<>();
        accounts.forEach((account, entries) -> entries.forEach((name, entry) -> {
            Credited place = new Credited(decisions.get(account.decision()), account.metric());
            onRecord.computeIfAbsent(name, first -> new ArrayList<>()).add(place);
            if (entry.credit().reverses().isEmpty()
                    && !entry.settling().capped()
                    && !entry.settling().withdrawn()) {
                credited.computeIfAbsent(name, first -> new ArrayList<>()).add(place);
            }
        }));
        return new Batch(
                new Batch.Read(
                        metric -> world.experiments().stream()
                                .filter(each -> each.definition().credits(metric))
                                .toList(),
                        world.experiments().stream().collect(Collectors.toMap(Experiment::id, Function.identity()))
                                ::get,
                        Map.of(Batches.UNIT, world.decisions()),
                        Map.of(),
                        credited,
                        outcomes.keySet().stream()
                                .filter(each -> outcomes.get(each) != Outcome.WAITING)
                                .collect(Collectors.toSet()),
                        onRecord,
                        accounts.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        each -> List.copyOf(each.getValue().values()))),
                        world.covered()),
                new OriginCounts(Map.of(), (experiment, day) -> originCap),
                Duration.ofMinutes(10),
                100);
    }

    private static Name name(Reward reward) {
        return new Name(reward.credit().source(), reward.credit().id());
    }
}
