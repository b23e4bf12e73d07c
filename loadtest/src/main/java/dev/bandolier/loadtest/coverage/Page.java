package dev.bandolier.loadtest.coverage;

import dev.bandolier.bandits.simulation.Claim;
import dev.bandolier.bandits.simulation.Claimed;
import dev.bandolier.bandits.simulation.CoverageProblem;
import dev.bandolier.loadtest.Format;
import dev.bandolier.loadtest.api.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The benchmark as a Markdown file: how it was made, how to read it, and a table for each question.
///
/// Filled world by world, by one thread.
final class Page {

    private final List<String> lines = new ArrayList<>();
    private final Table value = new Table("observed", "uniform", "root");
    private final Table lift = new Table("observed", "uniform", "stabilised");
    private final Table difference = new Table("observed", "uniform");
    private final Table money = new Table("even split", "control");

    /// A page for what this command line has made.
    Page(String command, int runs, long seed) {
        lines.add("# Coverage: do the intervals of the report hold the truth?");
        lines.add("");
        lines.add("Tables made by `" + command + "`: " + Format.count(runs) + " runs for each row, drawn from " + seed
                + "; Java "
                + Runtime.version() + ". The standard error of a coverage of 95 % is "
                + Format.percent(Math.sqrt(0.05 * 0.95 / runs), 1) + ".");
        lines.add("");
        reading().lines().forEach(lines::add);
    }

    /// Adds one world.
    void add(CoverageProblem problem, List<Map<Claim, Claimed>> runs) {
        String world = problem.name() + " " + problem.title();
        value.add(world, runs, Claim.OBSERVED, Claim.VALUE, Claim.WEIGHTED);
        lift.add(world, runs, Claim.OBSERVED_LIFT, Claim.LIFT, Claim.STABILISED_LIFT);
        difference.add(world, runs, Claim.OBSERVED_DIFFERENCE, Claim.DIFFERENCE);
        money.add(world, runs, Claim.AGAINST_UNIFORM, Claim.AGAINST_CONTROL);
    }

    /// The tables with their headings.
    List<String> tables() {
        List<String> tables = new ArrayList<>();
        section(tables, "By how much the third arm is better than control, relative to it", lift);
        section(tables, "How much more the third arm earns than control, per unit", difference);
        section(tables, "What the second arm earns, which does not lead", value);
        section(tables, "How much more was earned than by an even split, and by control alone", money);
        return tables;
    }

    private static void section(List<String> all, String heading, Table table) {
        if (!all.isEmpty()) {
            all.add("");
        }
        all.add("## " + heading);
        all.add("");
        all.addAll(table.rows());
    }

    private static String reading() {
        return """
            Thompson sampling plays for a shop of %s visitors in 28 days, with three arms of which the first is control, at a
            base rate of 3 %% and a floor of 2 %% for each arm; it looks at plain counts every %s visitors, and hears of
            conversions at once. Some worlds have days that are better than others for all arms. At the end each estimate is
            held against the truth: *coverage* is the share of runs whose 95 %% interval holds it and should be 95 %%, *bias*
            is how far off the estimate is on average, *+-* half the length of its interval, on average. Those of what is
            earned are relative to what control earns, those of a lift in points.

            - `observed`: plain means of the units of each arm, as a spreadsheet has them.
            - `uniform`: augmented inverse propensity weighting of all units alike, the headline of the report.
            - `root`: the same, units weighted by the square root of the arm's probability.
            - `stabilised`: the contrast weighted by (1/p_a + 1/p_0)^(-1/2), the tighter interval of the report.
            """.formatted(Format.count(CoverageProblem.UNITS), Format.count(CoverageProblem.BATCH));
    }

    /// Writes the page, and the folders that it needs.
    void write(Path file) {
        List<String> page = new ArrayList<>(lines);
        page.add("");
        page.addAll(tables());
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, page);
        } catch (IOException e) {
            throw new CommandFailure("--out " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
