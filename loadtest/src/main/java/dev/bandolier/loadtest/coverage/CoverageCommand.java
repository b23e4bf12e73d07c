package dev.bandolier.loadtest.coverage;

import dev.bandolier.bandits.simulation.Claim;
import dev.bandolier.bandits.simulation.Claimed;
import dev.bandolier.bandits.simulation.CoverageProblem;
import dev.bandolier.loadtest.Asked;
import dev.bandolier.loadtest.Format;
import dev.bandolier.loadtest.Trials;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bandolier coverage`: lets a policy play in made-up worlds and prints how often the intervals of the report hold
/// the truth, beside those of plain means.
@Command(
        name = "coverage",
        showDefaultValues = true,
        sortOptions = false,
        description = {
            "Counts in made-up worlds how often the 95 %% intervals of the report hold the truth, beside plain means.",
            "Needs no server. One seed reproduces everything, whatever the number of threads."
        })
public final class CoverageCommand implements Callable<Integer> {

    private static final int RUNS_MAX = 1_000_000;
    private static final int THREADS_MAX = 256;

    @Spec
    private CommandSpec spec;

    @Option(names = "--runs", paramLabel = "NUMBER", defaultValue = "1000", description = "Runs of each world.")
    private int runs;

    @Option(names = "--seed", paramLabel = "NUMBER", defaultValue = "1", description = "Decides all of these.")
    private long seed;

    @Option(names = "--problems", paramLabel = "NAME", split = ",", description = "Only these, as in C3,C5.")
    private List<String> problems = List.of();

    @Option(names = "--threads", paramLabel = "NUMBER", description = "Runs at once. Default: one for each core.")
    private Integer threads;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the tables here, as Markdown.")
    private Path outFile;

    /// The command.
    public CoverageCommand() {}

    @Override
    public Integer call() {
        int atOnce = threads != null ? threads : Runtime.getRuntime().availableProcessors();
        Asked.check("--runs", runs, RUNS_MAX);
        Asked.check("--threads", atOnce, THREADS_MAX);
        List<CoverageProblem> asked = Asked.problems(CoverageProblem.all(), CoverageProblem::name, problems);
        PrintWriter out = spec.commandLine().getOut();
        Page page = new Page(Asked.commandLine(spec), runs, seed);
        long start = System.nanoTime();
        try (Trials trials = new Trials(atOnce, runs, seed)) {
            for (CoverageProblem problem : asked) {
                List<Map<Claim, Claimed>> played = trials.play(problem::play);
                page.add(problem, played);
                out.printf("%s %s: %s runs%n", problem.name(), problem.title(), Format.count(played.size()));
                out.flush();
            }
        }
        out.println();
        page.tables().forEach(out::println);
        if (outFile != null) {
            page.write(outFile);
        }
        Duration spent = Duration.ofNanos(System.nanoTime() - start);
        out.printf("%nseed %d, %s runs, %s%n", seed, Format.count(runs), Format.clock(spent.toSeconds()));
        out.flush();
        return 0;
    }
}
