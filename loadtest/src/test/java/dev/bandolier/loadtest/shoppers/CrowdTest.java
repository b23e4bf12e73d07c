package dev.bandolier.loadtest.shoppers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CrowdTest {

    @Test
    void next_beforeAnybodyWasAnswered_isAlwaysSomebodyNew() {
        Crowd crowd = new Crowd("r", 0.9, new SplittableRandom(1));

        Set<String> units = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Crowd.Visitor visitor = crowd.next();
            assertThat(visitor.known()).isFalse();
            units.add(visitor.unit());
        }
        assertThat(units).hasSize(100);
    }

    @Test
    void next_amongTheAnswered_comesBackWithTheArmThatWasShown() {
        Crowd crowd = new Crowd("r", 0.25, new SplittableRandom(2));
        crowd.met(crowd.next().shown(2));
        int n = 10_000;
        int returned = 0;
        for (int i = 0; i < n; i++) {
            Crowd.Visitor visitor = crowd.next();
            if (visitor.known()) {
                returned++;
                assertThat(visitor).isEqualTo(new Crowd.Visitor(0, "shopper-r-0", 2));
            }
        }
        // Four standard deviations of a binomial share: fails with 0.006 %.
        assertThat((double) returned / n).isCloseTo(0.25, within(4 * Math.sqrt(0.25 * 0.75 / n)));
    }

    @Test
    void met_moreThanAreRemembered_forgetsTheOldest() {
        Crowd crowd = new Crowd("r", 0.999, new SplittableRandom(3));
        for (int i = 0; i <= Crowd.REMEMBERED_MAX; i++) {
            crowd.met(new Crowd.Visitor(i, "v" + i, 0));
        }
        for (int i = 0; i < 50_000; i++) {
            assertThat(crowd.next().unit()).isNotEqualTo("v0");
        }
    }
}
