package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Thompson;
import dev.bandolier.bandits.Uniform;
import java.util.ArrayList;
import java.util.List;

/// A shop whose arms may do harm: what exploring loses against control, with and without guardrails (`methods.md` 7c).
///
/// 100,000 visitors, of whom 5 % convert where they see control; shares are looked at every 500 of them.
///
/// @param name   short: `M1`
/// @param title  the arms in a few words
/// @param ratios what each arm but control earns, relative to control
public record GuardedMoney(String name, String title, List<Double> ratios) {

    /// Visitors of a run.
    public static final int UNITS = 100_000;

    /// Conversion rate of control, which the prior knows.
    public static final double CONTROL = 0.05;

    /// Visitors between two looks.
    public static final int BATCH = 500;

    /// The certainty with which budgets are held.
    public static final double CERTAINTY = 0.95;

    /// The certainty of a budget that holds the expected loss.
    private static final double EXPECTED = 0.5;

    /// Orders for each arm but control: the least budget that makes sense.
    private static final int ORDERS_MIN = 20;

    /// 1 % of what control would earn, and three times that.
    private static final List<Integer> BUDGETS = List.of(50, 150);

    /// Keeps its own copy.
    public GuardedMoney {
        ratios = List.copyOf(ratios);
    }

    /// All problems.
    public static List<GuardedMoney> all() {
        return List.of(
                new GuardedMoney("M1", "an arm at half of control", List.of(0.5)),
                new GuardedMoney("M2", "an arm at 80 %", List.of(0.8)),
                new GuardedMoney("M3", "an arm at 90 %", List.of(0.9)),
                new GuardedMoney("M4", "arms at 50 %, 70 % and 80 %", List.of(0.5, 0.7, 0.8)),
                new GuardedMoney("M5", "three arms at 90 %", List.of(0.9, 0.9, 0.9)),
                new GuardedMoney("M6", "an arm at half of control, one at 120 %", List.of(0.5, 1.2)));
    }

    /// The budgets that are held, in conversions, ascending.
    public List<Integer> budgets() {
        int least = ORDERS_MIN * ratios.size();
        List<Integer> budgets = new ArrayList<>(List.of(least));
        BUDGETS.stream().filter(budget -> budget > least).forEach(budgets::add);
        return budgets;
    }

    /// Who plays: an A/B test; Thompson sampling without guardrails, and with the pause of harmful arms; with the least
    /// budget alone, and held in expectation only; and with pause and each budget, as the product does.
    public List<MoneyRule> rules() {
        MoneyRule plain = MoneyRule.free("thompson", new Thompson(), false);
        MoneyRule pausing = MoneyRule.free("pause", new Thompson(), true);
        int least = budgets().getFirst();
        List<MoneyRule> rules = new ArrayList<>(List.of(
                MoneyRule.free("ab-test", new Uniform(), false),
                plain,
                pausing,
                plain.within("budget-alone", least, CERTAINTY),
                plain.within("expected-alone", least, EXPECTED)));
        for (int budget : budgets()) {
            rules.add(pausing.within("budget", budget, CERTAINTY));
        }
        return rules;
    }

    /// The run of one seed; the same seed gives the same outcome, on any thread.
    public MoneyOutcome play(MoneyRule rule, long seed) {
        double[] rates = new double[ratios.size() + 1];
        rates[0] = CONTROL;
        for (int arm = 1; arm < rates.length; arm++) {
            rates[arm] = CONTROL * ratios.get(arm - 1);
        }
        return new MoneyRun(rates, rule, CONTROL, seed).play(UNITS, BATCH);
    }
}
