package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The text of the programs, held against the rules of the house; and each rule against a text that breaks it.
final class HouseRulesTest {

    private static final List<ParsedSource> MAIN =
            ParsedSource.below("bandits/src/main/java", "server/src/main/java", "loadtest/src/main/java");

    private static final String ROOM = "server/src/main/java/dev/bandolier/server/learn/Broken.java";

    @ParameterizedTest
    @MethodSource("rulesAndBreaches")
    void programs_keepTheRule(Function<ParsedSource, List<String>> rule, ParsedSource ignored) {
        assertThat(MAIN).hasSizeGreaterThan(100);
        assertThat(MAIN.stream().flatMap(each -> rule.apply(each).stream())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rulesAndBreaches")
    void rule_meetsABreach_findsIt(Function<ParsedSource, List<String>> rule, ParsedSource breach) {
        assertThat(rule.apply(breach)).isNotEmpty();
    }

    /// An exception that is no longer needed would cover the next one of that name.
    @Test
    void exceptions_areStillNeeded() {
        assertThat(names(each -> each.lines() > HouseRules.FILE_LINES_MAX))
                .hasSameElementsAs(HouseRules.LONG_FILES.keySet());
        assertThat(names(each -> HouseRules.ownImports(each) > HouseRules.OWN_IMPORTS_MAX))
                .hasSameElementsAs(HouseRules.HUBS.keySet());
    }

    private static List<String> names(Predicate<ParsedSource> which) {
        return MAIN.stream().filter(which).map(ParsedSource::name).toList();
    }

    static Stream<Arguments> rulesAndBreaches() {
        return Stream.of(
                breach("files are short", HouseRules.FILES_ARE_SHORT, ROOM, "class A {" + "\n".repeat(301) + "}"),
                breach(
                        "methods are short",
                        HouseRules.METHODS_ARE_SHORT,
                        ROOM,
                        "class A { void a() {" + "\n".repeat(70) + "} }"),
                breach(
                        "nobody knows everybody",
                        HouseRules.NOBODY_KNOWS_EVERYBODY,
                        ROOM,
                        "import dev.bandolier.bandits.Arm;".repeat(15) + "class A {}"),
                breach("names say something", HouseRules.NAMES_SAY_SOMETHING, ROOM, "class A { class JsonUtil {} }"),
                breach("public types have docs", HouseRules.PUBLIC_TYPES_HAVE_DOCS, ROOM, "public class A {}"),
                breach(
                        "docs are Markdown",
                        HouseRules.PUBLIC_TYPES_HAVE_DOCS,
                        ROOM,
                        "/// An a.\npublic class A {\n/** Old. */\nint a; }"),
                breach(
                        "the clock is an argument",
                        HouseRules.CLOCK_AND_CHANCE_ARE_ARGUMENTS,
                        ROOM,
                        using("Instant.now()")),
                breach("so is its supplier", HouseRules.CLOCK_AND_CHANCE_ARE_ARGUMENTS, ROOM, using("f(Instant::now)")),
                breach("so is an old date", HouseRules.CLOCK_AND_CHANCE_ARE_ARGUMENTS, ROOM, using("new Date()")),
                breach(
                        "chance is an argument",
                        HouseRules.CLOCK_AND_CHANCE_ARE_ARGUMENTS,
                        ROOM,
                        using("ThreadLocalRandom.current().nextInt()")),
                breach("sql is in the ledger", HouseRules.SQL_IS_IN_THE_LEDGER, ROOM, using("\"select a from arms\"")),
                breach(
                        "sql in a text block too",
                        HouseRules.SQL_IS_IN_THE_LEDGER,
                        ROOM,
                        using("\"\"\"\n  update arms a\n  set b = 1\n\"\"\"")),
                breach(
                        "the load test knows no server",
                        HouseRules.LOADTEST_KNOWS_NO_SERVER,
                        "loadtest/src/main/java/dev/bandolier/loadtest/Broken.java",
                        "import dev.bandolier.server.Main; class A {}"));
    }

    private static String using(String expression) {
        return "class A { Object a = " + expression + "; }";
    }

    private static Arguments breach(String what, Function<ParsedSource, List<String>> rule, String name, String text) {
        return Arguments.of(Named.of(what, rule), Named.of("a breach", ParsedSource.of(name, text)));
    }
}
