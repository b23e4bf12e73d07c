package dev.bandolier.server.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.learning.Learner;
import dev.bandolier.server.ledger.DefinitionJson;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an experiment starts with can be computed, or its prior is refused.
final class RegisterTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @MethodSource("arithmetic")
    void firstSnapshot_thatArithmeticCannotMake_isRefusedByThePrior(RuntimeException failure) {
        BiFunction<Experiment, Instant, Snapshot> overwhelmed = (experiment, now) -> {
            throw failure;
        };

        Problem problem =
                catchThrowableOfType(Problem.class, () -> Register.first(experiment("{}"), NOON, overwhelmed));

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.errors()).extracting(Problem.FieldError::field).containsExactly("prior");
        assertThat(problem.getMessage()).contains("did not converge");
    }

    static Stream<RuntimeException> arithmetic() {
        return Stream.of(new ArithmeticException("did not converge"), new IllegalArgumentException("did not converge"));
    }

    @Test
    void firstSnapshot_thatFailsForAnotherReason_isNotBlamedOnThePrior() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Register.first(experiment("{}"), NOON, (experiment, now) -> {
                    throw new IllegalStateException("a fault of ours");
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'exposures':1000000000,'conversions':0}",
                "{'exposures':1000000000,'conversions':1000000000}",
                "{'exposures':1000000000,'conversions':500000000}",
                "{'exposures':1,'conversions':1,'orders':1000000000}"
            })
    void firstSnapshot_ofTheLargestHistories_isComputed(String history) {
        Experiment largest = experiment("{'kind':'warm-start','discount':1,'exposuresMax':1000000000,'arms':{'a':"
                + history + ",'b':{'exposures':1000000000,'conversions':1}}}");

        assertThat(Register.first(largest, NOON, Learner::first).arms()).hasSize(2);
    }

    private static Experiment experiment(String prior) {
        String definition = "{'key':'k','arms':[{'key':'a','control':true},{'key':'b'}],'warmUp':0,"
                + "'objective':{'metric':'purchase'},'prior':" + prior + "}";
        return new Experiment(
                1,
                1,
                Experiment.State.RUNNING,
                1,
                2,
                NOON,
                DefinitionJson.read(new JsonObject(definition.replace('\'', '"'))));
    }
}
