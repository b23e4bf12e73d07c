package dev.bandolier.server.attribute;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.attribution.Earnings;
import dev.bandolier.bandits.attribution.Reward;
import dev.bandolier.server.ledger.ConversionLog.Name;
import dev.bandolier.server.ledger.RewardLog.Credited;
import dev.bandolier.server.ledger.RewardLog.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/// One conversion that is attributed over again: wherever it is on record and still belongs it is settled again, and
/// wherever it no longer belongs it is withdrawn.
///
/// Confined to the thread of the duty.
final class Reattribution {

    private final Accounts accounts;
    private final Name name;
    private final List<Credited> onRecord;
    private final Set<Reward.Account> belongs = new HashSet<>();
    private final int rewards;

    /// A conversion over again.
    ///
    /// @param onRecord wherever it is on record
    Reattribution(Accounts accounts, Name name, List<Credited> onRecord) {
        this.accounts = accounts;
        this.name = name;
        this.onRecord = onRecord;
        this.rewards = accounts.rewards().size();
    }

    /// Settles the conversion again where it belongs, if it is on record there.
    ///
    /// @param covered whether it is under quarantine
    /// @return how it was on record
    Optional<Entry> restore(Experiment experiment, Credited to, Earnings.Credit credit, boolean covered) {
        belongs.add(to.account());
        Optional<Entry> before = accounts.entry(to.account(), name);
        before.ifPresent(entry -> accounts.restore(experiment, to, credit, covered));
        return before;
    }

    /// Whether its origin had too many when the conversion was counted in an experiment, if it was: an order that moves
    /// from one decision to another there is not one more.
    Optional<Boolean> cappedIn(Experiment experiment) {
        return onRecord.stream()
                .filter(each -> each.decision().experiment() == experiment.id()
                        && each.metric().isEmpty())
                .map(each -> accounts.entry(each.account(), name)
                        .orElseThrow()
                        .settling()
                        .capped())
                .reduce(Boolean::logicalAnd);
    }

    /// Withdraws the conversion wherever it was not found to belong; what is on record with an experiment that was deleted
    /// stays as it is, since nobody reads it.
    ///
    /// @param byId experiments by number, null where deleted
    /// @return whether anything came out differently
    boolean withdrawElsewhere(LongFunction<Experiment> byId) {
        for (Credited each : onRecord) {
            Experiment experiment = byId.apply(each.decision().experiment());
            if (experiment != null && !belongs.contains(each.account())) {
                accounts.withdraw(experiment, each, name);
            }
        }
        return accounts.rewards().size() > rewards;
    }
}
