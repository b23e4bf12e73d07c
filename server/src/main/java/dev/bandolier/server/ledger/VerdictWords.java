package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.server.wire.Money;
import java.util.Locale;

/// Verdicts on one experiment in words that its owner understands, who knows visitors and orders and no statistics.
public final class VerdictWords {

    /// Verdict.Evidence of more than this is called just that.
    private static final double TOLD_MAX = 1e6;

    private final Definition definition;
    private final Objective objective;
    private final String units;

    /// The words for this experiment.
    public VerdictWords(Definition definition) {
        this.definition = definition;
        this.objective = definition.objective();
        this.units = UnitWords.of(definition).many();
    }

    /// What follows from a verdict, in a few words.
    public String action(Verdict verdict) {
        return switch (verdict) {
            case Verdict.ArmHarmful harmful -> "the arm is paused";
            case Verdict.ArmSuspected suspected -> "the arm keeps its least share until this is settled";
            case Verdict.ArmBetter better -> "none; it is for you to decide";
            case Verdict.BudgetSpent spent ->
                spent.exhausted() ? "control, and arms that are probably better" : slowed(spent.rate());
            case Verdict.HeldBack held -> slowed(held.rate());
            case Verdict.SteppedBack stepped -> "all arms but control share at most " + percent(stepped.to());
            case Verdict.FeedBroken feed -> frozen(feed.control());
            case Verdict.RatioBroken ratio -> ratio.blocked() ? frozen(ratio.control()) : "none; this is a warning";
            case Verdict.LeadFragile fragile -> "the arm gets no more traffic than it has";
            case Verdict.OriginQuarantined origin -> "its conversions no longer count";
        };
    }

    /// What was found, and what follows, in one sentence.
    public String note(Verdict verdict) {
        return switch (verdict) {
            case Verdict.ArmHarmful(String arm, Verdict.Evidence seen, var since) ->
                "'" + arm + "' was paused after " + number(seen.ofArm().exposures()) + " " + units + ": " + found(seen)
                        + weighed(seen);
            case Verdict.ArmSuspected(String arm, Verdict.Evidence seen, var since) ->
                "'" + arm + "' looks worse than control after "
                        + number(seen.ofArm().exposures()) + " " + units + ": " + found(seen)
                        + weighed(seen) + "; it keeps its least share until this is settled";
            case Verdict.ArmBetter(String arm, Verdict.Evidence seen, var since) ->
                "'" + arm + "' is better than control after "
                        + number(seen.ofArm().exposures()) + " " + units + ": " + found(seen) + weighed(seen);
            case Verdict.BudgetSpent spent -> spent(spent);
            case Verdict.HeldBack held ->
                "The arms have not yet proven that they are safe to serve"
                        + definition.guardrails().strict().stream()
                                .mapToObj(loss -> " within a loss of " + percent(loss))
                                .findFirst()
                                .orElse("")
                        + ": " + slowed(held.rate());
            case Verdict.SteppedBack stepped ->
                "The ramp went back from " + percent(stepped.from()) + " to " + percent(stepped.to())
                        + " for all arms but control, because '" + stepped.arm() + "' looks worse: "
                        + found(stepped.evidence()) + weighed(stepped.evidence());
            case Verdict.FeedBroken feed -> feed(feed);
            case Verdict.RatioBroken ratio ->
                "'" + ratio.arm() + "' was counted for " + number(ratio.observed()) + " " + units
                        + " where its shares make " + number(Math.round(ratio.expected()))
                        + ", so some are lost or counted twice: "
                        + (ratio.blocked() ? frozen(ratio.control()) : "nothing follows yet");
            case Verdict.LeadFragile lead ->
                "'" + lead.arm() + "' leads because of "
                        + (lead.origins() == 1 ? "one origin" : number(lead.origins()) + " origins")
                        + ": without " + (lead.origins() == 1 ? "it" : "them")
                        + " it is the best with a probability of "
                        + percent(lead.without()) + " instead of " + percent(lead.best())
                        + "; it gets no more traffic than it has";
            case Verdict.OriginQuarantined origin ->
                "One origin reported " + number(origin.reported()) + " of the " + number(origin.all())
                        + " conversions of '" + origin.arm() + "', but " + percent(origin.share())
                        + " of those of all arms: what it reported was taken back (quarantine " + origin.quarantine()
                        + ")";
        };
    }

