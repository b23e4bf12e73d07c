package dev.bandolier.loadtest.shoppers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.simulation.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegretTest {

    @Test
    void lost_ofVisitors_addsUpTheGapsToTheBestArm() {
        Regret regret = new Regret(new World(List.of(0.04, 0.05, 0.08), Duration.ZERO));
        for (int arm : new int[] {0, 0, 1, 2, 2}) {
            regret.shown(arm);
        }
        assertThat(regret.lost()).isCloseTo(0.04 + 0.04 + 0.03, within(1e-12));
        // By hand: five visitors lose 0.08 - (0.04 + 0.05 + 0.08) / 3 each.
        assertThat(regret.lostByEvenSplit()).isCloseTo(5 * (0.08 - 0.17 / 3), within(1e-12));
    }

    @Test
    void served_lastTenth_countsTheLatestOnly() {
        Served served = new Served(2, 1);
        for (int i = 0; i < 100; i++) {
            served.add(i < 95 ? 0 : 1);
        }
        assertThat(served.lastTenth()).isEqualTo(10);
        assertThat(served.bestShareOfLastTenth()).isEqualTo(0.5);
    }

    @Test
    void served_takeShares_startsAgainEachTime() {
        Served served = new Served(2, 1);
        served.add(0);
        served.add(1);
        served.add(1);
        served.add(1);
        assertThat(served.takeShares()).containsExactly(0.25, 0.75);
        assertThat(served.takeShares()).containsExactly(Double.NaN, Double.NaN);
        served.add(0);
        assertThat(served.takeShares()).containsExactly(1.0, 0.0);
    }

    @Test
    void served_nobody_hasNoShare() {
        assertThat(new Served(2, 1).bestShareOfLastTenth()).isNaN();
    }
}
