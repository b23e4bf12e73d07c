package dev.bandolier.bandits.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.Golden;
import org.junit.jupiter.api.Test;

final class ImportanceWeightingTest {

    @Test
    void estimates_referenceLog_areTheReferenceNumbers() {
        Golden golden = Golden.named("ope_estimators");
        ImportanceWeighting log = ImportanceWeighting.EMPTY;
        for (JsonNode row : golden.inputs().required("logs")) {
            int arm = row.required("arm").asInt();
            log = log.plus(
                    row.required("target").get(arm).asDouble(),
                    row.required("propensity").asDouble(),
                    row.required("reward").asDouble());
        }

        golden.check("ips", log.unbiased().value());
        golden.check("ips_se", log.unbiased().error());
        golden.check("snips", log.selfNormalised().value());
        golden.check("snips_se", log.selfNormalised().error());
        golden.check("ess", log.effectiveRows());
        golden.check("max_weight", log.maxWeight());
    }

    @Test
    void estimates_policyOfTheLogItself_areThePlainMean() {
        ImportanceWeighting log = ImportanceWeighting.EMPTY.plus(0.5, 0.5, 3).plus(0.2, 0.2, 1);

        assertThat(log.unbiased().value()).isCloseTo(2, within(1e-12));
        assertThat(log.selfNormalised().value()).isCloseTo(2, within(1e-12));
        assertThat(log.effectiveRows()).isCloseTo(2, within(1e-12));
    }

    @Test
    void plus_propensityZero_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ImportanceWeighting.EMPTY.plus(0.1, 0, 1));
    }
}
