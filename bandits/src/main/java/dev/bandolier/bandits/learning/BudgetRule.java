package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.guardrail.Allowance;
import dev.bandolier.bandits.guardrail.Budgeting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What the budget leaves of exploring (`methods.md` 7c).
final class BudgetRule {

    /// The rate below which a throttle is worth a verdict; it is over when nothing is held back.
    private static final double RATE_WORTH_TELLING = 0.95;

    /// How long a verdict stays at least: what is expected to be lost changes with every conversion.
    private static final Duration TOLD_FOR = Duration.ofMinutes(10);

    private BudgetRule() {}

    /// Applies it; what is spent.
    static Guard.Spending apply(
            Guardrails.Budget budget,
            Definition definition,
            Counters counters,
            Outlook outlook,
            Rulings rulings,
            Restraint restraint,
            Instant now) {
        int control = definition.controlIndex();
        Posterior ours = outlook.arms().get(control).belief().posterior();
        // Who names no amount agrees to a part of four weeks' earnings, again and again: arms at their floor cost a
        // little
        // for ever, and an arm that is added after a year is to have its chance.
        boolean renewed = budget.total().isEmpty();
        Instant from = renewed ? now.minus(Allowance.HORIZON) : Instant.MIN;
        Traffic traffic = Traffic.of(counters, now);
        boolean old = traffic.running().compareTo(Allowance.HORIZON) > 0;
        Duration running = renewed && old ? Allowance.HORIZON : traffic.running();
        Exposures counted = Exposures.between(counters, from, Instant.MAX);
        Exposures today = Exposures.between(counters, now.truncatedTo(ChronoUnit.DAYS), Instant.MAX);
        Crowds crowds = Crowds.of(outlook, counted, today, traffic.next());
        Allowance allowance = Allowance.of(
                budget, definition.objective().kind(), ours, outlook.arms().size(), (double) counted.drawn(), running);
        Budgeting budgeting = Budgeting.of(allowance, crowds.crowds(), control);
        restraint.then((segment, wanted) -> budgeting.served(crowds.number(segment), wanted));
        Guard.Spending spending = budgeting.spending(
                Earned.of(definition, outlook.arms(), counters).ceiling());
        Optional<Verdict.BudgetSpent> stood = rulings.stood(Verdict.BudgetSpent.class, each -> true);
        boolean recent =
                stood.filter(each -> now.isBefore(each.since().plus(TOLD_FOR))).isPresent();
        if (budgeting.rate() < (stood.isPresent() ? 1 : RATE_WORTH_TELLING) || recent) {
            boolean daily = recent ? stood.get().daily() : budgeting.daily();
            rulings.rule(new Verdict.BudgetSpent(
                    daily ? spending.today() : spending.held(),
                    daily ? spending.daily().orElse(spending.allowed()) : spending.allowed(),
                    daily,
                    budgeting.rate(),
                    // It is told once: what is left goes up and down with every belief.
                    budgeting.exhausted()
                            || stood.filter(each -> each.daily() == daily && each.exhausted())
                                    .isPresent(),
                    now));
        }
        return spending;
    }
}
