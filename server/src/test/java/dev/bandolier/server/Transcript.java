package dev.bandolier.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The commands of a `console` block in a document, each with what it prints.
///
/// A command starts with `$ ` and goes on after a backslash. In what is printed, `...` stands for anything in its line.
///
/// @param steps in their order
record Transcript(List<Step> steps) {

    private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);

    /// Three dots; of more, the last three, so that `d1....` is `d1.` and anything.
    private static final Pattern ANYTHING = Pattern.compile("\\.{3}(?!\\.)");

    /// A command and the lines that it prints.
    record Step(String command, List<String> printed) {

        /// What differs between the lines printed here and those; nothing if they agree.
        List<String> differences(List<String> lines) {
            if (lines.size() != printed.size()) {
                return List.of(
                        "$ " + command + "\nprints " + lines.size() + " lines, not " + printed.size() + ": " + lines);
            }
            List<String> differences = new ArrayList<>();
            for (int i = 0; i < printed.size(); i++) {
                if (!pattern(printed.get(i)).matcher(lines.get(i)).matches()) {
                    differences.add("$ " + command + "\nexpected " + printed.get(i) + "\nprinted  " + lines.get(i));
                }
            }
            return differences;
        }

        private static Pattern pattern(String line) {
            return Pattern.compile(
                    Stream.of(ANYTHING.split(line, -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
        }
    }

    /// The transcript in a Markdown document.
    ///
    /// @throws IllegalArgumentException if it has no command
    static Transcript in(String markdown) {
        List<Step> steps = new ArrayList<>();
        BLOCK.matcher(markdown)
                .results()
                .forEach(block -> read(block.group(1).lines().toList(), steps));
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("there is no console block with a command");
        }
        return new Transcript(steps);
    }

    private static void read(List<String> lines, List<Step> steps) {
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at++);
            if (!line.startsWith("$ ")) {
                throw new IllegalArgumentException("a console block starts with a command, not with: " + line);
            }
            StringBuilder command = new StringBuilder(line.substring(2));
            while (line.endsWith("\\")) {
                line = lines.get(at++);
                command.append('\n').append(line);
            }
            List<String> printed = new ArrayList<>();
            while (at < lines.size() && !lines.get(at).startsWith("$ ")) {
                printed.add(lines.get(at++));
            }
            steps.add(new Step(command.toString(), printed));
        }
    }
}
