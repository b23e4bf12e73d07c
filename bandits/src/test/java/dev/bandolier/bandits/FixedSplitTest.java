package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FixedSplitTest {

    private static final Contender CLASSIC = Contenders.counted("classic", 100, 90);
    private static final Contender VIDEO = Contenders.counted("video", 100, 1);
    private static final Contender POSTER = Contenders.counted("poster", 0, 0);

    private static final Policy SPLIT = new FixedSplit(Map.of("classic", 0.5, "video", 0.3, "poster", 0.2));

    @Test
    void allocate_everyArmLive_servesTheSharesWhateverIsBelieved() {
        assertThat(SPLIT.allocate(List.of(VIDEO, POSTER, CLASSIC), 200).probabilities())
                .containsExactly(new double[] {0.3, 0.2, 0.5}, within(1e-15));
    }

    @Test
    void allocate_someArmsLive_keepsTheirProportions() {
        assertThat(SPLIT.allocate(List.of(CLASSIC, VIDEO), 200).probabilities())
                .containsExactly(new double[] {0.625, 0.375}, within(1e-15));
    }

    @Test
    void allocate_armWithoutAShare_getsNothing() {
        Contender added = Contenders.counted("added", 0, 0);

        assertThat(SPLIT.allocate(List.of(CLASSIC, added), 100)).isEqualTo(Allocation.of(1, 0));
    }

    @Test
    void allocate_noLiveArmHasAShare_sharesEqually() {
        assertThat(new FixedSplit(Map.of("classic", 1.0)).allocate(List.of(VIDEO, POSTER), 100))
                .isEqualTo(Allocation.uniform(2));
    }

    @Test
    void constructor_notShares_refusesNamingThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FixedSplit(Map.of("a", 1.0, "b", -0.5)))
                .withMessageContaining("share -0.5 of arm 'b'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FixedSplit(Map.of("a", 0.0)))
                .withMessageContaining("{a=0.0} sum to 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FixedSplit(Map.of("a", Double.POSITIVE_INFINITY)))
                .withMessageContaining("Infinity");
    }
}
