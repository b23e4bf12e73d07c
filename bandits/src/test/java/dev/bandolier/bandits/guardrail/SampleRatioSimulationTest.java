package dev.bandolier.bandits.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A thousand experiments of 40 versions with 1,000 visitors each, whose allocation drifts, looked at after each version.
final class SampleRatioSimulationTest {

    private static final int RUNS = 1000;
    private static final int VERSIONS = 40;
    private static final int VISITORS = 1000;

    /// How many runs warned, and how many blocked.
    private record Alarms(int warned, int blocked) {}

    /// Seed 21. By Ville's inequality at most 1 of 1,000 blocks is expected, and 10 warnings; an independent simulation of
    /// 20,000 runs had 3 and 40. At 0.00015 a block, none in 1,000 runs is what 86 % of seeds show; more than 8 warnings
    /// are what one in 4,000 seeds shows.
    @Test
    void logE_exposedAsDrawn_raisesNoAlarm() {
        Alarms alarms = alarms(new SplittableRandom(21), 0);

        assertThat(alarms.blocked()).isZero();
        assertThat(alarms.warned()).isLessThanOrEqualTo(8);
    }

    /// Seed 22. Every twentieth exposure of one arm is lost: noticed in 47 % of runs by 40,000 visitors (`methods.md`
    /// 7e, for a drift that it does not tell; 50.6 % in an independent simulation of 20,000 runs of this one). Three
    /// standard errors of 1,000 runs are 4.7 %: either bound fails for one seed in 700 if the share is in its middle.
    @Test
    void logE_fivePercentOfOneArmLost_isNoticedInHalfOfTheRuns() {
        Alarms alarms = alarms(new SplittableRandom(22), 0.05);

        assertThat(alarms.blocked() / (double) RUNS).isBetween(0.47 - 0.0475, 0.47 + 0.0475);
        assertThat(alarms.blocked() / (double) RUNS).isBetween(0.506 - 0.0475, 0.506 + 0.0475);
    }

    /// Seed 23. A tenth lost is never missed: an independent simulation found it in each of 20,000 runs.
    @Test
    void logE_tenthOfOneArmLost_isAlwaysNoticed() {
        assertThat(alarms(new SplittableRandom(23), 0.1).blocked()).isEqualTo(RUNS);
    }

    private static Alarms alarms(SplittableRandom random, double lost) {
        int warned = 0;
        int blocked = 0;
        for (int run = 0; run < RUNS; run++) {
            double highest = highest(random, lost);
            warned += highest >= SampleRatio.LOG_WARN ? 1 : 0;
            blocked += highest >= SampleRatio.LOG_BLOCK ? 1 : 0;
        }
        return new Alarms(warned, blocked);
    }

    private static double highest(SplittableRandom random, double lost) {
        SampleRatio ratio = SampleRatio.START;
        double highest = 0;
        for (int version = 0; version < VERSIONS; version++) {
            double swing = 0.2 * Math.sin(6.0 * version / (VERSIONS - 1));
            double first = 0.3 + swing;
            double second = 0.4 - swing;
            long[] got = new long[3];
            for (int visitor = 0; visitor < VISITORS; visitor++) {
                double at = random.nextDouble();
                int arm = at < first ? 0 : at < first + second ? 1 : 2;
                got[arm] += arm == 0 && random.nextDouble() < lost ? 0 : 1;
            }
            ratio = ratio.plus(
                    Map.of("a", first, "b", second, "c", 1 - first - second),
                    Map.of("a", got[0], "b", got[1], "c", got[2]));
            highest = Math.max(highest, ratio.logE());
        }
        return highest;
    }
}
