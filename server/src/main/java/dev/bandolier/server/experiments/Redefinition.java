package dev.bandolier.server.experiments;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Experiment.State;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Prior.WarmStart;
import dev.bandolier.server.wire.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What may become of a definition: what would spoil an experiment that was started is refused by name, what only the
/// server knows is not taken from a caller.
final class Redefinition {

    private static final String WHY =
            "cannot change once an experiment was started: what was counted before would mean something else";

    private static final String THAWED = "guardrails.thawedAt";

    private Redefinition() {}

    /// Refuses what a new definition cannot say.
    ///
    /// @throws Problem 422 naming it
    static void checkNew(Definition definition) {
        List<Problem.FieldError> errors = new ArrayList<>();
        for (int i = 0; i < definition.arms().size(); i++) {
            Arm arm = definition.arms().get(i);
            refuseIf(
                    arm.since().isPresent(),
                    errors,
                    "arms[" + i + "].since",
                    "is set by the server, when an arm is added to an experiment that was started");
            refuseIf(
                    arm.watched().isPresent(),
                    errors,
                    "arms[" + i + "].watched",
                    "is set by the server, when an arm is resumed");
        }
        refuseIf(
                definition.guardrails().thawedAt().isPresent(),
                errors,
                THAWED,
                "is set by the server, when an experiment is thawed");
        checkPrior(Optional.empty(), definition, errors);
        refuseAll(errors);
    }

    /// The new definition of an experiment, its new arms stamped with this time if it was started.
    ///
    /// @throws Problem 422 naming what may not change any more
    static Definition of(Experiment before, Definition after, Instant now) {
        Definition old = before.definition();
        List<Problem.FieldError> errors = new ArrayList<>();
        refuseIf(!old.key().equals(after.key()), errors, "key", "never changes; create another experiment");
        boolean started = before.state() != State.DRAFT;
        if (started) {
            checkMeaning(old, after, errors);
            checkObjective(old.objective(), after.objective(), errors);
        }
        checkPrior(Optional.of(old), after, errors);
        Definition stamped = after.withArms(stamped(old, after, started ? Optional.of(now) : Optional.empty(), errors))
                .withGuardrails(stamped(old.guardrails(), after.guardrails(), errors));
        refuseAll(errors);
        return started ? stamped : lookedUpAgain(old, stamped);
    }

    /// Counts that were sent back as they were answered, beside an objective or arms that they were not read for, are
    /// to be read again.
    private static Definition lookedUpAgain(Definition old, Definition after) {
        return after.prior() instanceof WarmStart start && start.from().isPresent() && !Change.sameGrounds(old, after)
                ? after.withPrior(new WarmStart(Map.of(), start.discount(), start.exposuresMax(), start.from()))
                : after;
    }

    private static void checkMeaning(Definition old, Definition after, List<Problem.FieldError> errors) {
        refuseIf(!old.unit().equals(after.unit()), errors, "unit", WHY);
        refuseIf(old.sticky() != after.sticky(), errors, "sticky", WHY);
        refuseIf(!old.segments().equals(after.segments()), errors, "segments", WHY);
        refuseIf(!old.control().key().equals(after.control().key()), errors, "arms", "the control " + WHY);
        for (Arm arm : old.arms()) {
            refuseIf(after.indexOf(arm.key()) < 0, errors, "arms", "'" + arm.key() + "' cannot be removed; pause it");
        }
    }

    private static void checkObjective(Objective was, Objective is, List<Problem.FieldError> errors) {
        refuseIf(!was.metric().equals(is.metric()), errors, "objective.metric", WHY);
        refuseIf(was.kind() != is.kind(), errors, "objective.kind", WHY);
        refuseIf(!was.window().equals(is.window()), errors, "objective.window", WHY);
        refuseIf(!was.currency().equals(is.currency()), errors, "objective.currency", WHY);
        refuseIf(!was.cap().equals(is.cap()), errors, "objective.cap", WHY + "; send it as it is");
        refuseIf(
                was.crediting().orders() != is.crediting().orders(),
                errors,
                "objective.attribution.orders",
                WHY + "; send it as it is");
    }

    /// Counts that were read from another experiment are the server's word; counts of one's own come without its name.
    private static void checkPrior(Optional<Definition> old, Definition after, List<Problem.FieldError> errors) {
        if (after.prior() instanceof WarmStart start
                && start.from().isPresent()
                && !start.arms().isEmpty()) {
            boolean same = old.map(Definition::prior)
                    .filter(prior -> prior instanceof WarmStart was
                            && was.from().equals(start.from())
                            && was.arms().equals(start.arms()))
                    .isPresent();
            refuseIf(
                    !same,
                    errors,
                    "prior.arms",
                    "are read from '" + start.from().get() + "'; send 'experiment' or 'arms', not both");
        }
    }

    /// The guardrails, with the time that the server has of them.
    private static Guardrails stamped(Guardrails was, Guardrails is, List<Problem.FieldError> errors) {
        refuseIf(
                is.thawedAt().isPresent() && !is.thawedAt().equals(was.thawedAt()),
                errors,
                THAWED,
                "is when the experiment was last thawed; send it as it is, or leave it out");
        return was.thawedAt().map(is::thawed).orElse(is);
    }

    /// The arms, those that were there with the times they had, the others as added at this one; and an arm that was
    /// paused and no longer is, as resumed.
    private static List<Arm> stamped(
            Definition old, Definition after, Optional<Instant> now, List<Problem.FieldError> errors) {
        List<Arm> arms = new ArrayList<>();
        for (int i = 0; i < after.arms().size(); i++) {
            Arm arm = after.arms().get(i);
            int index = old.indexOf(arm.key());
            Optional<Arm> was =
                    index < 0 ? Optional.empty() : Optional.of(old.arms().get(index));
            Optional<Instant> since = was.flatMap(Arm::since);
            Optional<Instant> watched = was.flatMap(Arm::watched);
            refuseIf(
                    arm.since().isPresent() && !arm.since().equals(since),
                    errors,
                    "arms[" + i + "].since",
                    "is when the arm was added; send it as it is, or leave it out");
            refuseIf(
                    arm.watched().isPresent() && !arm.watched().equals(watched),
                    errors,
                    "arms[" + i + "].watched",
                    "is when the arm was last resumed; send it as it is, or leave it out");
            Optional<Instant> added = index < 0 ? now : since;
            Arm kept = new Arm(arm.key(), arm.control(), arm.payload(), arm.status(), added, watched);
            boolean resumed = arm.live() && was.filter(each -> !each.live()).isPresent();
            arms.add(resumed ? now.map(kept::resumed).orElse(kept) : kept);
        }
        return arms;
    }

    private static void refuseAll(List<Problem.FieldError> errors) {
        if (!errors.isEmpty()) {
            throw Problem.fields(errors);
        }
    }

    private static void refuseIf(boolean wrong, List<Problem.FieldError> errors, String field, String reason) {
        if (wrong) {
            errors.add(new Problem.FieldError(field, reason));
        }
    }
}
