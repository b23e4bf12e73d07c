package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Bounds;
import dev.bandolier.bandits.Contender;
import dev.bandolier.bandits.Thompson;
import dev.bandolier.bandits.evaluation.Aipw;
import dev.bandolier.bandits.evaluation.Estimate;
import dev.bandolier.bandits.evaluation.Stratum;
import dev.bandolier.bandits.evaluation.Stratum.Drawn;
import dev.bandolier.bandits.evaluation.Sums;
import dev.bandolier.bandits.evaluation.Uplift;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// One run of a [CoverageProblem], batch by batch: shares from what was counted before, a stratum from what came.
///
/// Confined to the call that made it.
final class CoverageRun {

    private static final int CONTROL = 0;
    private static final int LOSER = 1;
    private static final int LEADER = 2;
    private static final Bounds FLOOR = Bounds.floor(0.02, CoverageProblem.ARMS);
    private static final Duration BETWEEN =
            Duration.ofDays(CoverageProblem.DAYS).dividedBy(CoverageProblem.UNITS);

    private final CoverageProblem problem;
    private final RandomGenerator random;
    private final double[] rates = new double[CoverageProblem.ARMS];
    private final Sums[] counted = new Sums[CoverageProblem.ARMS];
    private final List<Stratum> strata = new ArrayList<>();

    /// Sums over units so far of what season they met, and of what they were to earn as they were served.
    private double seasons;

    private double served;

    CoverageRun(CoverageProblem problem, long seed) {
        this.problem = problem;
        random = new SplittableRandom(seed);
        Arrays.fill(rates, CoverageProblem.BASE);
        rates[LEADER] *= 1 + problem.lift();
        Arrays.fill(counted, Sums.NONE);
    }

    Map<Claim, Claimed> play() {
        for (int unit = 0; unit < CoverageProblem.UNITS; unit += CoverageProblem.BATCH) {
            batch(unit);
        }
        return claims();
    }

    private void batch(int first) {
        List<BetaPosterior> beliefs = Arrays.stream(counted)
                .map(sums -> BetaPosterior.unitSuccess(CoverageProblem.BASE).after(sums.sum(), (double) sums.units()))
                .toList();
        Allocation shares = FLOOR.project(new Thompson().allocate(contenders(beliefs), first));
        double expected = IntStream.range(0, CoverageProblem.ARMS)
                .mapToDouble(arm -> shares.probability(arm) * rates[arm])
                .sum();
        long[] units = new long[CoverageProblem.ARMS];
        long[] conversions = new long[CoverageProblem.ARMS];
        for (int unit = first; unit < first + CoverageProblem.BATCH; unit++) {
            double season = problem.days().factor(BETWEEN.multipliedBy(unit));
            seasons += season;
            served += season * expected;
            int arm = shares.armAt(random.nextDouble());
            units[arm]++;
            conversions[arm] += random.nextDouble() < rates[arm] * season ? 1 : 0;
        }
        List<Drawn> arms = new ArrayList<>();
        for (int arm = 0; arm < CoverageProblem.ARMS; arm++) {
            Sums earned = new Sums(units[arm], (double) conversions[arm], (double) conversions[arm]);
            counted[arm] = counted[arm].plus(earned);
            arms.add(new Drawn(shares.probability(arm), beliefs.get(arm).mean(), earned));
        }
        strata.add(new Stratum(arms));
    }

    private List<Contender> contenders(List<BetaPosterior> beliefs) {
        return IntStream.range(0, CoverageProblem.ARMS)
                .mapToObj(arm -> new Contender(
                        Integer.toString(arm), beliefs.get(arm), (double) counted[arm].units(), counted[arm].sum()))
                .toList();
    }

    private Map<Claim, Claimed> claims() {
        Aipw aipw = Aipw.of(strata, CoverageProblem.ARMS, CONTROL);
        double season = seasons / CoverageProblem.UNITS;
        double base = CoverageProblem.BASE * season;
        double earned = served / CoverageProblem.UNITS;
        double even = season * Arrays.stream(rates).average().orElseThrow();
        Map<Claim, Claimed> claims = new EnumMap<>(Claim.class);
        claims.put(Claim.OBSERVED, new Claimed(plainMean(counted[LOSER]), base, base));
        claims.put(Claim.VALUE, new Claimed(aipw.value(LOSER), base, base));
        claims.put(Claim.WEIGHTED, new Claimed(aipw.weighted(LOSER), base, base));
        Uplift plain = Uplift.of(counted[LEADER], counted[CONTROL]);
        double more = problem.lift() * base;
        claims.put(Claim.OBSERVED_DIFFERENCE, new Claimed(plain.difference(), more, base));
        claims.put(Claim.DIFFERENCE, new Claimed(aipw.difference(LEADER), more, base));
        claims.put(Claim.OBSERVED_LIFT, new Claimed(plain.relative(), problem.lift(), 1));
        claims.put(Claim.LIFT, new Claimed(aipw.lift(LEADER), problem.lift(), 1));
        claims.put(Claim.STABILISED_LIFT, new Claimed(aipw.stabilisedLift(LEADER), problem.lift(), 1));
        claims.put(Claim.AGAINST_UNIFORM, new Claimed(aipw.againstUniform(), earned - even, base));
        claims.put(Claim.AGAINST_CONTROL, new Claimed(aipw.againstControl(), earned - base, base));
        return claims;
    }

    /// What a spreadsheet makes of the units of an arm.
    private static Estimate plainMean(Sums sums) {
        double mean = sums.mean();
        double variance = (sums.sumSq() - sums.sum() * mean) / (sums.units() - 1);
        return new Estimate(mean, Math.sqrt(variance / sums.units()));
    }
}
