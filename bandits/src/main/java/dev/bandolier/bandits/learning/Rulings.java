package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The verdicts in force, as they are found one by one: what was in force before stays as it was found, with the
/// evidence of then.
///
/// Confined to the call that made it.
final class Rulings {

    private final List<Verdict> before;
    private final List<Verdict> found = new ArrayList<>();

    /// What was in force before; of this, origins are not for the learner to judge, and stay.
    Rulings(List<Verdict> before) {
        this.before = before;
        before.stream()
                .filter(each -> each instanceof Verdict.LeadFragile || each instanceof Verdict.OriginQuarantined)
                .forEach(found::add);
    }

    /// Puts a verdict into force, or leaves it as it is.
    void rule(Verdict verdict) {
        found.add(
                before.stream().filter(each -> same(each, verdict)).findFirst().orElse(verdict));
    }

    /// The verdict of a kind that was in force before.
    <V extends Verdict> Optional<V> stood(Class<V> kind, Predicate<V> which) {
        return before.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(which)
                .findFirst();
    }

    /// All that is in force now.
    List<Verdict> all() {
        return found;
    }

    /// Whether two verdicts say the same thing, with other numbers.
    private static boolean same(Verdict left, Verdict right) {
        return left.getClass() == right.getClass() && says(left).equals(says(right));
    }

    private static List<Object> says(Verdict verdict) {
        return switch (verdict) {
            case Verdict.ArmHarmful harmful -> List.of(harmful.arm());
            case Verdict.ArmSuspected suspected -> List.of(suspected.arm());
            case Verdict.ArmBetter better -> List.of(better.arm());
            case Verdict.BudgetSpent spent -> List.of(spent.daily(), spent.exhausted());
            case Verdict.HeldBack back -> List.of();
            case Verdict.SteppedBack back -> List.of(back.to());
            case Verdict.FeedBroken broken -> List.of(broken.inflated(), broken.control());
            case Verdict.RatioBroken broken -> List.of(broken.blocked(), broken.control());
            case Verdict.LeadFragile fragile -> List.of(fragile.arm());
            case Verdict.OriginQuarantined quarantined -> List.of(quarantined.quarantine());
        };
    }
}
