package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.BetaPosterior;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/// A benchmark problem in which a unit converts or does not, at once.
///
/// A seed decides three things independently: the world, the fraction u_t of every unit, and the chance of the
/// player. Unit t converts at arm a if u_t is below the rate of a, so all players meet the same u_t (common random
/// numbers), and their differences are less noisy than their regrets.
///
/// @param name     short: `P1`
/// @param title    the world in a few words
/// @param horizon  units to play, at least 10
/// @param baseline the rate that a shop would expect of an arm, between 0 and 1: where the unit-success prior begins
/// @param informed what somebody believes who also knows how far the rates of such arms lie apart
/// @param worlds   the world of a seed
public record BernoulliProblem(
        String name,
        String title,
        int horizon,
        double baseline,
        BetaPosterior informed,
        Function<RandomGenerator, World> worlds) {

    private static final int TENTHS = 10;

    /// Refuses a horizon without a last tenth.
    public BernoulliProblem {
        if (horizon < TENTHS) {
            throw new IllegalArgumentException("horizon " + horizon + " is below " + TENTHS);
        }
    }

    /// The run of one seed: turns of `batch` units each, the last maybe shorter.
    ///
    /// @throws IllegalArgumentException if the batch is not positive
    public Trial play(Player player, int batch, long seed) {
        if (batch <= 0) {
            throw new IllegalArgumentException("batch " + batch + " is not positive");
        }
        SplittableRandom root = new SplittableRandom(seed);
        World world = worlds.apply(root.split());
        RandomGenerator outcomes = root.split();
        RandomGenerator chance = root.split();
        Standing standing = new Standing(world.arms());
        Losses losses = new Losses(world);
        while (standing.played() < horizon) {
            IntSupplier turn = player.turn(standing, chance);
            long end = Math.min(standing.played() + batch, horizon);
            // Nobody counts before the turn is over: a player who looks at the counts for each unit is as late as
            // others.
            int[] arms = new int[(int) (end - standing.played())];
            for (int unit = 0; unit < arms.length; unit++) {
                arms[unit] = turn.getAsInt();
            }
            for (int arm : arms) {
                losses.add(arm, standing.played());
                standing.count(arm, world.converts(arm, outcomes));
            }
        }
        return losses.trial();
    }

    /// What the units of one run lose.
    private final class Losses {

        private final World world;
        private final long[] last;
        private double regret;
        private double early;

        private Losses(World world) {
            this.world = world;
            this.last = new long[world.arms()];
        }

        private void add(int arm, long unit) {
            double lost = world.regret(arm);
            regret += lost;
            early += unit < Trial.EARLY * horizon ? lost : 0;
            last[arm] += unit >= horizon - horizon / TENTHS ? 1 : 0;
        }

        private Trial trial() {
            double best = 0;
            double units = 0;
            int leader = 0;
            for (int arm = 0; arm < last.length; arm++) {
                units += last[arm];
                best += world.regret(arm) == 0 ? last[arm] : 0;
                leader = last[arm] > last[leader] ? arm : leader;
            }
            return new Trial(regret, early, best / units, world.regret(leader) > 0);
        }
    }
}
