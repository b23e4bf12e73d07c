package dev.bandolier.loadtest;

import dev.bandolier.loadtest.api.CommandFailure;
import dev.bandolier.loadtest.coverage.CoverageCommand;
import dev.bandolier.loadtest.demo.ShopCommand;
import dev.bandolier.loadtest.guardrails.GuardrailsCommand;
import dev.bandolier.loadtest.jmh.JmhCommand;
import dev.bandolier.loadtest.regret.RegretCommand;
import dev.bandolier.loadtest.replay.ReplayCommand;
import dev.bandolier.loadtest.shoppers.ShoppersCommand;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/// The commands that look at the product from outside: `shoppers`, `shop` and `replay` talk to a running server, `regret`,
/// `guardrails`, `coverage` and `jmh` measure what it decides and reports.
@Command(
        name = "bandolier",
        description = "Shoppers and replays for a running Bandolier server; benchmarks of its policies.",
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    // Set by picocli, which then prints the help by itself.
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    /// Exit code of a command that ended for a reason it could name.
    static final int FAILED = 1;

    /// The line of commands, by this clock.
    static CommandLine commands(InstantSource clock) {
        return new CommandLine(new Main())
                .addSubcommand(new ShoppersCommand(clock))
                .addSubcommand(new ShopCommand(clock))
                .addSubcommand(new ReplayCommand(clock))
                .addSubcommand(new RegretCommand())
                .addSubcommand(new GuardrailsCommand())
                .addSubcommand(new CoverageCommand())
                .addSubcommand(new JmhCommand())
                .setExecutionExceptionHandler(Main::explain);
    }

    /// Runs a command and exits with its code.
    public static void main(String[] arguments) {
        System.exit(commands(InstantSource.system()).execute(arguments));
    }

    /// Prints one line for what the person at the keyboard can mend; anything else is a fault of ours and keeps its
    /// trace.
    private static int explain(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof CommandFailure) {
            command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
            return FAILED;
        }
        throw failure;
    }
}
