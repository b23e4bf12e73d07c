package dev.bandolier.bandits.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.Golden;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RatioTestTest {

    static Stream<Golden> harm() {
        return Stream.of("no_harm", "mild", "dead_arm").map(name -> Golden.named("harm_eprocess_" + name));
    }

    @Test
    void bets_always_areTheReferenceGrid() {
        Golden.named("harm_grid").check(Wealth.bets());
    }

    @ParameterizedTest
    @MethodSource("harm")
    void logFactors_conversionsOfVersions_makeTheReferenceWealth(Golden golden) {
        Wealth wealth = wealth(golden, RatioTest.Side.LOWER);

        golden.check("log_wealth_per_bet", wealth.logs());
        golden.check("log_e", wealth.logE());
        golden.check("e", Math.exp(wealth.logE()));
    }

    @Test
    void logFactors_higher_makeTheReferenceWealth() {
        Golden golden = Golden.named("benefit_eprocess");
        Wealth wealth = wealth(golden, RatioTest.Side.HIGHER);

        golden.check("log_e", wealth.logE());
        golden.check("e", Math.exp(wealth.logE()));
    }

    @Test
    void logFactors_winsorisedRevenue_makeTheReferenceWealth() {
        Golden golden = Golden.named("harm_eprocess_revenue");
        RatioTest test = new RatioTest(RatioTest.Side.LOWER, golden.input("delta"));
        double cap = golden.input("cap");
        Wealth wealth = Wealth.START;
        for (JsonNode order : golden.inputs().required("orders")) {
            double q = order.required("q").asDouble();
            double reward = Math.min(order.required("value").asDouble(), cap) / cap;
            boolean ofArm = order.required("arm").asText().equals("a");
            wealth = wealth.plus(test.logFactors(ofArm, Chance.of(q, 1 - q), reward), 1);
        }

        golden.check("log_wealth_per_bet", wealth.logs());
        golden.check("log_e", wealth.logE());
    }

    @Test
    void logFactors_segments_makeTheReferenceWealth() {
        Golden golden = Golden.named("harm_eprocess_segmented");
        RatioTest test = new RatioTest(RatioTest.Side.LOWER, golden.input("delta"));
        double leastControl = Math.min(0.5, 0.7);
        Wealth wealth = Wealth.START;
        for (JsonNode row : golden.inputs().required("rows")) {
            Chance chance = new Chance(
                    row.required("p_arm").asDouble(),
                    row.required("p_ctrl").asDouble(),
                    row.required("p_min").asDouble(),
                    leastControl);
            wealth = wealth.plus(
                            test.logFactors(true, chance, 1),
                            row.required("conv_arm").asLong())
                    .plus(
                            test.logFactors(false, chance, 1),
                            row.required("conv_ctrl").asLong());
        }

        golden.check("log_wealth_per_bet", wealth.logs());
        golden.check("log_e", wealth.logE());
    }

    private static Wealth wealth(Golden golden, RatioTest.Side side) {
        RatioTest test = new RatioTest(side, golden.input("delta"));
        Wealth wealth = Wealth.START;
        for (JsonNode version : golden.inputs().required("versions")) {
            double q = version.required("q").asDouble();
            Chance chance = Chance.of(q, 1 - q);
            wealth = wealth.plus(
                            test.logFactors(true, chance, 1),
                            version.required("conv_arm").asLong())
                    .plus(
                            test.logFactors(false, chance, 1),
                            version.required("conv_ctrl").asLong());
        }
        return wealth;
    }
}
