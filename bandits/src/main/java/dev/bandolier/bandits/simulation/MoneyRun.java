package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Contender;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Limits.LiveArm;
import dev.bandolier.bandits.guardrail.Budgeting;
import dev.bandolier.bandits.guardrail.Chance;
import dev.bandolier.bandits.guardrail.Crowd;
import dev.bandolier.bandits.guardrail.Multiplicity;
import dev.bandolier.bandits.guardrail.Outlay;
import dev.bandolier.bandits.guardrail.RatioTest;
import dev.bandolier.bandits.guardrail.Wealth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// One run of [GuardedMoney]: look by look, shares by the policy within the product's limits, what is left of them by
/// the budget, arms by chance, outcomes at once, and the test of harm after each batch. Control is the first arm.
///
/// Confined to the call that made it.
final class MoneyRun {

    private static final RatioTest HARM = new RatioTest(RatioTest.Side.LOWER, 0.05);

    /// Error rate of the test of harm, over all arms.
    private static final double ALPHA = 0.05;

    private final double[] rates;
    private final MoneyRule rule;
    private final BetaPosterior prior;
    private final Limits limits;
    private final RandomGenerator outcomes;
    private final RandomGenerator chance;
    private final long[] exposures;
    private final long[] conversions;
    private final boolean[] paused;
    private final Wealth[] wealth;
    private double loss;
    private double worst;

    MoneyRun(double[] rates, MoneyRule rule, double baseline, long seed) {
        this.rates = rates.clone();
        this.rule = rule;
        prior = BetaPosterior.unitSuccess(baseline);
        limits = Limits.defaults(rates.length, false);
        SplittableRandom root = new SplittableRandom(seed);
        outcomes = root.split();
        chance = root.split();
        exposures = new long[rates.length];
        conversions = new long[rates.length];
        paused = new boolean[rates.length];
        wealth = new Wealth[rates.length];
        Arrays.fill(wealth, Wealth.START);
    }

    /// Plays so many units, with a look every `batch` of them.
    MoneyOutcome play(int units, int batch) {
        for (int done = 0; done < units; done += batch) {
            int next = Math.min(batch, units - done);
            Allocation served = served(next);
            serve(served, next);
        }
        int good = (int) IntStream.range(1, rates.length)
                .filter(arm -> paused[arm] && rates[arm] >= rates[0])
                .count();
        return new MoneyOutcome(
                loss,
                worst,
                (int) IntStream.range(0, paused.length)
                        .filter(arm -> paused[arm])
                        .count(),
                good);
    }

    private Allocation served(int units) {
        Allocation proposed = proposed();
        return rule.allowance()
                .map(allowance -> Budgeting.of(allowance, List.of(new Crowd(outlays(), proposed, units)), 0)
                        .served(0, proposed))
                .orElse(proposed);
    }

    private List<Outlay> outlays() {
        return IntStream.range(0, rates.length)
                .mapToObj(arm -> new Outlay(posterior(arm), (double) exposures[arm], 0))
                .toList();
    }

    private BetaPosterior posterior(int arm) {
        return prior.after((double) conversions[arm], (double) exposures[arm]);
    }

    /// What the policy would serve: equal shares until every live arm is warm, then its own within the limits.
    private Allocation proposed() {
        int[] live =
                IntStream.range(0, rates.length).filter(arm -> !paused[arm]).toArray();
        List<Contender> contenders = new ArrayList<>();
        List<LiveArm> arms = new ArrayList<>();
        boolean warm = true;
        for (int arm : live) {
            contenders.add(new Contender(
                    Integer.toString(arm), posterior(arm), (double) exposures[arm], (double) conversions[arm]));
            arms.add(new LiveArm(arm == 0, false));
            warm &= exposures[arm] >= limits.warmUp();
        }
        Allocation among = warm
                ? limits.bounds(arms)
                        .project(rule.policy()
                                .allocate(contenders, Arrays.stream(exposures).sum()))
                : Allocation.uniform(live.length);
        double[] shares = new double[rates.length];
        for (int i = 0; i < live.length; i++) {
            shares[live[i]] = among.probability(i);
        }
        return Allocation.proportional(shares);
    }

    private void serve(Allocation shares, int units) {
        long[] earned = new long[rates.length];
        for (int unit = 0; unit < units; unit++) {
            int arm = shares.armAt(chance.nextDouble());
            exposures[arm]++;
            earned[arm] += outcomes.nextDouble() < rates[arm] ? 1 : 0;
            loss += rates[0] - rates[arm];
            worst = Math.max(worst, loss);
        }
        for (int arm = 0; arm < earned.length; arm++) {
            conversions[arm] += earned[arm];
            if (rule.pauses() && arm > 0 && !paused[arm] && shares.probability(arm) > 0) {
                test(arm, Chance.of(shares.probability(arm), shares.probability(0)), earned);
            }
        }
    }

    private void test(int arm, Chance drawn, long[] earned) {
        wealth[arm] = wealth[arm]
                .plus(HARM.logFactors(true, drawn, 1), earned[arm])
                .plus(HARM.logFactors(false, drawn, 1), earned[0]);
        paused[arm] = wealth[arm].logE() >= Multiplicity.bonferroni(ALPHA, rates.length - 1);
    }
}
