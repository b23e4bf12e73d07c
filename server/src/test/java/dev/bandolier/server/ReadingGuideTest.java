package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the documents name is there: methods to start reading at, settings, other documents.
final class ReadingGuideTest {

    private static final Path ROOT = Path.of(System.getProperty("bandolier.root"));
    private static final String[] SOURCES = {"bandits/src/main/java", "server/src/main/java", "loadtest/src/main/java"};

    private final ReadingGuide guide = new ReadingGuide(ROOT, ParsedSource.below(SOURCES), variables());

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"})
    void document_namesOnlyWhatIsThere(String document) throws IOException {
        assertThat(guide.missing(Files.readString(ROOT.resolve(document)))).isEmpty();
    }

    @Test
    void readme_tellsWhereToStart() throws IOException {
        assertThat(ReadingGuide.stops(Files.readString(ROOT.resolve("README.md"))))
                .isEqualTo(5);
    }

    @Test
    void decisions_nameOnlyWhatIsThere() throws IOException {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs/decisions"))) {
            for (Path page : pages.toList()) {
                assertThat(guide.missing(Files.readString(page)))
                        .as(page.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void packages_linkOnlyToTypesThatAreThere() throws IOException {
        for (ParsedSource source : ParsedSource.below(SOURCES)) {
            if (source.name().endsWith("package-info.java")) {
                assertThat(guide.missingTypes(Files.readString(ROOT.resolve(source.name()))))
                        .as(source.name())
                        .isEmpty();
            }
        }
    }

    @Test
    void guide_toWhatIsNotThere_isFound() {
        assertThat(guide.missing("1. `Decider#decideAll`, set `BANDOLIER_NOTHING`, see [that](docs/nothing.md)."))
                .containsExactly("Decider#decideAll", "BANDOLIER_NOTHING", "docs/nothing.md");
        assertThat(guide.missingTypes("/// Read [Nothing] first.")).isEqualTo(List.of("Nothing"));
    }

    /// Settings of the server, and the variables that the launcher reads.
    private static Set<String> variables() {
        Set<String> variables = new HashSet<>();
        Settings.of(Map.of(), Map.of()).listing().forEach(each -> variables.add(each.name()));
        try {
            Pattern.compile("BANDOLIER_[A-Z_]+")
                    .matcher(Files.readString(ROOT.resolve("bandolier")))
                    .results()
                    .forEach(each -> variables.add(each.group()));
        } catch (IOException e) {
            throw new AssertionError("the launcher cannot be read", e);
        }
        return variables;
    }
}
