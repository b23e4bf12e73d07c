package dev.bandolier.bandits.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bandolier.bandits.Golden;
import org.junit.jupiter.api.Test;

final class DesignEffectTest {

    @Test
    void of_golden_agrees() {
        Golden golden = Golden.named("design_effect");

        golden.check(DesignEffect.of(golden.input("mean_cluster"), golden.input("icc")));
    }

    @Test
    void of_extremes_isOneOrTheClusterSize() {
        assertThat(DesignEffect.of(1, 0.7)).isOne();
        assertThat(DesignEffect.of(5, 0)).isOne();
        assertThat(DesignEffect.of(5, 1)).isEqualTo(5);
    }

    @Test
    void of_outOfRange_refusesNamingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DesignEffect.of(0.5, 0.1))
                .withMessageContaining("size 0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DesignEffect.of(3, 1.1))
                .withMessageContaining("correlation 1.1");
    }
}
