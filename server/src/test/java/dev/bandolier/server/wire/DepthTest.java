package dev.bandolier.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DepthTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}                       | 1 | false",
                "{}                       | 0 | true",
                "{\"a\":[{\"b\":[]}]}     | 4 | false",
                "{\"a\":[{\"b\":[]}]}     | 3 | true",
                "{\"a\":\"[[[[\"}         | 1 | false",
                "{\"a\":\"\\\"[[[[\"}     | 1 | false",
                "{\"a\":\"\\\\\",\"b\":[]}| 1 | true",
                "[[[                      | 2 | true",
                "]]][                     | 1 | false",
                "\"                       | 1 | false"
            })
    void exceeds_countsBracketsOutsideOfTexts(String text, int levelsMax, boolean expected) {
        assertThat(Depth.exceeds(Buffer.buffer(text), levelsMax, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,true"})
    void exceeds_inLines_beginsEachAnew(boolean lines, boolean expected) {
        assertThat(Depth.exceeds(Buffer.buffer("{\"a\n[\n[\n{\n"), 2, lines)).isFalse();
        assertThat(Depth.exceeds(Buffer.buffer("[\n[\n["), 2, lines)).isEqualTo(expected);
    }
}
