package dev.bandolier.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bandolier.server.wire.Problem.FieldError;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fields are read exactly or refused by their path, all at once.
final class FieldsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "49.90",
                "0",
                "-1",
                "1E+3",
                "\"49.90\"",
                "\"1e3\"",
                "\"12345678901234567890.12\"",
                "123456789012.34"
            })
    void decimal_asNumberOrText_isExact(String json) {
        Fields in = fields("{\"value\":" + json + "}");

        assertThat(in.decimal("value"))
                .hasValueSatisfying(read -> assertThat(read).isEqualByComparingTo(json.replace("\"", "")));
        assertThat(in.clean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"NaN\"",
                "\"Infinity\"",
                "\"\"",
                "\" 1\"",
                "true",
                "[]",
                "{}",
                "\"1e999999999\"",
                "1e400",
                "\"0x10\"",
                "\"1,5\""
            })
    void decimal_thatIsNone_isRefused(String json) {
        Fields in = fields("{\"value\":" + json + "}");

        assertThat(in.decimal("value")).isEmpty();
        assertThat(refused(in)).containsExactly("value");
    }

    @Test
    void clean_ofAnObject_looksAtItsOwnFieldsAndThoseWithin() {
        Fields whole = Fields.of(new JsonObject("{\"one\":{\"inner\":{}},\"two\":{}}"));
        Fields one = whole.object("one");
        Fields two = whole.object("two");

        one.object("inner").refuse("x", "is wrong");

        assertThat(one.clean()).isFalse();
        assertThat(whole.clean()).isFalse();
        assertThat(two.clean()).isTrue();
    }

    @Test
    void decimal_missingOrNull_isAbsentAndFine() {
        assertThat(fields("{}").decimal("value")).isEmpty();
        Fields in = fields("{\"value\":null}");
        assertThat(in.decimal("value")).isEmpty();
        in.done();
    }

    @Test
    void texts_timesAndDurations_areReadAsWhatTheyAre() {
        Fields in = fields("{\"t\":\"x\",\"at\":\"2026-11-21T10:00:00+01:00\",\"d\":\"P7D\",\"n\":1.5,\"f\":true}");

        assertThat(in.text("t")).isEqualTo("x");
        assertThat(in.time("at")).contains(Instant.parse("2026-11-21T09:00:00Z"));
        assertThat(in.duration("d", Duration.ZERO)).isEqualTo(Duration.ofDays(7));
        assertThat(in.duration("missing", Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
        assertThat(in.number("n")).contains(1.5);
        assertThat(in.flag("f", false)).isTrue();
        assertThat(in.flag("missing", true)).isTrue();
        in.nothingElse();
        in.done();
    }

    @Test
    void mistakes_inNestedFields_areAllToldWithTheirPaths() {
        Fields in = fields("""
            {"a":1,"at":"now","d":"7 days","arms":[{"key":7},"x",{"colour":1}],"o":{"m":[]},"f":"yes","else":0}
            """);
        in.text("a");
        in.text("missing");
        in.time("at");
        in.duration("d", Duration.ZERO);
        in.flag("f", false);
        for (Fields arm : in.objects("arms")) {
            arm.optionalText("key");
            arm.nothingElse();
        }
        in.object("o").text("m");
        in.nothingElse();

        assertThat(refused(in))
                .containsExactlyInAnyOrder(
                        "a", "missing", "at", "d", "f", "arms[0].key", "arms[1]", "arms[2].colour", "o.m", "else");
    }

    @Test
    void objects_thatAreNone_areRefusedAndReadAsEmpty() {
        Fields in = fields("{\"o\":1,\"arms\":{}}");

        assertThat(in.object("o").optionalText("x")).isEmpty();
        assertThat(in.objects("arms")).isEmpty();
        assertThat(in.payload("missing")).isEqualTo("{}");
        assertThat(refused(in)).containsExactly("o", "arms");
    }

    @Test
    void decimal_ofAJsonNumber_keepsItsDigits() {
        assertThat(fields("{\"value\":0.1}").decimal("value")).contains(new BigDecimal("0.1"));
    }

    private static Fields fields(String json) {
        return Fields.of(new JsonObject(json));
    }

    private static List<String> refused(Fields in) {
        Problem problem = catchThrowableOfType(Problem.class, in::done);
        assertThat(problem.status()).isEqualTo(422);
        return problem.errors().stream().map(FieldError::field).toList();
    }
}
