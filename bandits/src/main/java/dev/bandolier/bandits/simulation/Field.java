package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.BayesUcb;
import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.EpsilonGreedy;
import dev.bandolier.bandits.KlUcb;
import dev.bandolier.bandits.Policy;
import dev.bandolier.bandits.Softmax;
import dev.bandolier.bandits.Thompson;
import dev.bandolier.bandits.TopTwo;
import dev.bandolier.bandits.Ucb1;
import dev.bandolier.bandits.Uniform;
import dev.bandolier.bandits.simulation.AverageGreedy.Ties;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SplittableRandom;

/// Who plays a Bernoulli problem: every policy of the product, and players of others for reference.
///
/// Policies begin with the prior that the product has for them, unit-success at the problem's baseline; Thompson
/// sampling also with others.
final class Field {

    private static final BetaPosterior FLAT = new BetaPosterior(1, 1);
    private static final BetaPosterior JEFFREYS = new BetaPosterior(0.5, 0.5);

    /// A number in a note has so many.
    private static final int DIGITS = 4;

    private final BernoulliProblem problem;
    private final int batch;

    private Field(BernoulliProblem problem, int batch) {
        this.problem = problem;
        this.batch = batch;
    }

    /// All who play this problem; policies look at the counts every `batch` units.
    static List<Entrant> entrants(BernoulliProblem problem, int batch) {
        return new Field(problem, batch).entrants();
    }

    private List<Entrant> entrants() {
        int arms = problem.worlds().apply(new SplittableRandom(0)).arms();
        BetaPosterior unitSuccess = BetaPosterior.unitSuccess(problem.baseline());
        return List.of(
                served("thompson", new Thompson(), unitSuccess),
                served("thompson-flat", new Thompson(), FLAT),
                served("thompson-jeffreys", new Thompson(), JEFFREYS),
                served("thompson-informed", new Thompson(), problem.informed()),
                served("top-two", TopTwo.even(), unitSuccess),
                served("bayes-ucb", new BayesUcb(), unitSuccess),
                counting("kl-ucb", new KlUcb(0)),
                counting("ucb1", new Ucb1()),
                served("softmax", Softmax.pooled(), unitSuccess),
                served("epsilon-greedy", EpsilonGreedy.fixed(0.1), unitSuccess),
                served("epsilon-greedy-decaying", EpsilonGreedy.decayingFor(arms, problem.baseline()), unitSuccess),
                counting("uniform", new Uniform()),
                reference("reference-thompson", "a draw for every unit; " + text(FLAT), new ThompsonSampler(FLAT)),
                reference("reference-greedy-random", "0.1, ties at random", AverageGreedy.fixed(0.1, Ties.RANDOM)),
                reference("reference-greedy-first", "0.1, ties to the first arm", AverageGreedy.fixed(0.1, Ties.FIRST)),
                reference("reference-greedy-harmonic", "min(1, 5 K / t)", AverageGreedy.harmonic(5.0 * arms)));
    }

    private Entrant served(String name, Policy policy, BetaPosterior prior) {
        return entrant(name, text(prior), policy, prior);
    }

    /// A policy that asks for no belief.
    private Entrant counting(String name, Policy policy) {
        return entrant(name, "none", policy, FLAT);
    }

    private Entrant entrant(String name, String note, Policy policy, BetaPosterior prior) {
        Player player = new PolicyPlayer(policy, prior);
        return new Entrant(name, note, seed -> problem.play(player, batch, seed));
    }

    private Entrant reference(String name, String note, Player player) {
        return new Entrant(name, note, seed -> problem.play(player, 1, seed));
    }

    private static String text(BetaPosterior prior) {
        return "Beta(" + digits(prior.alpha()) + ", " + digits(prior.beta()) + ")";
    }

    /// Four digits, without zeros at the end.
    private static String digits(double number) {
        return BigDecimal.valueOf(number)
                .round(new MathContext(DIGITS))
                .stripTrailingZeros()
                .toPlainString();
    }
}
