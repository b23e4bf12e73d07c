package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/// The scales on which everything else is weighed.
final class GoldenTest {

    @Test
    void startingWith_nothingFound_refusesNamingThePrefix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Golden.startingWith("no_such_"))
                .withMessageContaining("'no_such_'");
    }

    @Test
    void startingWith_everyNumber_isCounted() {
        assertThat(Golden.startingWith("")).hasSize(183);
    }

    @Test
    void check_beyondTheTolerance_fails() {
        Golden golden = Golden.named("beta_cdf_51_951_0.05");
        double expected = golden.expected().asDouble();
        double allowed = golden.abs() + golden.rel() * expected;

        golden.check(expected + 0.9 * allowed);
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> golden.check(expected + 1.1 * allowed));
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> golden.check(Double.NaN));
    }
}
