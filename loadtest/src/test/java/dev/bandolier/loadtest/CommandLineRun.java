package dev.bandolier.loadtest;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import picocli.CommandLine;

/// One execution of the command line and everything that it printed.
///
/// @param exit exit code
/// @param out  standard output
/// @param err  standard error
public record CommandLineRun(int exit, String out, String err) {

    /// Executes a command as a person would type it after `./bandolier`.
    public static CommandLineRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commands(InstantSource.system());
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exit = line.execute(arguments);
        return new CommandLineRun(exit, out.toString(), err.toString());
    }
}
