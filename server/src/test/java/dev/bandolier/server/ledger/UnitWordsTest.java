package dev.bandolier.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitWordsTest {

    @ParameterizedTest
    @CsvSource({"visitor, visitors", "company, companies", "day, days", "box, boxes", "address, addresses"})
    void units_areCalledAsTheOwnerCallsThem(String unit, String many) {
        assertThat(words(unit, "unit")).isEqualTo(new UnitWords(unit, many));
    }

    @Test
    void units_thatAreDrawnPerRequest_areRequests() {
        assertThat(words("visitor", "none")).isEqualTo(new UnitWords("request", "requests"));
    }

    private static UnitWords words(String unit, String sticky) {
        return UnitWords.of(DefinitionJson.read(new JsonObject()
                .put("key", "hero")
                .put("unit", unit)
                .put("sticky", sticky)
                .put(
                        "arms",
                        new JsonArray()
                                .add(new JsonObject().put("key", "a").put("control", true))
                                .add(new JsonObject().put("key", "b")))
                .put("objective", new JsonObject().put("metric", "purchase"))));
    }
}
