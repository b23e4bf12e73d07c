package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Golden;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DecayTest {

    private static final double DAY = 86_400;

    @Test
    void weight_golden_agrees() {
        Golden golden = Golden.named("discounted_counts");
        Decay decay = Decay.of(Duration.ofDays((long) golden.input("half_life")));
        double conversions = 0;
        double exposures = 0;
        for (JsonNode event : golden.inputs().required("events")) {
            double weight =
                    decay.weight((golden.input("now") - event.required("t").asDouble()) * DAY);
            conversions += weight * event.required("S").asDouble();
            exposures += weight * event.required("N").asDouble();
        }
        double[] prior = golden.inputList("prior");
        BetaPosterior posterior = new BetaPosterior(prior[0], prior[1]).after(conversions, exposures);

        golden.check("S", conversions);
        golden.check("N", exposures);
        golden.check("alpha", posterior.alpha());
        golden.check("beta", posterior.beta());
    }

    @Test
    void remembered_golden_agrees() {
        Golden golden = Golden.named("discount_effective_n");
        Decay decay = Decay.of(Duration.ofDays((long) golden.input("half_life_days")));

        golden.check(decay.remembered(golden.input("rate_per_day") / DAY));
    }

    @Test
    void weight_noHalfLife_isOneForever() {
        assertThat(Decay.NONE.weight(1e12)).isOne();
        assertThat(Decay.NONE.remembered(0.1)).isInfinite();
    }

    @Test
    void weight_exposureAhead_isOne() {
        assertThat(Decay.of(Duration.ofDays(14)).weight(-DAY)).isOne();
    }

    @Test
    void of_noTime_isRefusedNamingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decay.of(Duration.ZERO))
                .withMessageContaining("PT0S");
    }
}
