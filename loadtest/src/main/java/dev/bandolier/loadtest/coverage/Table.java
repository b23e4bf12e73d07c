package dev.bandolier.loadtest.coverage;

import dev.bandolier.bandits.simulation.Claim;
import dev.bandolier.bandits.simulation.Claimed;
import dev.bandolier.bandits.simulation.CoverageScore;
import dev.bandolier.loadtest.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Worlds as rows, estimates as columns: coverage, bias and half the length of the interval of each. Markdown, with
/// columns wide enough to be read as it is.
///
/// Filled row by row, by one thread.
final class Table {

    private static final int WORLD = 52;
    private static final int CELL = 25;

    private final List<String> rows = new ArrayList<>();

    /// A table with these estimates.
    Table(String... estimates) {
        StringBuilder head = new StringBuilder(row("world"));
        StringBuilder rule =
                new StringBuilder("|").append("-".repeat(WORLD + 2)).append('|');
        for (String estimate : estimates) {
            head.append(cell(estimate));
            rule.append("-".repeat(CELL + 1)).append(":|");
        }
        rows.add(head.toString());
        rows.add(rule.toString());
    }

    /// Adds what these estimates came to in one world.
    void add(String world, List<Map<Claim, Claimed>> runs, Claim... claims) {
        StringBuilder row = new StringBuilder(row(world));
        for (Claim claim : claims) {
            row.append(cell(text(
                    CoverageScore.of(runs.stream().map(run -> run.get(claim)).toList()))));
        }
        rows.add(row.toString());
    }

    /// Its lines.
    List<String> rows() {
        return List.copyOf(rows);
    }

    private static String text(CoverageScore score) {
        return Format.percent(score.coverage(), 1) + " / "
                + String.format(Locale.ROOT, "%+.1f", 100 * score.bias()) + " / +-"
                + Format.percent(score.halfWidth(), 0);
    }

    private static String row(String world) {
        return String.format(Locale.ROOT, "| %-" + WORLD + "s |", world);
    }

    private static String cell(String text) {
        return String.format(Locale.ROOT, " %" + CELL + "s |", text);
    }
}
