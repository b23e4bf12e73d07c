package dev.bandolier.bandits.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Golden;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/// Regret of our players beside that of others' (`methods.md` 9.2).
final class Anchors {

    private Anchors() {}

    /// The score of a player in so many runs of the problem that an anchor was measured on.
    static Score score(Golden anchor, Player player, int batch, int seeds) {
        BernoulliProblem problem = problem(anchor);
        return score(seed -> problem.play(player, batch, seed), seeds);
    }

    /// The score of a player in so many runs; always the same ones.
    static Score score(LongFunction<Trial> play, int seeds) {
        return Score.of(new SplittableRandom(9).longs(seeds).mapToObj(play).toList());
    }

    /// P1, P2 or P3: the problems A, B and C of the anchors.
    static BernoulliProblem problem(Golden anchor) {
        String letter = anchor.name().substring(anchor.name().length() - 1);
        BernoulliProblem problem = Suite.bernoulli(
                switch (letter) {
                    case "A" -> "P1";
                    case "B" -> "P2";
                    case "C" -> "P3";
                    default -> throw new IllegalArgumentException(anchor.name());
                });
        World world = problem.worlds().apply(new SplittableRandom(0));
        assertThat(world.rates().stream().mapToDouble(rate -> rate).toArray())
                .containsExactly(anchor.inputList("means"));
        assertThat(problem.horizon()).isEqualTo((int) anchor.input("T"));
        return problem;
    }

    static double mean(Golden anchor) {
        return anchor.expected().required("mean").asDouble();
    }

    static double error(Golden anchor) {
        return anchor.expected().required("se").asDouble();
    }
}
