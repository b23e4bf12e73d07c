package dev.bandolier.bandits.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bandolier.bandits.Allocation;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ReplayTest {

    @Test
    void plus_rows_countsOnlyWhatMatches() {
        Replay replay = Replay.over(3)
                .plus(0, 0, true)
                .plus(1, 2, true)
                .plus(2, 2, false)
                .plus(0, 0, false)
                .plus(1, 0, false);

        assertThat(replay.rows()).isEqualTo(5);
        assertThat(replay.matches()).isEqualTo(3);
        assertThat(replay.matches(0)).isEqualTo(2);
        assertThat(replay.matches(1)).isZero();
        assertThat(replay.matches(2)).isOne();
        assertThat(replay.clicks()).isOne();
        assertThat(replay.clickRate()).isEqualTo(1.0 / 3);
        assertThat(replay.interval()).isEqualTo(Wilson.of(1, 3));
    }

    @Test
    void plus_anotherRow_leavesTheEarlierReplayAlone() {
        Replay before = Replay.over(2).plus(0, 0, true);
        before.plus(0, 0, true);

        assertThat(before.matches(0)).isOne();
        assertThat(before.rows()).isOne();
    }

    @Test
    void clickRate_noMatch_isNotANumber() {
        Replay replay = Replay.over(2).plus(0, 1, true);

        assertThat(replay.clickRate()).isNaN();
        assertThat(replay.interval()).isEqualTo(new Wilson(0, 1));
    }

    /// The true rate lies in the 95 % interval for all but some 5 % of 400 logs; fewer than 360 hits have probability
    /// 2e-5.
    @Test
    void interval_uniformLogs_coversWhatThePolicyEarns() {
        double[] rates = {0.02, 0.05, 0.1};
        Allocation policy = Allocation.of(0.2, 0.3, 0.5);
        double earned = 0.2 * 0.02 + 0.3 * 0.05 + 0.5 * 0.1;
        RandomGenerator random = new SplittableRandom(17);
        int covered = 0;
        for (int log = 0; log < 400; log++) {
            Replay replay = Replay.over(rates.length);
            for (int row = 0; row < 3000; row++) {
                int logged = random.nextInt(rates.length);
                boolean click = random.nextDouble() < rates[logged];
                replay = replay.plus(logged, policy.armAt(random.nextDouble()), click);
            }
            Wilson interval = replay.interval();
            covered += interval.lower() <= earned && earned <= interval.upper() ? 1 : 0;
        }

        assertThat(covered).isBetween(360, 399);
    }

    @Test
    void plus_unknownArm_refusesNamingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Replay.over(2).plus(2, 0, false))
                .withMessageContaining("arm 2 of 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Replay.over(2).plus(0, -1, false))
                .withMessageContaining("arm -1 of 2");
        assertThatIllegalArgumentException().isThrownBy(() -> Replay.over(0)).withMessageContaining("0 arms");
    }
}
