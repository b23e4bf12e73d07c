package dev.bandolier.bandits.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Guardrails.Budget;
import dev.bandolier.bandits.Guardrails.Unit;
import dev.bandolier.bandits.Objective.Kind;
import dev.bandolier.bandits.OrderValuePosterior;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.RevenuePosterior;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What an owner's budget comes to in the unit of the reward.
final class AllowanceTest {

    private static final Posterior RATE = new BetaPosterior(50, 950);

    /// 5 % and orders of 4,000.
    private static final Posterior REVENUE =
            new RevenuePosterior(new BetaPosterior(50, 950), new OrderValuePosterior(11, 40_000));

    @Test
    void usual_withTraffic_isOnePercentOfFourWeeks() {
        // 1,000 units in 2 hours are 336,000 in 28 days, of which 16,800 convert.
        assertThat(Allowance.of(Budget.DEFAULT, Kind.CONVERSION, RATE, 3, 1_000, Duration.ofHours(2)))
                .isEqualTo(new Allowance(168, OptionalDouble.empty(), 0.5));
    }

    @Test
    void usual_withinTheFirstHour_takesItForAnHour() {
        assertThat(usual(3, 1_000, Duration.ofMinutes(1))).isEqualTo(usual(3, 1_000, Duration.ofHours(1)));
    }

    @Test
    void usual_withoutTraffic_isTwentyOrdersForEachOtherArm() {
        assertThat(usual(4, 0, Duration.ZERO)).isEqualTo(60);
        assertThat(Allowance.of(Budget.DEFAULT, Kind.REVENUE, REVENUE, 4, 0, Duration.ZERO)
                        .total())
                .isCloseTo(60 * 4_000, within(1e-6));
    }

    @Test
    void amounts_areTakenIntoTheUnitOfTheReward() {
        assertThat(amounts(Unit.CONVERSIONS, Kind.CONVERSION, RATE)).isEqualTo(new Allowance(50_000, day(5_000), 0.95));
        assertThat(amounts(Unit.MONEY, Kind.COUNT, RATE)).isEqualTo(new Allowance(1_000, day(100), 0.95));
        assertThat(amounts(Unit.MONEY, Kind.REVENUE, REVENUE)).isEqualTo(new Allowance(50_000, day(5_000), 0.95));
        assertThat(amounts(Unit.CONVERSIONS, Kind.REVENUE, REVENUE).total()).isCloseTo(2e8, within(1e-3));
    }

    @Test
    void money_withoutTheWorthOfAConversion_isRefused() {
        Budget worthless = new Budget(Unit.MONEY, OptionalLong.of(1), OptionalLong.empty(), OptionalLong.empty(), 0.95);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allowance.of(worthless, Kind.CONVERSION, RATE, 2, 0, Duration.ZERO));
    }

    @Test
    void allowance_outOfRange_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Allowance(0, OptionalDouble.empty(), 0.95));
        assertThatIllegalArgumentException().isThrownBy(() -> new Allowance(1, day(0), 0.95));
        assertThatIllegalArgumentException().isThrownBy(() -> new Allowance(1, day(1), 0.4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Allowance(1, day(1), 1));
    }

    private static double usual(int arms, double exposures, Duration running) {
        return Allowance.of(Budget.DEFAULT, Kind.CONVERSION, RATE, arms, exposures, running)
                .total();
    }

    /// 50,000, daily 5,000, where a conversion is worth 50.
    private static Allowance amounts(Unit unit, Kind kind, Posterior control) {
        Budget budget = new Budget(unit, OptionalLong.of(50_000), OptionalLong.of(5_000), OptionalLong.of(50), 0.95);
        return Allowance.of(budget, kind, control, 2, 1_000, Duration.ofHours(1));
    }

    private static OptionalDouble day(double amount) {
        return OptionalDouble.of(amount);
    }
}
