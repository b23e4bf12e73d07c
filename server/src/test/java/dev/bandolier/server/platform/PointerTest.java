package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.buffer.Buffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// JSON pointers, by the document and the table of RFC 6901, section 5.
final class PointerTest {

    private static final Payload DOCUMENT = Payload.of(Buffer.buffer("""
        {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\\\j":5,"k\\"l":6," ":7,"m~n":8,"~1":9}
        """));

    @ParameterizedTest
    @MethodSource("table")
    void pointer_ofTheTable_leadsThere(String pointer, String literal) {
        assertThat(Pointer.of(pointer).in(DOCUMENT)).contains(new Payload.Numeral(literal));
    }

    static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of("/", "0"),
                Arguments.of("/a~1b", "1"),
                Arguments.of("/c%d", "2"),
                Arguments.of("/e^f", "3"),
                Arguments.of("/g|h", "4"),
                Arguments.of("/i\\j", "5"),
                Arguments.of("/k\"l", "6"),
                Arguments.of("/ ", "7"),
                Arguments.of("/m~0n", "8"),
                // Section 4: "~01" is "~1" and not "/".
                Arguments.of("/~01", "9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a~1b", "/~01", "/foo/0", "/foo//1", "/ "})
    void pointer_written_isReadAgain(String pointer) {
        assertThat(Pointer.of(pointer)).hasToString(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/foo/2",
                "/foo/-",
                "/foo/00",
                "/foo/01",
                "/foo/-1",
                "/foo/+1",
                "/foo/1e0",
                "/foo/9999999999",
                "/foo/\u0661",
                "/foo/0/a",
                "/nothing",
                "//",
                "/foo/"
            })
    void pointer_toNothing_findsNothing(String pointer) {
        assertThat(Pointer.of(pointer).in(DOCUMENT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "foo/0", "/~", "/~2", "/a~", " /a", "#/foo"})
    void text_thatIsNoPointer_isRefused(String text) {
        assertThat(Pointer.valid(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Pointer.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/foo"})
    void pointer_toAWhole_leadsThere(String pointer) {
        assertThat(Pointer.of(pointer).in(DOCUMENT)).isPresent();
        assertThat(Pointer.of("/foo/0").in(DOCUMENT)).contains(new Payload.Text("bar"));
        assertThat(Pointer.of("").in(DOCUMENT)).contains(DOCUMENT);
    }
}
