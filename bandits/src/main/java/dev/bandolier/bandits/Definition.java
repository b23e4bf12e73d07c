package dev.bandolier.bandits;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the owner of an experiment wrote down: arms, objective, policy, shares.
///
/// @param key       name of the experiment, see [Names]
/// @param name      title for people
/// @param unit      what is assigned, in the owner's words ("visitor", "account")
/// @param sticky    whether a unit keeps its arm
/// @param arms      at least two, keys distinct, exactly one control
/// @param objective what is earned
/// @param policy    how beliefs become shares
/// @param prior     what is believed before the first unit
/// @param limits    what the policy may not do
/// @param drift     how change over time is allowed for
/// @param segments  kinds of units that are told apart, if any
/// @param holdout   share of units that always get control and are never learned from, in [0, 1)
/// @param guardrails what may take traffic away from arms
public record Definition(
        String key,
        String name,
        String unit,
        Stickiness sticky,
        List<Arm> arms,
        Objective objective,
        Policy policy,
        Prior prior,
        Limits limits,
        Drift drift,
        Optional<Segments> segments,
        double holdout,
        Guardrails guardrails) {

    /// The most arms that an experiment may have: with more, none gets enough units to learn from.
    public static final int ARMS_MAX = 100;

    /// Refuses duplicate keys, no or two controls, and shares out of range.
    public Definition {
        Names.check("experiment key", key);
        arms = List.copyOf(arms);
        if (arms.size() < 2 || arms.size() > ARMS_MAX) {
            throw new IllegalArgumentException("an experiment has 2 to " + ARMS_MAX + " arms, not " + arms.size());
        }
        long controls = arms.stream().filter(Arm::control).count();
        if (controls != 1) {
            throw new IllegalArgumentException("exactly one arm is the control, not " + controls);
        }
        Set<String> keys = new HashSet<>();
        for (Arm arm : arms) {
            if (!keys.add(arm.key())) {
                throw new IllegalArgumentException("arm key '" + arm.key() + "' stands twice");
            }
        }
        if (limits.floor() > 1.0 / arms.size()) {
            throw new IllegalArgumentException("floor " + limits.floor() + " is not between 0 and 1/" + arms.size()
                    + ", the share of each arm if all are equal");
        }
        if (!(holdout >= 0 && holdout < 1)) {
            throw new IllegalArgumentException("holdout " + holdout + " is not in [0, 1)");
        }
        for (Guardrails.Metric metric : guardrails.metrics()) {
            if (metric.metric().equals(objective.metric())) {
                throw new IllegalArgumentException(
                        "metric '" + metric.metric() + "' is the objective and cannot be guarded as well");
            }
        }
    }

    /// A definition without guardrails.
    public Definition(
            String key,
            String name,
            String unit,
            Stickiness sticky,
            List<Arm> arms,
            Objective objective,
            Policy policy,
            Prior prior,
            Limits limits,
            Drift drift,
            Optional<Segments> segments,
            double holdout) {
        this(
                key,
                name,
                unit,
                sticky,
                arms,
                objective,
                policy,
                prior,
                limits,
                drift,
                segments,
                holdout,
                Guardrails.NONE);
    }

    /// Position of the arm with this key, or -1.
    public int indexOf(String arm) {
        for (int i = 0; i < arms.size(); i++) {
            if (arms.get(i).key().equals(arm)) {
                return i;
            }
        }
        return -1;
    }

    /// Position of the control arm.
    public int controlIndex() {
        for (int i = 0; i < arms.size(); i++) {
            if (arms.get(i).control()) {
                return i;
            }
        }
        throw new IllegalStateException("no control among " + arms);
    }

    /// The control arm.
    public Arm control() {
        return arms.get(controlIndex());
    }

    /// This definition with other arms.
    public Definition withArms(List<Arm> others) {
        return new Definition(
                key,
                name,
                unit,
                sticky,
                others,
                objective,
                policy,
                prior,
                limits,
                drift,
                segments,
                holdout,
                guardrails);
    }

    /// This definition with another objective.
    public Definition withObjective(Objective other) {
        return new Definition(
                key, name, unit, sticky, arms, other, policy, prior, limits, drift, segments, holdout, guardrails);
    }

    /// This definition with another prior.
    public Definition withPrior(Prior other) {
        return new Definition(
                key, name, unit, sticky, arms, objective, policy, other, limits, drift, segments, holdout, guardrails);
    }

    /// Whether conversions of this metric are credited: the objective counts them, or guardrails watch them.
    public boolean credits(String metric) {
        return objective.metric().equals(metric) || guardrails.guards(metric);
    }

    /// This definition with other guardrails.
    public Definition withGuardrails(Guardrails others) {
        return new Definition(
                key, name, unit, sticky, arms, objective, policy, prior, limits, drift, segments, holdout, others);
    }
}
