package dev.bandolier.loadtest.regret;

import dev.bandolier.bandits.simulation.Contest;
import dev.bandolier.loadtest.Format;
import dev.bandolier.loadtest.api.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The benchmark as a Markdown file: how it was made, how to read it, a table for each problem.
///
/// Filled contest by contest, by one thread.
final class Page {

    private static final String READING = """
        Regret is what was lost against always the best arm, in expectation of the arms that were chosen
        (pseudo-regret), summed over the horizon; lower is better, and its tail is heavy: see the median and the 95th
        percentile. *Slope* is what it grew by per unit of ln t in the last 70 % of the horizon, to be held against the
        Lai-Robbins constant. *Best arm* is the share of the best arm in the last tenth, *misled* the share of runs in
        which another arm got most of that tenth, *s* the seconds of one core for all seeds.

        Policies of the product choose through their exact shares and look at the counts every so many units; players
        named `reference-` draw for every unit and look after each. For one seed, all meet the same chance. Rows with a
        version are published numbers of other implementations, with seeds of their own.
        """;

    private final List<String> lines = new ArrayList<>();

    /// A page for what this command line and plan have made.
    Page(String command, Plan plan) {
        lines.add("# Regret");
        lines.add("");
        lines.add("Made by `" + command + "`: " + Format.count(plan.runs()) + " seeds for each row of ours, drawn from "
                + plan.seed() + "; Java " + Runtime.version() + ", " + plan.threads() + " threads.");
        lines.add("");
        READING.lines().forEach(lines::add);
    }

    /// Adds one contest.
    void add(Contest contest, List<String> rows) {
        lines.add("");
        lines.add("## " + heading(contest));
        lines.add("");
        lines.add(explanation(contest));
        lines.add("");
        lines.addAll(rows);
    }

    /// The contest in one line.
    static String heading(Contest contest) {
        return contest.name() + ": " + contest.title();
    }

    /// What is counted, over how many units.
    static String explanation(Contest contest) {
        return Format.count(contest.horizon()) + " units; " + contest.measure() + ".";
    }

    /// Writes the page, and the folders that it needs.
    void write(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, lines);
        } catch (IOException e) {
            throw new CommandFailure("--out " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
