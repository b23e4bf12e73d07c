package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContenderTest {

    private static final Posterior FLAT = new BetaPosterior(1, 1);

    @Test
    void average_someTrials_isNotShrunkByThePrior() {
        assertThat(new Contender("a", FLAT, 8, 2).average()).isEqualTo(0.25);
        assertThat(new Contender("a", FLAT, 0, 0).average()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void constructor_notTrials_refusesNamingTheArm(double trials) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Contender("a", FLAT, trials, 0))
                .withMessageContaining("trials " + trials + " of arm 'a'");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void constructor_rewardNotFinite_refusesNamingTheArm(double reward) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Contender("a", FLAT, 1, reward))
                .withMessageContaining("reward " + reward + " of arm 'a'");
    }
}
