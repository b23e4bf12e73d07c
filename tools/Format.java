import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The formatter of every Java file of a source tree, run by the build in the JDK that compiles the tree.
///
/// `Format check <root>` names the files that are not formatted and exits with 1; `Format apply <root>` rewrites them.
/// The layout is palantir-java-format's (4 spaces, 120 columns); `///` comments are kept, only lines over 120 columns
/// are broken. Why the build runs it this way: `docs/decisions/0003-formatter.md`.
final class Format {
    private static final Set<String> NOT_SOURCES = Set.of("target", "data", "node_modules");

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    /// Up to here the formatter leaves a `///` line alone; it counts the indentation twice.
    private static final int SAFE_COLUMNS = 116;

    private static final Pattern LONG_DOC = Pattern.compile("(?m)^( *)///(.*)$");
    private static final Pattern LINK = Pattern.compile("\\[[\\w.#()]+]");
    private static final Pattern MASK = Pattern.compile("(?m)/// @(\\d+)@.*$");

    private Format() {}

    public static void main(String[] arguments) throws IOException {
        boolean apply = arguments[0].equals("apply");
        Path root = Path.of(arguments[1]);
        List<Path> sources = sourcesBelow(root);
        List<String> complaints = sources.parallelStream()
                .flatMap(source -> visit(root, source, apply).stream())
                .sorted()
                .toList();
        complaints.forEach(System.out::println);
        if (!complaints.isEmpty()) {
            System.out.println("Java formatting: " + complaints.size() + " of " + sources.size()
                    + " files need attention. To format: ./mvnw -q -N -Pformat validate");
            System.exit(1);
        }
    }

    private static List<Path> sourcesBelow(Path root) throws IOException {
        List<Path> sources = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean enter = directory.equals(root) || !(NOT_SOURCES.contains(name) || name.startsWith("."));
                return enter ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    sources.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }

    /// What is wrong with one file and was not put right, if anything.
    private static Optional<String> visit(Path root, Path source, boolean apply) {
        try {
            String text = Files.readString(source);
            List<String> masked = new ArrayList<>();
            String formatted = unmask(FORMATTER.formatSourceAndFixImports(mask(text, masked)), masked);
            if (formatted.equals(text)) {
                return Optional.empty();
            }
            if (apply) {
                Files.writeString(source, formatted);
                return Optional.empty();
            }
            return Optional.of(root.relativize(source) + ":" + firstDifference(text, formatted) + ": not formatted");
        } catch (FormatterException e) {
            return Optional.of(root.relativize(source) + ":" + e.getMessage() + unnamedPatternHint(e));
        } catch (IOException e) {
            throw new UncheckedIOException(source.toString(), e);
        }
    }

    /// Hides long `///` lines from the formatter, which would break them in two without a `///` before the second. The
    /// links in them stay, since they keep imports in use.
    private static String mask(String text, List<String> masked) {
        return LONG_DOC.matcher(text).replaceAll(line -> {
            if (line.end() - line.start() + line.group(1).length() <= SAFE_COLUMNS) {
                return Matcher.quoteReplacement(line.group());
            }
            masked.add(line.group(2));
            String links = LINK.matcher(line.group(2))
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.joining(" "));
            return Matcher.quoteReplacement(line.group(1) + "/// @" + (masked.size() - 1) + "@ " + links);
        });
    }

    private static String unmask(String text, List<String> masked) {
        return MASK.matcher(text)
                .replaceAll(line -> Matcher.quoteReplacement("///" + masked.get(Integer.parseInt(line.group(1)))));
    }

    /// The formatter does not know a bare `_` inside a record pattern; the other unnamed variables it does.
    private static String unnamedPatternHint(FormatterException e) {
        return e.getMessage().contains("'_'")
                ? " (in a record pattern write `var _` or the type, as in `case Pair(var left, var _)`)"
                : "";
    }

    private static int firstDifference(String text, String formatted) {
        int at = 0;
        int line = 1;
        while (at < text.length() && at < formatted.length() && text.charAt(at) == formatted.charAt(at)) {
            line += text.charAt(at) == '\n' ? 1 : 0;
            at++;
        }
        return line;
    }
}
