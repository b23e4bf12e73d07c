package dev.bandolier.server.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The first element of an array, against a parser.
final class FirstElementTest {

    private static final List<String> SCALARS = List.of(
            "1",
            "-2.50e+7",
            "true",
            "null",
            "\"\"",
            "\"a\"",
            "\"\\\"\"",
            "\"\\\\\"",
            "\"\\\\\\\"]\"",
            "\",\"",
            "\"[{\"",
            "\"ß🎉\"",
            "\"\\u005d\"",
            "[]",
            "{}");

    private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\t\r\n ");

    @Test
    void array_ofAnyJson_hasTheBytesOfItsFirstElement() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            String first = value(random, 4);
            int others = random.nextInt(3);
            StringBuilder array = new StringBuilder(space(random) + "[" + space(random) + first);
            for (int i = 0; i < others; i++) {
                array.append(space(random)).append(',').append(space(random)).append(value(random, 2));
            }
            array.append(space(random)).append(']').append(space(random));
            JsonArray parsed = new JsonArray(array.toString());

            FirstElement found =
                    FirstElement.of(array.toString().getBytes(UTF_8)).orElseThrow();

            assertThat(new String(found.bytes(), UTF_8)).as(array.toString()).isEqualTo(first);
            assertThat(Json.decodeValue(first)).isEqualTo(parsed.getValue(0));
            assertThat(found.alone()).as(array.toString()).isEqualTo(parsed.size() == 1);
        }
    }

    /// No recursion: as deep as a body is long.
    @Test
    void array_thatIsVeryDeep_isRead() {
        String deep = "[".repeat(500_000) + "]".repeat(500_000);

        FirstElement found = FirstElement.of(deep.getBytes(UTF_8)).orElseThrow();

        assertThat(found.bytes()).hasSize(deep.length() - 2);
        assertThat(found.alone()).isTrue();
    }

    private static String value(Random random, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(3)) {
            case 1 ->
                "[" + space(random) + String.join(space(random) + "," + space(random), values(random, depth)) + "]";
            case 2 ->
                "{" + space(random) + "\"k]\\\"\":" + space(random) + value(random, depth - 1) + space(random) + "}";
            default -> SCALARS.get(random.nextInt(SCALARS.size()));
        };
    }

    private static List<String> values(Random random, int depth) {
        return Collections.nCopies(random.nextInt(3), value(random, depth - 1));
    }

    private static String space(Random random) {
        return SPACES.get(random.nextInt(SPACES.size()));
    }
}
