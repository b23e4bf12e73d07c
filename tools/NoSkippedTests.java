import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The rule that no test is disabled or skipped: reads the reports of one module and fails if one says otherwise.
///
/// `NoSkippedTests <target folder>` looks at `surefire-reports` and `failsafe-reports`. A test that cannot run
/// everywhere carries a JUnit tag that the build leaves out, as `long` is: then it is known not to have run.
final class NoSkippedTests {
    private static final Pattern SKIPPED =
            Pattern.compile("<testcase name=\"([^\"]*)\" classname=\"([^\"]*)\"[^>]*>\\s*<skipped");

    private NoSkippedTests() {}

    public static void main(String[] arguments) throws IOException {
        List<String> skipped = Stream.of("surefire-reports", "failsafe-reports")
                .map(Path.of(arguments[0])::resolve)
                .flatMap(NoSkippedTests::reportsIn)
                .flatMap(NoSkippedTests::skippedIn)
                .toList();
        skipped.forEach(test -> System.out.println("skipped: " + test));
        if (!skipped.isEmpty()) {
            System.out.println("Tests may not be disabled or skipped: repair them, or remove them with a reason. "
                    + "(If one of these is gone already, its report is left from before: ./mvnw clean)");
            System.exit(1);
        }
    }

    private static Stream<Path> reportsIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(folder.toString(), e);
        }
    }

    private static Stream<String> skippedIn(Path report) {
        try {
            Matcher matcher = SKIPPED.matcher(Files.readString(report));
            return matcher.results().map(found -> found.group(2) + "." + found.group(1)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(report.toString(), e);
        }
    }
}
