package dev.bandolier.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who sends a request is what they say, as far as it is a name.
final class CallTest {

    @Test
    void actor_whoSaysNothing_isTheApi() {
        assertThat(new Call(Map.of(), Map.of(), Map.of(), Buffer.buffer()).actor())
                .isEqualTo("api");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "Kim Example <kim@example.org>", "guardrails"})
    void actor_withAName_isThatName(String name) {
        assertThat(named(name).actor()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " kim", "kim ", "a\tb", "a\u0000b", "J\u00fcrgen", "guardrail"})
    void actor_whoseNameIsNone_isRefused(String name) {
        Problem problem = catchThrowableOfType(Problem.class, () -> named(name).actor());

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem).hasMessageStartingWith("Bandolier-Actor: ");
    }

    @Test
    void actor_withALongName_isRefused() {
        assertThat(named("x".repeat(100)).actor()).hasSize(100);
        assertThat(catchThrowableOfType(
                                Problem.class, () -> named("x".repeat(101)).actor())
                        .status())
                .isEqualTo(400);
    }

    private static Call named(String actor) {
        return new Call(Map.of(), Map.of(), Map.of("bandolier-actor", actor), Buffer.buffer());
    }
}
