package dev.bandolier.loadtest.guardrails;

import dev.bandolier.bandits.simulation.GuardedMoney;
import dev.bandolier.bandits.simulation.MoneyRule;
import dev.bandolier.bandits.simulation.MoneyScore;
import dev.bandolier.loadtest.Asked;
import dev.bandolier.loadtest.Format;
import dev.bandolier.loadtest.Trials;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bandolier guardrails`: lets arms do harm in made-up worlds and prints what exploring loses against control, with and
/// without guardrails.
@Command(
        name = "guardrails",
        showDefaultValues = true,
        sortOptions = false,
        description = {
            "Lets arms do harm in made-up worlds and prints, as Markdown, what exploring loses against control.",
            "Needs no server. One seed reproduces everything, whatever the number of threads."
        })
public final class GuardrailsCommand implements Callable<Integer> {

    private static final int RUNS_MAX = 1_000_000;
    private static final int THREADS_MAX = 256;

    @Spec
    private CommandSpec spec;

    @Option(names = "--runs", paramLabel = "NUMBER", defaultValue = "1000", description = "Runs of each rule.")
    private int runs;

    @Option(names = "--seed", paramLabel = "NUMBER", defaultValue = "1", description = "Decides all of these.")
    private long seed;

    @Option(names = "--problems", paramLabel = "NAME", split = ",", description = "Only these, as in M1,M2.")
    private List<String> problems = List.of();

    @Option(names = "--threads", paramLabel = "NUMBER", description = "Runs at once. Default: one for each core.")
    private Integer threads;

    /// The command.
    public GuardrailsCommand() {}

    @Override
    public Integer call() {
        int atOnce = threads != null ? threads : Runtime.getRuntime().availableProcessors();
        Asked.check("--runs", runs, RUNS_MAX);
        Asked.check("--threads", atOnce, THREADS_MAX);
        List<GuardedMoney> asked = Asked.problems(GuardedMoney.all(), GuardedMoney::name, problems);
        PrintWriter out = spec.commandLine().getOut();
        long start = System.nanoTime();
        try (Trials trials = new Trials(atOnce, runs, seed)) {
            asked.forEach(problem -> print(problem, trials, out));
        }
        Duration spent = Duration.ofNanos(System.nanoTime() - start);
        out.printf("seed %d, %s runs, %s%n", seed, Format.count(runs), Format.clock(spent.toSeconds()));
        out.flush();
        return 0;
    }

    private static void print(GuardedMoney problem, Trials trials, PrintWriter out) {
        out.println("## " + problem.name() + ": " + problem.title());
        out.println();
        MoneyTable.HEAD.forEach(out::println);
        out.flush();
        for (MoneyRule rule : problem.rules()) {
            MoneyScore score = MoneyScore.of(rule, trials.play(seed -> problem.play(rule, seed)));
            out.println(MoneyTable.row(rule, score));
            out.flush();
        }
        out.println();
    }
}