    private String spent(Verdict.BudgetSpent spent) {
        return "Exploring has lost " + lost(spent)
                + (spent.daily() ? " agreed to for a day" : " agreed to") + worth(spent) + ": "
                + (spent.exhausted()
                        ? "everybody gets control, or an arm that is probably better"
                        : slowed(spent.rate()));
    }

    private String lost(Verdict.BudgetSpent spent) {
        return switch (objective.kind()) {
            case REVENUE -> money(Math.round(spent.spent())) + " of the " + money(Math.round(spent.allowed()));
            case CONVERSION, COUNT ->
                String.format(Locale.ROOT, "%,.1f of the %,.1f conversions", spent.spent(), spent.allowed());
        };
    }

    /// The same in money, where that is what the owner agreed to and conversions are what is counted.
    private String worth(Verdict.BudgetSpent spent) {
        return definition
                .guardrails()
                .budget()
                .map(Guardrails.Budget::worth)
                .filter(each -> each.isPresent() && objective.currency().isPresent())
                .map(each -> " (" + money(Math.round(spent.spent() * each.getAsLong())) + " of "
                        + money(Math.round(spent.allowed() * each.getAsLong())) + ")")
                .orElse("");
    }

    private String money(long minorUnits) {
        String currency = objective.currency().orElseThrow();
        return Money.text(minorUnits, currency) + " " + currency;
    }

    private static String feed(Verdict.FeedBroken feed) {
        String expected = number(Math.round(feed.expected()));
        return feed.inflated()
                ? number(feed.observed()) + " conversions came in where at most " + expected + " were expected, so some"
                        + " may be sent twice: " + frozen(feed.control())
                : number(feed.observed()) + " conversions came in where at least " + expected + " were expected, so"
                        + " the rest may be lost on the way: " + frozen(feed.control());
    }

    private static String frozen(boolean control) {
        return control ? "learning is frozen, and everybody gets control" : "learning is frozen, and shares stay";
    }

    private static String slowed(double rate) {
        return percent(rate) + " of exploring goes on, the rest gets control";
    }

    /// What the arm and control came to.
    private String found(Verdict.Evidence seen) {
        Verdict.Sample arm = seen.ofArm();
        Verdict.Sample control = seen.ofControl();
        String others = " of " + number(control.exposures()) + " did with control";
        if (EvidenceJson.isWorth(seen, objective)) {
            return "they spent " + money(arm.value()) + ", where " + number(control.exposures())
                    + " with control spent " + money(control.value());
        }
        if (seen.metric().equals(objective.metric())) {
            return number(arm.conversions()) + " of them converted, where " + number(control.conversions()) + others;
        }
        return number(arm.conversions()) + " of them had a '" + seen.metric() + "'" + wanted(seen.metric()) + ", where "
                + number(control.conversions()) + others;
    }

    /// Which is better, where that does not go without saying.
    private String wanted(String metric) {
        return definition.guardrails().metrics().stream()
                .filter(each -> each.metric().equals(metric))
                .map(Guardrails.Metric::direction)
                .map(each -> each == Guardrails.Direction.LOWER ? " (the fewer the better)" : " (the more the better)")
                .findFirst()
                .orElse("");
    }

    private static String weighed(Verdict.Evidence seen) {
        return " (evidence " + evidence(seen.logE()) + ", needed " + evidence(seen.logMost()) + ")";
    }

    private static String evidence(double log) {
        double e = EvidenceJson.plain(log);
        if (e > TOLD_MAX) {
            return "more than a million";
        }
        return e < 10 ? String.format(Locale.ROOT, "%.1f", e) : number(Math.round(e));
    }

    private static String percent(double share) {
        return share > 0 && share < 0.01
                ? String.format(Locale.ROOT, "%.2f%%", share * 100)
                : Math.round(share * 100) + "%";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
