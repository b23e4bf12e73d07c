package dev.bandolier.bandits.guardrail;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Bounds;
import dev.bandolier.bandits.Contender;
import dev.bandolier.bandits.Thompson;
import dev.bandolier.bandits.guardrail.RatioTest.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// A made-up shop whose traffic follows Thompson sampling, and where no arm does harm: whoever pauses one is wrong.
///
/// Arm 0 is control. Conversions come at once; shares change every 500 visitors, and only then.
///
/// @param margin relative loss that is tolerated
/// @param ratio  what arms convert as often as control, at least 1 - margin of it
/// @param swing  by what share all rates rise and fall together, once in 20,000 visitors
record AdaptiveShop(double margin, double ratio, double swing) {

    static final int VISITORS = 100_000;
    private static final int LOOK = 500;
    private static final int ARMS = 3;
    private static final double BASE = 0.05;
    private static final double ALPHA = 0.05;
    private static final double Z = 1.6448536269514722;
    private static final Bounds FLOOR = Bounds.floor(0.02, ARMS);

    /// Who was paused, though nobody should have been.
    ///
    /// @param any    any arm, by the evidence that two arms need, looked at after every conversion
    /// @param first  arm 1, by the evidence that one arm needs, looked at every 500 visitors
    /// @param zScore arm 1, by a one-sided z-test looked at every 500 visitors
    record Paused(boolean any, boolean first, boolean zScore) {}

    Paused run(long seed) {
        return new Run(new SplittableRandom(seed)).paused();
    }

    private double rate(int visitor) {
        return BASE * (1 + swing * Math.sin(2 * Math.PI * visitor / 20_000));
    }

    private final class Run {

        private final SplittableRandom random;
        private final long[] exposures = new long[ARMS];
        private final long[] conversions = new long[ARMS];
        private final Wealth[] wealth = new Wealth[ARMS];
        private boolean any;
        private boolean first;
        private boolean zScore;

        Run(SplittableRandom random) {
            this.random = random;
            Arrays.fill(wealth, Wealth.START);
        }

        Paused paused() {
            for (int visitor = 0; visitor < VISITORS; visitor += LOOK) {
                serve(rate(visitor), FLOOR.project(new Thompson().allocate(contenders(), visitor)));
                first |= wealth[1].logE() >= Multiplicity.bonferroni(ALPHA, 1);
                zScore |= zScoreIsLow();
            }
            return new Paused(any, first, zScore);
        }

        private void serve(double rate, Allocation shares) {
            RatioTest test = new RatioTest(Side.LOWER, margin);
            double[][] ofArm = new double[ARMS][];
            double[][] ofControl = new double[ARMS][];
            for (int arm = 1; arm < ARMS; arm++) {
                Chance chance = Chance.of(shares.probability(arm), shares.probability(0));
                ofArm[arm] = test.logFactors(true, chance, 1);
                ofControl[arm] = test.logFactors(false, chance, 1);
            }
            for (int visitor = 0; visitor < LOOK; visitor++) {
                int arm = shares.armAt(random.nextDouble());
                exposures[arm]++;
                if (random.nextDouble() < rate * (arm == 0 ? 1 : ratio)) {
                    conversions[arm]++;
                    bet(arm, ofArm, ofControl);
                }
            }
        }

        private void bet(int converted, double[][] ofArm, double[][] ofControl) {
            double needed = Multiplicity.bonferroni(ALPHA, ARMS - 1);
            for (int arm = 1; arm < ARMS; arm++) {
                if (converted == 0 || converted == arm) {
                    wealth[arm] = wealth[arm].plus((converted == 0 ? ofControl : ofArm)[arm], 1);
                    any |= wealth[arm].logE() >= needed;
                }
            }
        }

        private boolean zScoreIsLow() {
            double arm = (double) conversions[1] / exposures[1];
            double control = (double) conversions[0] / exposures[0];
            double kept = 1 - margin;
            double variance = arm * (1 - arm) / exposures[1] + kept * kept * control * (1 - control) / exposures[0];
            return kept * control - arm > Z * Math.sqrt(variance);
        }

        private List<Contender> contenders() {
            List<Contender> contenders = new ArrayList<>();
            for (int arm = 0; arm < ARMS; arm++) {
                double failures = exposures[arm] - conversions[arm];
                BetaPosterior belief = new BetaPosterior(1 + conversions[arm], 19 + failures);
                contenders.add(new Contender(Integer.toString(arm), belief, exposures[arm], conversions[arm]));
            }
            return contenders;
        }
    }
}
