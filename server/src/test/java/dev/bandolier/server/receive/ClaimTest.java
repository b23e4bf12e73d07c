package dev.bandolier.server.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A claim is read to the last cent, or refused by the names of its fields.
final class ClaimTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final int UNIT_CHARACTERS = 20;

    @ParameterizedTest
    @CsvSource({
        "49.90, EUR, 4990",
        "49.9, EUR, 4990",
        "0, EUR, 0",
        "0.01, EUR, 1",
        "49.900000, EUR, 4990",
        "5e1, EUR, 5000",
        "500, JPY, 500",
        "500.0, JPY, 500",
        "1.234, KWD, 1234",
        "1000000000, EUR, 100000000000",
        "1, XAU, 1"
    })
    void value_inACurrency_isItsMinorUnits(String value, String currency, long minor) {
        assertThat(read(claim().put("value", value).put("currency", currency)).value())
                .contains(minor);
    }

    @ParameterizedTest
    @CsvSource({
        "-0.01, EUR, value",
        "49.905, EUR, value",
        "0.001, EUR, value",
        "500.5, JPY, value",
        "1000000000.01, EUR, value",
        "1e30, EUR, value",
        "1e-300, EUR, value",
        "NaN, EUR, value",
        "5, EURO, currency",
        "5, eur, currency",
        "5, '', currency",
        "5, , currency"
    })
    void value_orCurrencyThatIsWrong_isRefusedByName(String value, String currency, String field) {
        assertThat(refused(claim().put("value", value).put("currency", currency)))
                .containsExactly(field);
    }

    @Test
    void claim_ofAMetricAndAUnit_isAllThatIsNeeded() {
        Claim claim = read(new JsonObject().put("metric", "click").put("unit", "u"));

        assertThat(claim.id()).isNotEmpty();
        assertThat(claim.at()).isEqualTo(NOW);
        assertThat(claim.unit()).contains("u");
        assertThat(claim.value()).isEmpty();
        assertThat(claim.reverses()).isEmpty();
        assertThat(read(new JsonObject().put("metric", "click").put("reverses", "order-1"))
                        .reverses())
                .contains("order-1");
        assertThat(read(new JsonObject().put("metric", "click").put("decision", "d1.x"))
                        .token())
                .contains("d1.x");
        assertThat(claim.origin()).isEmpty();
        assertThat(read(claim().put("origin", "203.0.113.0/24")).origin()).contains("203.0.113.0/24");
    }

    @Test
    void claims_withoutIds_getDifferentOnes() {
        JsonObject json = new JsonObject().put("metric", "click").put("unit", "u");

        assertThat(read(json).id()).isNotEqualTo(read(json).id());
    }

    @Test
    void claim_withSeveralMistakes_namesAll() {
        assertThat(refused(new JsonObject()
                        .put("id", "")
                        .put("metric", "no metric")
                        .put("unit", "u".repeat(UNIT_CHARACTERS + 1))
                        .put("currency", "XXY")
                        .put("at", "now")
                        .put("reverses", "r".repeat(Claim.ID_CHARACTERS_MAX + 1))
                        .put("origin", "o".repeat(Claim.ID_CHARACTERS_MAX + 1))
                        .put("colour", "red")))
                .containsExactlyInAnyOrder("id", "metric", "unit", "currency", "at", "reverses", "origin", "colour");
    }

    @Test
    void claim_ofNobody_isRefused() {
        assertThat(refused(new JsonObject().put("metric", "click"))).containsExactly("unit");
        assertThat(refused(new JsonObject().put("unit", "u"))).containsExactly("metric");
        assertThat(refused(claim().put("unit", 7))).containsExactly("unit");
    }

    /// It would be a repeat of what it takes back, and so take back nothing.
    @Test
    void claim_thatReversesItself_isRefused() {
        JsonObject itself = claim().put("reverses", "order-1");

        assertThat(refused(itself)).containsExactly("reverses");
        assertThat(problem(() -> Claim.readNamed(itself, NOW, UNIT_CHARACTERS))
                        .errors()
                        .getFirst()
                        .reason())
                .contains("an id of its own");
        assertThat(read(itself.put("id", "refund-1")).reverses()).contains("order-1");
    }

    @ParameterizedTest
    @CsvSource({"'line\nbreak'", "'tab\t'", "'\u0000'"})
    void id_withControlCharacters_isRefused(String id) {
        assertThat(refused(claim().put("id", id))).containsExactly("id");
        assertThat(refused(claim().put("origin", id))).containsExactly("origin");
    }

    private static JsonObject claim() {
        return new JsonObject().put("id", "order-1").put("metric", "purchase").put("unit", "visitor-1");
    }

    private static Claim read(JsonObject json) {
        return Claim.read(json, NOW, UNIT_CHARACTERS);
    }

    private static List<String> refused(JsonObject json) {
        return problem(() -> Claim.read(json, NOW, UNIT_CHARACTERS)).errors().stream()
                .map(Problem.FieldError::field)
                .toList();
    }

    private static Problem problem(ThrowingCallable reading) {
        return Optional.ofNullable(catchThrowableOfType(Problem.class, reading)).orElseThrow();
    }
}
