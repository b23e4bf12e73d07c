package dev.bandolier.loadtest.regret;

import java.util.ArrayList;
import java.util.List;

/// The published numbers beside P7 to P9 (`methods.md` 1.2, 2 and 4): numpy simulations of the rule alone, without the
/// learner. The share of misled runs stands with the policy.
final class PlayedAnchors {

    private static final String NUMPY = "numpy simulation";

    private static final List<String> RULES = List.of(
            "no delay", "immediate", "window close", "maturity", "maturity, delay x 0.5", "maturity, delay x 2");

    private static final List<Anchor> ALL = new ArrayList<>();

    static {
        add("P7.1", "pooled-CV Gamma winsorised (1.2 %)", 600, 3.03, 0.10);
        add("P7.1", "conversion-only Beta (0.5 %)", 200, 1.63, Double.NaN);
        add("P7.2", "pooled-CV Gamma winsorised (0.8 %)", 600, 3.16, 0.10);
        add("P7.2", "conversion-only Beta (4.5 %)", 200, 6.28, Double.NaN);
        delay("P8.1", 25.3, 1.2, 31.1, 1.1, 31.5, 0.9, 25.2, 1.1, 28.0, Double.NaN, 24.3, Double.NaN);
        delay("P8.2", 25.3, 1.2, 46.3, 1.2, 57.8, 0.8, 32.4, 1.3, 37.5, Double.NaN, 29.4, Double.NaN);
        delay("P8.3", 30.7, 1.3, 124.5, 0.9, 33.4, 0.3, 34.8, 1.0, 77.9, Double.NaN, 16.9, Double.NaN);
        delay("P8.4", 32.6, 0.9, 44.1, 0.8, 216.6, 0.3, 46.0, 1.1);
        season("P9.1", 2.80, "4.2", 2.85, "6.3");
        season("P9.2", 2.62, "0.2", 2.67, "0.0");
        season("P9.3", 3.15, "14.7", 2.79, "4.5");
        season("P9.4", 2.34, "0.7", 2.41, "0.0");
        season("P9.5", 2.81, "19.2", 2.46, "5.2");
        season("P9.6", 2.21, "0.3", 2.23, "0.0");
        season("P9.7", 3.41, "9.0", 2.51, "2.5");
        season("P9.8", 3.06, "0.0", 2.22, "0.0");
    }

    private PlayedAnchors() {}

    /// All of them.
    static List<Anchor> all() {
        return List.copyOf(ALL);
    }

    private static void add(String problem, String policy, int seeds, double mean, double error) {
        ALL.add(Anchor.of(problem, NUMPY, policy, seeds, mean, error));
    }

    private static void delay(String problem, double... meansAndErrors) {
        for (int rule = 0; 2 * rule < meansAndErrors.length; rule++) {
            add(problem, RULES.get(rule), 400, meansAndErrors[2 * rule], meansAndErrors[2 * rule + 1]);
        }
    }

    private static void season(String problem, double raw, String rawWrong, double epochs, String epochsWrong) {
        add(problem, "raw counts (" + rawWrong + " %)", 600, raw, Double.NaN);
        add(problem, "epoch offsets (" + epochsWrong + " %)", 600, epochs, Double.NaN);
    }
}
