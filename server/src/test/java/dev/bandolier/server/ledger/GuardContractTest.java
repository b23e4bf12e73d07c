package dev.bandolier.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.server.ContractDocument;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What guardrails say is shown as the contract promises, whatever they have to say: most of it takes days to provoke.
final class GuardContractTest {

    private final ContractDocument contract = ContractDocument.read();

    @Test
    void guard_withSomethingOfEverything_isAsPromised() throws JsonProcessingException {
        JsonObject shown = GuardJson.show(GuardJsonTest.conversions(), GuardJsonTest.guard(12.5, 2));

        assertThat(shown.fieldNames())
                .as("nothing is left out, so that nothing escapes")
                .contains("holdout", "arms", "spending", "ramp", "feed", "ratio", "top");
        assertThat(faults("Guard", shown)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.bandolier.server.ledger.GuardJsonTest#verdicts")
    void verdict_ofEveryKind_isAsPromised(Verdict verdict, String action, String note) throws JsonProcessingException {
        JsonObject shown = VerdictJson.show(GuardJsonTest.conversions(), verdict);

        assertThat(faults("Verdict", shown)).as(action + ": " + note).isEmpty();
        assertThat(faults("Verdict", shown.put("more", 1))).isNotEmpty();
    }

    private List<String> faults(String schema, JsonObject shown) throws JsonProcessingException {
        return contract.faults(
                contract.root().at("/components/schemas/" + schema), ContractDocument.JSON.readTree(shown.encode()));
    }
}
