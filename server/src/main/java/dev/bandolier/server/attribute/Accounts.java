package dev.bandolier.server.attribute;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Crediting;
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
import java.util.Comparator;
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

    /// The most later credits that are taken back and counted again for one that is settled anew: a unit with more is a
    /// machine, and each costs two rewards.
    private static final int LATER_MAX = 50;

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

    /// How many conversions are on record with an account, those included that weigh nothing, and those left out that a
    /// replay withdrew.
    int size(Reward.Account account) {
        return (int) of(account).values().stream()
                .filter(each -> !each.settling().withdrawn())
                .count();
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
        Entry entry = new Entry(credit, settling);
        if (settling.number() == 0) {
            record(experiment, to, entry);
        } else {
            inTurn(experiment, to, entry);
        }
    }

    /// Settles a conversion again that is on record: takes it back, or counts it again, unless it stands so already. What
    /// guardrails count of the reversals of an order stands and falls with it. What was withdrawn stays so.
    ///
    /// @param covered whether it is under quarantine
    void settle(Experiment experiment, Credited to, Name name, boolean covered) {
        Entry entry = entry(to.account(), name).orElseThrow();
        Settling settling = entry.settling();
        boolean nowVoided = settling.withdrawn() || weighsNothing(settling, to, name, covered);
        if (settling.voided() != nowVoided) {
            change(experiment, to, new Entry(entry.credit(), settling.again(nowVoided)));
        }
    }

    /// Settles a conversion again that is on record, and belongs there, as what it is by now; unless it stands so already.
    ///
    /// @param covered whether it is under quarantine
    void restore(Experiment experiment, Credited to, Earnings.Credit credit, boolean covered) {
        Name name = new Name(credit.source(), credit.id());
        Entry entry = entry(to.account(), name).orElseThrow();
        Settling settling = entry.settling();
        boolean nowVoided = weighsNothing(settling, to, name, covered);
        Entry now = new Entry(credit, settling.restore(nowVoided));
        boolean stands = !settling.withdrawn() && settling.voided() == nowVoided;
        if (!stands || !entry.credit().equals(credit)) {
            change(experiment, to, now);
        }
    }

    /// Takes back a conversion that is on record, and does not belong there; unless that was done already.
    void withdraw(Experiment experiment, Credited to, Name name) {
        Entry entry = entry(to.account(), name).orElseThrow();
        if (!entry.settling().withdrawn()) {
            change(experiment, to, new Entry(entry.credit(), entry.settling().withdraw()));
        }
    }

    private boolean weighsNothing(Settling settling, Credited to, Name name, boolean covered) {
        return settling.capped() || covered || reversesWhatIsVoid(to, name);
    }

    private void change(Experiment experiment, Credited to, Entry now) {
        inTurn(experiment, to, now);
        if (to.metric().isEmpty()) {
            settleReversals(experiment, to, now.credit());
        }
    }

    /// Records a credit as if it had been settled so in its turn: those that arrived later are taken back before, and
    /// counted again after. So the rewards of an account up to any time of arrival add up to what was known by then, which
    /// is what closed windows are read from.
    private void inTurn(Experiment experiment, Credited to, Entry now) {
        List<Entry> later = of(to.account()).values().stream()
                .filter(each -> !each.settling().voided()
                        && each.credit().receivedAt().isAfter(now.credit().receivedAt()))
                .sorted(Comparator.comparing(each -> each.credit().receivedAt()))
                .toList();
        if (later.size() > LATER_MAX) {
            record(experiment, to, now);
            return;
        }
        later.reversed()
                .forEach(each -> record(
                        experiment, to, new Entry(each.credit(), each.settling().again(true))));
        record(experiment, to, now);
        later.forEach(each -> record(
                experiment,
                to,
                new Entry(each.credit(), each.settling().again(true).again(false))));
    }

    private void record(Experiment experiment, Credited to, Entry now) {
        Earnings before = earnings(to.account());
        put(to.account(), now);
        rewards.add(reward(experiment, to, now.credit(), before, earnings(to.account()), now.settling()));
    }

    /// Whether an event of a guarded metric is the reversal of an order that weighs nothing: then it did not happen. What
    /// takes back an order that was withdrawn belongs elsewhere, or is withdrawn itself.
    boolean reversesWhatIsVoid(Credited to, Name name) {
        if (to.metric().isEmpty()) {
            return false;
        }
        Reward.Account objective = new Reward.Account(to.decision().key(), Optional.empty());
        return entry(objective, name)
                .flatMap(reversal -> reversed(objective, reversal.credit()))
                .filter(order -> order.settling().voided() && !order.settling().withdrawn())
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
                    // A reversal itself weighs nothing for two reasons: it is under quarantine, or it is withdrawn, and
                    // its event with it.
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
        Crediting.Orders orders = objective.crediting().orders();
        long cap = objective.cap().orElse(Long.MAX_VALUE);
        return new Reward(
                to.account(),
                credit,
                cell,
                after.tally(orders, cap).minus(before.tally(orders, cap)),
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
