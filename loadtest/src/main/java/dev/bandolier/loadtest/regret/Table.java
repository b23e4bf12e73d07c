package dev.bandolier.loadtest.regret;

import dev.bandolier.bandits.simulation.Score;
import dev.bandolier.loadtest.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One contest as a table: ours first, then what was published. Markdown, with columns wide enough to be read as it
/// is.
final class Table {

    private static final List<String> HEAD = List.of(
            "policy", "prior or note", "seeds", "regret", "s.e.", "median", "p95", "slope", "best arm", "misled", "s");

    /// The first two columns are words, the others numbers.
    private static final int WORDS = 2;

    private Table() {}

    /// The rows of the table.
    static List<String> rows(List<Line> lines, List<Anchor> anchors) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEAD);
        lines.stream().map(Table::ours).forEach(cells::add);
        anchors.stream().map(Table::published).forEach(cells::add);
        int[] widths = widths(cells);
        List<String> rows =
                new ArrayList<>(cells.stream().map(row -> text(row, widths)).toList());
        rows.add(1, rule(widths));
        return rows;
    }

    private static List<String> ours(Line line) {
        Score score = line.score();
        return List.of(
                line.entrant().name(),
                line.entrant().note(),
                Format.count(score.trials()),
                number(score.mean()),
                error(score.standardError()),
                number(score.median()),
                number(score.p95()),
                number(score.slope()),
                Format.percent(score.bestShare(), 1),
                Format.percent(score.misled(), 1),
                number(line.spent().toNanos() / 1e9));
    }

    private static List<String> published(Anchor anchor) {
        return List.of(
                anchor.source(),
                anchor.policy(),
                anchor.seeds() == 0 ? "-" : Format.count(anchor.seeds()),
                number(anchor.mean()),
                error(anchor.error()),
                number(anchor.median()),
                number(anchor.p95()),
                number(anchor.slope()),
                "-",
                "-",
                "-");
    }

    private static String number(double number) {
        return Double.isNaN(number) ? "-" : Format.tenths(number);
    }

    private static String error(double error) {
        return Double.isNaN(error) ? "-" : String.format(Locale.ROOT, "%.2f", error);
    }

    private static int[] widths(List<List<String>> cells) {
        return IntStream.range(0, HEAD.size())
                .map(column -> cells.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElseThrow())
                .toArray();
    }

    private static String text(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> String.format(
                        Locale.ROOT, i < WORDS ? "%-" + widths[i] + "s" : "%" + widths[i] + "s", row.get(i)))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String rule(int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> i < WORDS ? "-".repeat(widths[i] + 2) : "-".repeat(widths[i] + 1) + ":")
                .collect(Collectors.joining("|", "|", "|"));
    }
}
