package dev.bandolier.loadtest.regret;

import dev.bandolier.bandits.simulation.Contest;
import dev.bandolier.loadtest.Asked;
import dev.bandolier.loadtest.Format;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bandolier regret`: plays every policy in made-up worlds and prints what each loses, beside published numbers.
@Command(
        name = "regret",
        showDefaultValues = true,
        sortOptions = false,
        description = {
            "Plays every policy in made-up worlds and prints what each loses, beside the published numbers of others.",
            "Needs no server. One seed reproduces everything but the seconds, whatever the number of threads."
        })
public final class RegretCommand implements Callable<Integer> {

    private static final int SEEDS = 100;
    private static final int SEEDS_LONG = 2000;

    /// Every 10 units in 10,000, which costs next to nothing (`methods.md` 9.3).
    private static final int LOOKS = 1000;

    private static final int LOOKS_LONG = 10_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seeds", paramLabel = "NUMBER", description = "Runs of each policy. Default: 100; long: 2000.")
    private Integer seeds;

    @Option(names = "--seed", paramLabel = "NUMBER", defaultValue = "1", description = "Decides all of these.")
    private long seed;

    @Option(names = "--problems", paramLabel = "NAME", split = ",", description = "Only these, as in P1,P2.")
    private List<String> problems = List.of();

    @Option(names = "--policies", paramLabel = "NAME", split = ",", description = "Only these, as in thompson,uniform.")
    private List<String> policies = List.of();

    @Option(
            names = "--looks",
            paramLabel = "NUMBER",
            description = "How often a policy looks at the counts within the horizon. Default: 1000; long: 10000.")
    private Integer looks;

    @Option(
            names = "--long",
            description =
                    "More seeds, and a look after every unit of P1 to P3: hours, where the short form takes minutes.")
    private boolean longForm;

    @Option(names = "--threads", paramLabel = "NUMBER", description = "Runs at once. Default: one for each core.")
    private Integer threads;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the tables here, as Markdown.")
    private Path outFile;

    /// The command.
    public RegretCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Plan plan = new Plan(
                problems,
                policies,
                seeds != null ? seeds : longForm ? SEEDS_LONG : SEEDS,
                seed,
                looks != null ? looks : longForm ? LOOKS_LONG : LOOKS,
                threads != null ? threads : Runtime.getRuntime().availableProcessors());
        List<Contest> contests = plan.contests();
        Page page = new Page(Asked.commandLine(spec), plan);
        long start = System.nanoTime();
        try (Arena arena = new Arena(plan.threads(), plan.seeds(), out)) {
            for (Contest contest : contests) {
                List<String> rows = Table.rows(arena.run(contest), Anchors.of(contest.name()));
                page.add(contest, rows);
                print(contest, rows, out);
                // What has been played stays, if somebody stops the long form.
                if (outFile != null) {
                    page.write(outFile);
                }
            }
        }
        Duration spent = Duration.ofNanos(System.nanoTime() - start);
        out.printf("seed %d, %s seeds, %s%n", seed, Format.count(plan.runs()), Format.clock(spent.toSeconds()));
        out.flush();
        return 0;
    }

    private static void print(Contest contest, List<String> rows, PrintWriter out) {
        out.println();
        out.println(Page.heading(contest));
        out.println(Page.explanation(contest));
        rows.forEach(out::println);
        out.println();
        out.flush();
    }
}
