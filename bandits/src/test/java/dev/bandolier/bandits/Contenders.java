package dev.bandolier.bandits;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Arms for policies to choose from, named by their position.
final class Contenders {

    /// What every belief starts from, so that counts and posteriors agree.
    private static final BetaPosterior PRIOR = BetaPosterior.unitSuccess(0.05);

    private Contenders() {}

    /// Arms of which these beliefs are known, and no counts.
    static List<Contender> believed(List<? extends Posterior> posteriors) {
        List<Contender> contenders = new ArrayList<>();
        for (Posterior posterior : posteriors) {
            contenders.add(new Contender(name(contenders.size()), posterior, 0, 0));
        }
        return contenders;
    }

    /// Arms with these beliefs about their mean, sure as by 100 exposures.
    static List<Contender> withMeans(double... means) {
        List<BetaPosterior> posteriors = new ArrayList<>();
        for (double mean : means) {
            posteriors.add(new BetaPosterior(100 * mean, 100 * (1 - mean)));
        }
        return believed(posteriors);
    }

    /// An arm that was seen so often and earned so much, on a prior of one conversion in 20 exposures.
    static Contender counted(String arm, double trials, double reward) {
        return new Contender(arm, PRIOR.after(reward, trials), trials, reward);
    }

    /// Two to twelve arms whose evidence differs by up to five orders of magnitude.
    static List<Contender> random(RandomGenerator random) {
        List<Contender> contenders = new ArrayList<>();
        int count = random.nextInt(2, 13);
        for (int i = 0; i < count; i++) {
            double trials = Math.pow(10, random.nextDouble(0, 5));
            contenders.add(counted(name(i), trials, trials * random.nextDouble(0.03, 0.07)));
        }
        return contenders;
    }

    private static String name(int position) {
        return "arm-" + position;
    }
}
