package dev.bandolier.bandits.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LaiRobbinsTest {

    @ParameterizedTest
    @MethodSource("golden")
    void constant_golden_agrees(Golden golden) {
        double constant = LaiRobbins.constant(
                Arrays.stream(golden.inputList("means")).boxed().toList());

        golden.check("constant", constant);
        golden.check("times_lnT", constant * Math.log(golden.input("T")));
    }

    @Test
    void constant_nothingToTellApart_isZero() {
        assertThat(LaiRobbins.constant(List.of(0.3, 0.3))).isZero();
        assertThat(LaiRobbins.constant(List.of(0.3, 1.0))).isZero();
    }

    static Stream<Golden> golden() {
        return Golden.startingWith("lai_robbins_");
    }
}
