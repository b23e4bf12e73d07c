package dev.bandolier.loadtest;

import dev.bandolier.loadtest.api.CommandFailure;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/// What was asked for on the command line, held against what there is.
public final class Asked {

    private Asked() {}

    /// Refuses a number that is not in 1..most.
    ///
    /// @throws CommandFailure naming the option
    public static void check(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new CommandFailure(option + " " + value + " is not in 1.." + most);
        }
    }

    /// Refuses a name that nothing has.
    ///
    /// @throws CommandFailure naming the option, and the names that there are
    public static void known(String option, List<String> wanted, Stream<String> names) {
        List<String> known = names.distinct().toList();
        for (String name : wanted) {
            if (!known.contains(name)) {
                throw new CommandFailure(
                        option + ": there is no '" + name + "'; there are " + String.join(", ", known));
            }
        }
    }

    /// The problems with these names, in the order of all; all of them if no name was given.
    ///
    /// @throws CommandFailure if none has one of the names
    public static <T> List<T> problems(List<T> all, Function<T, String> name, List<String> wanted) {
        known("--problems", wanted, all.stream().map(name));
        return all.stream()
                .filter(problem -> wanted.isEmpty() || wanted.contains(name.apply(problem)))
                .toList();
    }

    /// The line that a command was started with, for those who want to repeat it.
    public static String commandLine(CommandSpec spec) {
        return "./bandolier "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }
}
