package dev.bandolier.bandits.guardrail;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Guardrails.Direction;
import dev.bandolier.bandits.Guardrails.Form;
import dev.bandolier.bandits.Guardrails.Harm;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Verdict.Horizon;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One test that every arm of an experiment but control is put to: which outcomes, known how long after exposure.
///
/// @param name    what people call it: the metric, or the metric and `.value`
/// @param metric  conversions that it looks at
/// @param valued  whether their value counts; else that they happened
/// @param horizon when an outcome is looked at
/// @param harm    the test for harm
/// @param gain    the test for the claim that the arm is better, if one is made
public record Trial(
        String name, String metric, boolean valued, Horizon horizon, RatioTest harm, Optional<RatioTest> gain) {

    /// Follows the metric in the name of a test that is about its value.
    public static final String VALUE = ".value";

    /// The error rate of claims that an arm is better, whatever is agreed on about harm.
    public static final double GAIN_ALPHA = 0.05;

    /// Days between false alarms of an experiment that runs for ever, at least, on average (`methods.md` 7b).
    public static final double DAYS_BETWEEN = 1e4;

    /// The tests of an experiment: that of the conversion, of the value if that is the objective, of each guarded
    /// metric, each by what has arrived, after a short time, and after the whole window.
    public static List<Trial> of(Definition definition) {
        List<Trial> trials = new ArrayList<>();
        Guardrails guardrails = definition.guardrails();
        Optional<Harm> harm = guardrails.harm();
        if (harm.isEmpty()) {
            return trials;
        }
        Objective objective = definition.objective();
        RatioTest worse = new RatioTest(RatioTest.Side.LOWER, harm.get().margin());
        Optional<RatioTest> better = Optional.of(new RatioTest(RatioTest.Side.HIGHER, 0));
        for (Horizon horizon : horizons(definition)) {
            trials.add(new Trial(objective.metric(), objective.metric(), false, horizon, worse, better));
            if (objective.kind() == Objective.Kind.REVENUE && objective.cap().isPresent()) {
                trials.add(new Trial(objective.metric() + VALUE, objective.metric(), true, horizon, worse, better));
            }
            for (Guardrails.Metric each : guardrails.metrics()) {
                RatioTest.Side side =
                        each.direction() == Direction.LOWER ? RatioTest.Side.HIGHER : RatioTest.Side.LOWER;
                RatioTest spoilt = new RatioTest(side, each.margin());
                trials.add(new Trial(each.metric(), each.metric(), false, horizon, spoilt, Optional.empty()));
            }
        }
        return trials;
    }

    /// How long after the end of an exposure bucket its outcomes are looked at, in closed windows.
    public static Duration heard(Definition definition, Horizon horizon) {
        Duration window = definition.objective().window();
        return horizon == Horizon.SHORT
                ? definition.guardrails().harm().orElseThrow().window()
                : window;
    }

    /// When outcomes are looked at: if the short time is as long as the window, these are one.
    static List<Horizon> horizons(Definition definition) {
        Duration window = definition.objective().window();
        return definition
                        .guardrails()
                        .harm()
                        .map(Harm::window)
                        .filter(short_ -> short_.compareTo(window) < 0)
                        .isPresent()
                ? List.of(Horizon.ARRIVED, Horizon.SHORT, Horizon.WINDOW)
                : List.of(Horizon.ARRIVED, Horizon.WINDOW);
    }

    /// Logarithm of what the evidence for harm has to reach: all closed tests of all arms share the error rate
    /// (Bonferroni), those of what has arrived, which only warn, share it once more.
    ///
    /// @param trials of the experiment
    /// @param arms   arms but control
    public double logHarm(List<Trial> trials, Harm rules, int arms) {
        return logTests(trials, arms) + Math.log(rules.form() == Form.ALWAYS_ON ? DAYS_BETWEEN : 1 / rules.alpha());
    }

    /// Logarithm of how many tests for harm share the error rate with this one, itself included.
    public double logTests(List<Trial> trials, int arms) {
        double tests = Math.max(
                trials.stream().filter(each -> each.closed() == closed()).count(), 1);
        return Math.log(tests * Math.max(arms, 1));
    }

    /// The same for the claim that an arm is better.
    public double logGain(List<Trial> trials, int arms) {
        double tests = Math.max(
                trials.stream()
                        .filter(each -> each.closed() == closed() && each.gain().isPresent())
                        .count(),
                1);
        return Math.log(tests * Math.max(arms, 1) / GAIN_ALPHA);
    }

    /// Whether every outcome is looked at once, when it is final.
    public boolean closed() {
        return horizon != Horizon.ARRIVED;
    }

    /// What a ballot brings, in [0, 1].
    ///
    /// @param cap value that counts as 1
    double reward(Ballot ballot, long cap) {
        return valued ? Math.clamp((double) ballot.value() / cap, 0, 1) : 1;
    }
}
