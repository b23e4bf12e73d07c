package dev.bandolier.server.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bandolier.server.Settings;
import dev.bandolier.server.wire.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An ask is read whole, or refused by the name of its field.
final class AskReaderTest {

    private static final Settings.Decide LIMITS =
            Settings.of(Map.of(), Map.of()).decide();

    private final Ask.Reader reader = new Ask.Reader(LIMITS, 8);

    @Test
    void ask_withEverything_isReadAsWritten() {
        Ask ask = read("""
            {"experiment":"hero","unit":"ü-1","context":{"device":{"kind":"mobile"},"n":[1,2]},
             "eligible":["a","b"],"exclude":["b"],"consent":false,"force":"a","record":false}
            """);

        assertThat(ask.unit()).isEqualTo("ü-1");
        assertThat(ask.experiments()).containsExactly("hero");
        assertThat(ask.single()).isTrue();
        assertThat(ask.consent()).isFalse();
        assertThat(ask.record()).isFalse();
        assertThat(ask.force()).isEqualTo(Map.of("hero", "a"));
        assertThat(ask.narrows()).isTrue();
        assertThat(Set.of("a", "b", "c")).filteredOn(ask::allows).containsExactly("a");
    }

    @Test
    void ask_ofTheLeast_hasDefaults() {
        Ask ask = read("{\"unit\":\"u\",\"experiments\":[\"x\",\"y\"],\"force\":{\"y\":\"b\"}}");

        assertThat(ask.experiments()).containsExactly("x", "y");
        assertThat(ask.single()).isFalse();
        assertThat(ask.consent()).isTrue();
        assertThat(ask.record()).isTrue();
        assertThat(ask.narrows()).isFalse();
        assertThat(ask.allows("anything")).isTrue();
        assertThat(ask.force()).isEqualTo(Map.of("y", "b"));
    }

    @Test
    void context_plainValues_areKeptAsTheirTextAndNestedOnesSkipped() {
        Ask ask = read("""
            {"experiment":"hero","unit":"u","context":{"device":"mobile","new":true,"items":1.50,"none":null,
             "cart":{"device":"tv"},"tags":["a"],"twice":"x","twice":{}},"consent":false}
            """);

        assertThat(ask.context()).isEqualTo(Map.of("device", "mobile", "new", "true", "items", "1.50"));
        assertThat(ask.consent()).isFalse();
        assertThat(read("{\"experiment\":\"hero\",\"unit\":\"u\"}").context()).isEmpty();
    }

    @Test
    void context_longerThanTheLimit_isNotSeenAndRefusesNobody() {
        String longest = "v".repeat(LIMITS.contextCharactersMax());

        assertThat(read(context("\"a\":\"" + longest + "\"")).context()).containsEntry("a", longest);
        assertThat(read(context("\"a\":\"" + longest + "v\",\"b\":1")).context())
                .isEqualTo(Map.of("b", "1"));
        assertThat(read(context("\"" + longest + "v\":true,\"b\":1")).context()).isEqualTo(Map.of("b", "1"));
        assertThat(read(context("\"a\":\"short\",\"a\":\"" + longest + "v\"")).context())
                .isEmpty();
    }

    @Test
    void context_ofMoreThanTheLimit_isSeenUpToIt() {
        String most = attributes(LIMITS.contextValuesMax());

        Ask ask = read(context(most + ",\"more\":1,\"nested\":{\"a\":1},\"a0\":\"again\""));

        assertThat(ask.context())
                .hasSize(LIMITS.contextValuesMax())
                .doesNotContainKey("more")
                .containsEntry("a0", "again");
        assertThat(read(context("\"nested\":{\"a\":1}," + most)).context()).hasSize(LIMITS.contextValuesMax());
    }

    private static String attributes(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"a" + i + "\":" + i).collect(Collectors.joining(","));
    }

    private static String context(String attributes) {
        return "{\"unit\":\"u\",\"experiment\":\"x\",\"context\":{" + attributes + "}}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "null",
                "7",
                "{\"unit\":}",
                "{\"unit\":\"u\"",
                "{\"unit\":\"u\",\"experiment\":\"x\"} {}",
                "{unit:\"u\"}",
                "{\"unit\":\"u\",\"experiment\":\"x\",\"context\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":"
                        + "{\"a\":{\"a\":1}}}}}}}}}"
            })
    void ask_thatIsNoJsonObject_is400(String body) {
        assertThat(problem(body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{`experiment`:`x`} | unit",
                "{`experiment`:`x`,`unit`:``} | unit",
                "{`experiment`:`x`,`unit`:null} | unit",
                "{`experiment`:`x`,`unit`:1} | unit",
                "{`unit`:`u`} | experiment",
                "{`unit`:`u`,`experiment`:`x`,`experiments`:[`y`]} | experiment",
                "{`unit`:`u`,`experiments`:[]} | experiments",
                "{`unit`:`u`,`experiments`:`x`} | experiments",
                "{`unit`:`u`,`experiments`:[`x`,2]} | experiments[1]",
                "{`unit`:`u`,`experiment`:`x`,`eligible`:`a`} | eligible",
                "{`unit`:`u`,`experiment`:`x`,`exclude`:[null]} | exclude[0]",
                "{`unit`:`u`,`experiment`:`x`,`consent`:`yes`} | consent",
                "{`unit`:`u`,`experiment`:`x`,`record`:0} | record",
                "{`unit`:`u`,`experiment`:`x`,`force`:1} | force",
                "{`unit`:`u`,`experiments`:[`x`],`force`:`a`} | force",
                "{`unit`:`u`,`experiments`:[`x`],`force`:{`x`:1}} | force.x",
                "{`unit`:`u`,`experiment`:`x`,`context`:[]} | context",
                "{`unit`:`u`,`experiment`:`x`,`colour`:{}} | colour"
            })
    void ask_withAWrongField_namesIt(String body, String field) {
        Problem problem = problem(body.replace('`', '"'));

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.errors()).extracting(Problem.FieldError::field).containsExactly(field);
    }

    @Test
    void ask_beyondALimit_namesTheField() {
        String many = IntStream.rangeClosed(0, LIMITS.experimentsMax())
                .mapToObj(i -> "\"x" + i + "\"")
                .collect(Collectors.joining(","));
        String longest = "u".repeat(LIMITS.unitCharactersMax());

        assertThat(problem("{\"unit\":\"u\",\"experiments\":[" + many + "]}").errors())
                .extracting(Problem.FieldError::field)
                .containsExactly("experiments");
        assertThat(read("{\"experiment\":\"x\",\"unit\":\"" + longest + "\"}").unit())
                .isEqualTo(longest);
        assertThat(problem("{\"experiment\":\"x\",\"unit\":\"" + longest + "u\"}")
                        .errors())
                .extracting(Problem.FieldError::field)
                .containsExactly("unit");
    }

    private Ask read(String body) {
        return reader.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private Problem problem(String body) {
        return catchThrowableOfType(Problem.class, () -> read(body));
    }
}
