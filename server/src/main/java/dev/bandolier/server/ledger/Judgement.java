package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What changed among the verdicts in force.
///
/// A verdict is the same as long as its kind, what it is about and its time are; its evidence grows with every snapshot.
///
/// @param began verdicts that came into force
/// @param ended verdicts that are no longer in force, as they stood last
public record Judgement(List<Verdict> began, List<Verdict> ended) {

    private record Name(String kind, String about, Instant since) {}

    /// Keeps its own copies.
    public Judgement {
        began = List.copyOf(began);
        ended = List.copyOf(ended);
    }

    /// What changed from one to the next.
    public static Judgement between(Guard before, Guard after) {
        return new Judgement(
                without(after.verdicts(), names(before.verdicts())),
                without(before.verdicts(), names(after.verdicts())));
    }

    /// Whether nothing changed.
    public boolean isEmpty() {
        return began.isEmpty() && ended.isEmpty();
    }

    private static List<Verdict> without(List<Verdict> verdicts, Set<Name> names) {
        return verdicts.stream().filter(each -> !names.contains(name(each))).toList();
    }

    private static Set<Name> names(List<Verdict> verdicts) {
        return verdicts.stream().map(Judgement::name).collect(Collectors.toSet());
    }

    private static Name name(Verdict verdict) {
        String about = switch (verdict) {
            case Verdict.ArmHarmful harmful -> harmful.arm();
            case Verdict.ArmSuspected suspected -> suspected.arm();
            case Verdict.ArmBetter better -> better.arm();
            case Verdict.BudgetSpent spent -> spent.daily() ? "day" : "all";
            case Verdict.HeldBack held -> "";
            case Verdict.SteppedBack stepped -> stepped.arm();
            case Verdict.FeedBroken feed -> feed.inflated() ? "inflation" : "silence";
            case Verdict.RatioBroken ratio -> ratio.arm();
            case Verdict.LeadFragile fragile -> fragile.arm();
            case Verdict.OriginQuarantined origin -> origin.arm() + " " + origin.quarantine();
        };
        return new Name(VerdictJson.kind(verdict), about, verdict.since());
    }
}
