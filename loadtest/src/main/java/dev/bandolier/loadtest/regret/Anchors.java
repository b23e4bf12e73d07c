package dev.bandolier.loadtest.regret;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The published numbers that our tables show beside ours (`methods.md` 9.2 and, for P4 and P5, 9.3; for P7 to P9 see
/// [PlayedAnchors]).
///
/// MABWiser: commit b1040713, public API, one forced pull for each arm, which counts. Vowpal Wabbit: vw-jni,
/// `--cb_explore_adf`, one feature for each arm, cost = -reward, defaults of the library. numpy reference:
/// vectorised, a draw for every unit, except for P4 and P5 where shares were refreshed every 200 units. Their arms
/// are not permuted.
final class Anchors {

    private static final String MABWISER = "MABWiser 2.7.4";
    private static final String VW = "VW (vw-jni 9.3.0)";
    private static final String NUMPY = "numpy reference";

    private static final List<Anchor> ALL = new ArrayList<>();

    static {
        add(MABWISER, "Thompson, Beta(1, 1)", 200, 19.2, 1.3, 68.8, 1.0, 10.4, 0.5);
        add(MABWISER, "epsilon-greedy 0.1, first-key ties", 200, 33.1, 2.3, 62.7, 2.4, 55.7, 0.8);
        add(MABWISER, "UCB1, alpha = 1", 200, 41.8, 0.2, 88.5, 0.05, 88.0, 1.1);
        add(VW, "cb_explore_adf --epsilon 0.1", 200, 45.7, 0.6, 85.5, 0.6, 186.6, 2.3);
        add(VW, "cb_explore_adf --bag 5", 200, 42.5, 3.5, 85.1, 2.5, 296.6, 32.3);
        add(VW, "cb_explore_adf --squarecb", 200, 44.1, 1.3, 70.6, 0.8, 158.5, 3.6);
        ALL.add(Anchor.of("P1", NUMPY, "Thompson, Beta(1, 1)", 2000, 18.9, 0.4).tail(13.7, 54.0));
        ALL.add(Anchor.of("P2", NUMPY, "Thompson, Beta(1, 1)", 2000, 68.5, 0.3).tail(67.6, 93.3));
        ALL.add(Anchor.of("P3", NUMPY, "Thompson, Beta(1, 1)", 2000, 9.8, 0.2).tail(7.8, 23.1));
        add(NUMPY, "Thompson, Jeffreys", 2000, 18.8, 0.4, 66.5, 0.4, 10.4, 0.2);
        add(NUMPY, "Thompson, unit-success", 2000, 18.2, 0.4, 63.9, 0.4, 10.6, 0.2);
        add(NUMPY, "Bayes-UCB", 200, 21.5, 0.8, 74.4, 0.7, 11.4, 0.7);
        add(NUMPY, "KL-UCB, c = 0", 500, 23.5, 0.5, 77.4, 0.4, 15.4, 0.4);
        add(NUMPY, "UCB1", 2000, 41.9, 0.08, 88.6, 0.02, 88.1, 0.4);
        add(NUMPY, "epsilon-greedy 0.1, random ties", 2000, 23.8, 0.6, 60.1, 0.8, 55.6, 0.3);
        add(NUMPY, "epsilon-greedy 0.1, first-index ties", 2000, 31.1, 0.7, 63.8, 0.8, 56.1, 0.3);
        add(NUMPY, "epsilon-greedy min(1, 5 K / t)", 2000, 34.0, 1.0, 66.5, 0.9, 26.8, 3.0);
        add(NUMPY, "top-two Thompson, beta 1/2", 200, 50.0, 0.03, 74.4, 0.7, 499.9, 0.4);
        ALL.add(Anchor.of("P4", NUMPY, "Thompson, Beta(1, 1)", 300, 116.9, 1.0).slope(14.9));
        ALL.add(Anchor.of("P4", NUMPY, "Thompson, Beta(1, 24)", 300, 90.4, 1.0).slope(13.1));
        ALL.add(Anchor.of("P5", NUMPY, "Thompson, Beta(1, 1)", 300, 181.3, 3.2).slope(43.5));
        ALL.add(Anchor.of("P5", NUMPY, "Thompson, Beta(1, 49)", 300, 163.0, 3.7).slope(37.1));
    }

    private Anchors() {}

    /// Those of this problem.
    static List<Anchor> of(String problem) {
        return Stream.concat(ALL.stream(), PlayedAnchors.all().stream())
                .filter(anchor -> anchor.problem().equals(problem))
                .toList();
    }

    private static void add(String source, String policy, int seeds, double... meansAndErrors) {
        for (int problem = 0; 2 * problem < meansAndErrors.length; problem++) {
            double mean = meansAndErrors[2 * problem];
            double error = meansAndErrors[2 * problem + 1];
            ALL.add(Anchor.of("P" + (problem + 1), source, policy, seeds, mean, error));
        }
    }
}
