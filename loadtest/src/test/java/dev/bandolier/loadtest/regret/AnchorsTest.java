package dev.bandolier.loadtest.regret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The published numbers as people read them, against the same numbers with all their digits.
class AnchorsTest {

    private static final Map<String, String> PROBLEMS = Map.of("A", "P1", "B", "P2", "C", "P3");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mabwiser_TS      | MABWiser 2.7.4     | Thompson, Beta(1, 1)
        mabwiser_EG0.1   | MABWiser 2.7.4     | epsilon-greedy 0.1, first-key ties
        mabwiser_UCB1    | MABWiser 2.7.4     | UCB1, alpha = 1
        vw_eps0.1        | VW (vw-jni 9.3.0)  | cb_explore_adf --epsilon 0.1
        vw_bag5          | VW (vw-jni 9.3.0)  | cb_explore_adf --bag 5
        vw_squarecb      | VW (vw-jni 9.3.0)  | cb_explore_adf --squarecb
        numpy_TS         | numpy reference    | Thompson, Beta(1, 1)
        numpy_TSjeffreys | numpy reference    | Thompson, Jeffreys
        numpy_TSunit     | numpy reference    | Thompson, unit-success
        numpy_BUCB       | numpy reference    | Bayes-UCB
        numpy_KLUCB      | numpy reference    | KL-UCB, c = 0
        numpy_UCB1       | numpy reference    | UCB1
        numpy_EG0.1      | numpy reference    | epsilon-greedy 0.1, random ties
        numpy_EG0.1first | numpy reference    | epsilon-greedy 0.1, first-index ties
        numpy_EGdecay5   | numpy reference    | epsilon-greedy min(1, 5 K / t)
        numpy_TTTS       | numpy reference    | top-two Thompson, beta 1/2
        """)
    void anchor_onEachProblem_isTheMeasuredNumberRounded(String golden, String source, String policy)
            throws IOException {
        Path file = Path.of(System.getProperty("bandolier.root"), "bandits/src/test/resources/golden.json");
        List<JsonObject> entries = new JsonObject(Files.readString(file))
                .getJsonArray("entries").stream().map(JsonObject.class::cast).toList();
        PROBLEMS.forEach((letter, problem) -> {
            JsonObject expected = entries.stream()
                    .filter(entry -> entry.getString("name").equals("regret_anchor_" + golden + "_" + letter))
                    .findFirst()
                    .orElseThrow()
                    .getJsonObject("expected");
            Anchor anchor = Anchors.of(problem).stream()
                    .filter(each ->
                            each.source().equals(source) && each.policy().equals(policy))
                    .findFirst()
                    .orElseThrow();
            assertThat(anchor.mean()).isCloseTo(expected.getDouble("mean"), within(0.0501));
            assertThat(anchor.error()).isCloseTo(expected.getDouble("se"), within(0.0501));
        });
    }

    @Test
    void anchors_ofLongProblems_areThoseWithASlope() {
        assertThat(Anchors.of("P4")).hasSize(2).allMatch(anchor -> anchor.slope() > 10);
        assertThat(Anchors.of("P5")).hasSize(2).allMatch(anchor -> anchor.slope() > 30);
        assertThat(Anchors.of("P6")).isEmpty();
    }
}
