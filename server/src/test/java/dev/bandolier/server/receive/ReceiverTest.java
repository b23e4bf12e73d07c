package dev.bandolier.server.receive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 200})
    void crowded_byAFewConversions_neverHoldsHoweverSmallABatchIs(int batchMax) {
        assertThat(Receiver.crowded(0, batchMax)).isFalse();
        assertThat(Receiver.crowded(100, batchMax)).isFalse();
        assertThat(Receiver.crowded(101, batchMax)).isTrue();
    }

    @Test
    void crowded_byMoreThanHalfABatch_holds() {
        assertThat(Receiver.crowded(500, 1_000)).isFalse();
        assertThat(Receiver.crowded(501, 1_000)).isTrue();
    }
}
