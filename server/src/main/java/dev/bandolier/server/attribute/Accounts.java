package dev.bandolier.server.attribute;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.DelayBins;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.attribution.Earnings;
import dev.bandolier.bandits.attribution.Reward;
import dev.bandolier.bandits.attribution.Reward.Settling;
import dev.bandolier.server.ledger.ConversionLog.Name;
import dev.bandolier.server.ledger.RewardLog.Credited;
import dev.bandolier.server.ledger.RewardLog.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The accounts of the decisions of a batch: what is on record with each, and the rewards that changed them.
///
/// What an account comes to is a function of the set of its credits, so whatever is taken back and counted again leaves
/// it as it was, to the last digit.
///
/// Confined to the thread of the duty.
final class Accounts {

    private final Map<Reward.Account, Map<Name, Entry>> entries = new HashMap<>();
    private final Map<Duration, DelayBins> grids = new HashMap<>();
    private final List<Reward> rewards = new ArrayList<>();

    /// The accounts as they were read.
    Accounts(Map<Reward.Account, List<Entry>> read) {
        read.forEach((account, all) -> all.forEach(each -> put(account, each)));
    }

    /// The rewards so far, in order.
    List<Reward> rewards() {
        return rewards;
    }

    /// How many conversions are on record with an account, those included that weigh nothing.
    int size(Reward.Account account) {
        return of(account).size();
    }

    /// The record of a conversion.
    Optional<Entry> entry(Reward.Account account, Name name) {
        return Optional.ofNullable(of(account).get(name));
    }

    /// The order that a conversion takes back, where it is on record.
    Optional<Entry> reversed(Reward.Account account, Earnings.Credit credit) {
        return credit.reverses().flatMap(order -> entry(account, new Name(credit.source(), order)));
    }

    /// Enters a conversion; of what weighs nothing the reward is zero.
    void enter(Experiment experiment, Credited to, Earnings.Credit credit, Settling settling) {
        Earnings before = earnings(to.account());
        put(to.account(), new Entry(credit, settling));
        Earnings after = settling.voided() ? before : before.plus(credit);
        rewards.add(reward(experiment, to, credit, before, after, settling));
    }

    /// Settles a conversion again that is on record: takes it back, or counts it again, unless it stands so already. What
    /// guardrails count of the reversals of an order stands and falls with it.
    ///
    /// @param covered whether it is under quarantine
    void settle(Experiment experiment, Credited to, Name name, boolean covered) {
        Entry entry = entry(to.account(), name).orElseThrow();
        Settling settling = entry.settling();
        boolean nowVoided = settling.capped() || covered || reversesWhatIsVoid(to, name);
        if (settling.voided() == nowVoided) {
            return;
        }
        Earnings before = earnings(to.account());
        Earnings after = nowVoided ? before.minus(entry.credit()) : before.plus(entry.credit());
        Settling again = settling.again(nowVoided);
        put(to.account(), new Entry(entry.credit(), again));
        rewards.add(reward(experiment, to, entry.credit(), before, after, again));
        if (to.metric().isEmpty()) {
            settleReversals(experiment, to, entry.credit());
        }
    }

    /// Whether an event of a guarded metric is the reversal of an order that weighs nothing: then it did not happen.
    boolean reversesWhatIsVoid(Credited to, Name name) {
        if (to.metric().isEmpty()) {
            return false;
        }
        Reward.Account objective = new Reward.Account(to.decision().key(), Optional.empty());
        return entry(objective, name)
                .flatMap(reversal -> reversed(objective, reversal.credit()))
                .filter(order -> order.settling().voided())
                .isPresent();
    }

    private void settleReversals(Experiment experiment, Credited of, Earnings.Credit order) {
        for (Entry each : of(of.account()).values()) {
            Earnings.Credit reversal = each.credit();
            if (!reversal.source().equals(order.source())
                    || !reversal.reverses().equals(Optional.of(order.id()))) {
                continue;
            }
            Name name = new Name(reversal.source(), reversal.id());
            for (Guardrails.Metric metric : experiment.definition().guardrails().metrics()) {
                Credited event = new Credited(of.decision(), Optional.of(metric.metric()));
                if (entry(event.account(), name).isPresent()) {
                    // A reversal itself weighs nothing for one reason alone: it is under quarantine.
                    settle(experiment, event, name, each.settling().voided());
                }
            }
        }
    }

    private Map<Name, Entry> of(Reward.Account account) {
        return entries.getOrDefault(account, Map.of());
    }

    private void put(Reward.Account account, Entry entry) {
        Name name = new Name(entry.credit().source(), entry.credit().id());
        entries.computeIfAbsent(account, none -> new LinkedHashMap<>()).put(name, entry);
    }

    private Earnings earnings(Reward.Account account) {
        return new Earnings(of(account).values().stream()
                .filter(each -> !each.settling().voided())
                .map(Entry::credit)
                .toList());
    }

    private Reward reward(
            Experiment experiment,
            Credited to,
            Earnings.Credit credit,
            Earnings before,
            Earnings after,
            Settling settling) {
        Decision decision = to.decision();
        Counters.Cell cell = new Counters.Cell(
                decision.segment(),
                decision.version(),
                decision.arm(),
                decision.holdout(),
                experiment.bucketOf(decision.at()));
        if (to.metric().isPresent()) {
            // Nobody learns how long these take, or what they are worth.
            Tally change = after.counted().minus(before.counted());
            return new Reward(to.account(), credit, cell, change, OptionalInt.empty(), OptionalInt.empty(), settling);
        }
        Objective objective = experiment.definition().objective();
        long cap = objective.cap().orElse(Long.MAX_VALUE);
        return new Reward(
                to.account(),
                credit,
                cell,
                after.tally(cap).minus(before.tally(cap)),
                delay(before, decision, objective),
                delay(after, decision, objective),
                settling);
    }

    /// The bin of the time until it was heard that the unit converted: its arrival counts, and not when it happened,
    /// because the learner needs to know what it has not heard of yet.
    private OptionalInt delay(Earnings earnings, Decision decision, Objective objective) {
        Optional<Instant> heard = earnings.heardAt();
        if (heard.isEmpty()) {
            return OptionalInt.empty();
        }
        DelayBins grid = grids.computeIfAbsent(objective.window(), DelayBins::of);
        return OptionalInt.of(grid.binOf(Duration.between(decision.at(), heard.get())));
    }
}
