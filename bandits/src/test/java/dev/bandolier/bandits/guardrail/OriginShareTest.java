package dev.bandolier.bandits.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.guardrail.OriginShare.Stratum;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

final class OriginShareTest {

    /// Half of the conversions of every arm.
    @Test
    void flagged_bigAffiliateInAllArmsAlike_isNot() {
        OriginShare small = share(20, 520, 40, 1040);
        OriginShare big = share(500, 520, 1000, 1040);

        assertThat(small.flagged(1)).isFalse();
        assertThat(big.flagged(1)).isFalse();
        assertThat(small.logP()).isGreaterThan(Math.log(0.4));
        assertThat(small.share()).isEqualTo(0.5);
    }

    @Test
    void flagged_halfOfASmallArmAndNothingInTheOthers_is() {
        OriginShare found = share(20, 20, 40, 1040);

        assertThat(found.flagged(100L * 1000)).isTrue();
        assertThat(found).extracting(OriginShare::reported, OriginShare::all).containsExactly(20L, 40L);
    }

    /// Where the origin brings most of all conversions, its share in all arms together is mostly its own fraud: a
    /// binomial number of that share would not be beyond chance.
    @Test
    void flagged_fraudIsMostOfAll_is() {
        OriginShare found = share(20, 20, 21, 30);

        assertThat(found.flagged(10)).isTrue();
        assertThat(BinomialDistribution.of(20, 21.0 / 30).survivalProbability(19))
                .isGreaterThan(OriginShare.ALPHA);
    }

    @Test
    void flagged_firstConversionOfAnOrigin_isNot() {
        assertThat(share(1, 1, 1, 1_000_000).logP()).isCloseTo(-Math.log(1_000_000), within(1e-9));
        assertThat(share(1, 1, 40, 1040).flagged(1)).isFalse();
    }

    @Test
    void of_nothingToCompareWith_saysNothing() {
        assertThat(share(20, 20, 40, 40).logP()).isZero();
        assertThat(share(0, 20, 40, 100).logP()).isZero();
        assertThat(OriginShare.of("b", List.of())).isEqualTo(new OriginShare("b", 0, 0, 0, 0));
    }

    /// The origin sold on the one day on which the arm had 90 % of the traffic.
    @Test
    void flagged_arrivedWhileTheArmHadMostTraffic_isNotWithinDays() {
        Stratum then = new Stratum(90, 100, 900, 1000);
        Stratum later = new Stratum(0, 0, 100, 1000);

        assertThat(OriginShare.of("b", List.of(then, later)).flagged(1)).isFalse();
        assertThat(share(90, 100, 1000, 2000).flagged(1000)).isTrue();
    }

    @Test
    void of_anyStratum_isTheTailOfFishersTest() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 300; i++) {
            Stratum each = stratum(random);
            BigDecimal tail = new BigDecimal(ways(each.both(), each)).divide(total(each), MathContext.DECIMAL64);
            assertThat(OriginShare.of("b", List.of(each)).logP()).isCloseTo(Math.log(tail.doubleValue()), within(1e-9));
        }
    }

    /// Two and three strata, counted out.
    @Test
    void of_severalStrata_isTheTailOfTheSum() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 100; i++) {
            List<Stratum> strata = new ArrayList<>();
            for (int s = 0; s < 2 + i % 2; s++) {
                strata.add(stratum(random));
            }
            int both = strata.stream().mapToInt(Stratum::both).sum();
            double tail = counted(strata, 0, both);
            assertThat(OriginShare.of("b", strata).logP()).isCloseTo(Math.log(tail), within(1e-9));
        }
    }

    /// Under the null the probability of a value as small is at most that value. 20,000 tables, seed 11: flagged at a
    /// hundredth, 200 are expected at most, and more than 250 would come by chance once in 4,000 seeds.
    @Test
    void of_noFraud_isRarelySmall() {
        SplittableRandom random = new SplittableRandom(11);
        int small = 0;
        for (int i = 0; i < 20_000; i++) {
            int both = 0;
            int ofArm = 0;
            int ofOrigin = 0;
            for (int n = 0; n < 100; n++) {
                boolean arm = random.nextDouble() < 0.15;
                boolean origin = random.nextDouble() < 0.3;
                ofArm += arm ? 1 : 0;
                ofOrigin += origin ? 1 : 0;
                both += arm && origin ? 1 : 0;
            }
            small += share(both, ofOrigin, ofArm, 100).logP() < Math.log(0.01) ? 1 : 0;
        }
        assertThat(small).isBetween(1, 250);
    }

    @Test
    void of_impossiblySmall_staysFinite() {
        assertThat(share(5000, 5000, 5000, 1_000_000).logP()).isBetween(-708.5, -700.0);
    }

    @Test
    void stratum_countsThatDoNotFit_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Stratum(5, 4, 9, 20))
                .withMessageContaining("5 of 4");
        assertThatIllegalArgumentException().isThrownBy(() -> new Stratum(-1, 4, 9, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> new Stratum(1, 10, 12, 20));
    }

    private static OriginShare share(int both, int ofOrigin, int ofArm, int all) {
        return OriginShare.of("b", List.of(new Stratum(both, ofOrigin, ofArm, all)));
    }

    private static Stratum stratum(SplittableRandom random) {
        int both = random.nextInt(1, 8);
        int originOnly = random.nextInt(10);
        int armOnly = random.nextInt(10);
        return new Stratum(both, both + originOnly, both + armOnly, both + originOnly + armOnly + random.nextInt(20));
    }

    private static double counted(List<Stratum> strata, int from, int needed) {
        if (from == strata.size()) {
            return needed <= 0 ? 1 : 0;
        }
        Stratum here = strata.get(from);
        double sum = 0;
        for (int n = 0; n <= Math.min(here.ofArm(), here.ofOrigin()); n++) {
            BigInteger exactly = ways(n, here).subtract(ways(n + 1, here));
            sum += new BigDecimal(exactly)
                            .divide(total(here), MathContext.DECIMAL64)
                            .doubleValue()
                    * counted(strata, from + 1, needed - n);
        }
        return sum;
    }

    /// Ways to choose the conversions of the origin such that this many, or more, are of the arm.
    private static BigInteger ways(int least, Stratum of) {
        BigInteger sum = BigInteger.ZERO;
        for (int n = least; n <= Math.min(of.ofArm(), of.ofOrigin()); n++) {
            sum = sum.add(choose(of.ofArm(), n).multiply(choose(of.all() - of.ofArm(), of.ofOrigin() - n)));
        }
        return sum;
    }

    private static BigDecimal total(Stratum of) {
        return new BigDecimal(choose(of.all(), of.ofOrigin()));
    }

    private static BigInteger choose(int n, int k) {
        if (k < 0 || k > n) {
            return BigInteger.ZERO;
        }
        BigInteger ways = BigInteger.ONE;
        for (int i = 1; i <= k; i++) {
            ways = ways.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
        }
        return ways;
    }
}
