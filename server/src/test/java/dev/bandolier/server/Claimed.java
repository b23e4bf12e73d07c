package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.ClaimsOracle.Found;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.assertj.core.data.Offset;

/// What a report says of three arms, `a` the control, held against an oracle.
final class Claimed {

    /// The 97.5 % quantile of the standard normal distribution.
    static final double Z = 1.959963984540054;

    private Claimed() {}

    /// Claims about arms are those of these units, amounts in this unit.
    static void check(JsonArray claims, ClaimsOracle drawn, double unit) {
        for (String key : List.of("a", "b", "c")) {
            JsonObject claim = arm(claims, key);
            ClaimsOracle own = drawn.those(each -> each.arm().equals(key));
            assertThat(claim.getLong("units")).as(key).isEqualTo(own.count());
            assertThat(claim.getDouble("observed")).isCloseTo(own.earned() / own.count() * unit, Offset.offset(1e-9));
            assertThat(claim.getDouble("covered"))
                    .isCloseTo((double) drawn.able(key).count() / drawn.count(), Offset.offset(1e-12));
            check(claim.getJsonObject("value"), drawn.value(key), unit);
            if (key.equals("a")) {
                assertThat(claim.getValue("lift")).isNull();
                assertThat(claim.getValue("anytime")).isNull();
            } else {
                check(claim.getJsonObject("lift"), drawn.lift(key, "a"), 1);
                assertThat(claim.getJsonObject("stabilised").getDouble("lower"))
                        .isLessThan(claim.getJsonObject("stabilised").getDouble("upper"));
            }
        }
    }

    /// An estimate is the one found, in this unit, with its 95 % interval.
    static void check(JsonObject shown, Found found, double unit) {
        Offset<Double> close = Offset.offset(1e-9 * Math.max(1, Math.abs(found.value() * unit)));
        assertThat(shown.getDouble("estimate")).isCloseTo(found.value() * unit, close);
        assertThat(shown.getDouble("lower")).isCloseTo((found.value() - Z * found.error()) * unit, close);
        assertThat(shown.getDouble("upper")).isCloseTo((found.value() + Z * found.error()) * unit, close);
    }

    /// The entry of an arm.
    static JsonObject arm(JsonArray arms, String key) {
        return arms.stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("arm").equals(key))
                .findFirst()
                .orElseThrow();
    }

    /// Units of all arms, of the day or in all.
    static long units(JsonArray traffic, String when) {
        return traffic.stream()
                .map(JsonObject.class::cast)
                .mapToLong(each -> each.getJsonObject(when).getLong("units"))
                .sum();
    }

    /// The sum of the shares of the day.
    static double shares(JsonArray traffic) {
        return traffic.stream()
                .map(JsonObject.class::cast)
                .mapToDouble(each -> each.getJsonObject("day").getDouble("share"))
                .sum();
    }
}
