package dev.bandolier.bandits.guardrail;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.Guardrails.Ramp;
import dev.bandolier.bandits.Guardrails.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How far an experiment has come up its ramp (`methods.md` 7d). Immutable.
///
/// It goes on when a stage has lasted its time and its conversions and nothing speaks against it; it goes back a stage,
/// at once, when an arm looks harmful, and once an hour again as long as it does. Evidence that has arrived stays, so
/// without that pause one piece of evidence would take all stages back within seconds.
///
/// @param stage       its number, from 0; the number of stages when the ramp is over
/// @param since       when the stage began
/// @param conversions conversions of control when it began
/// @param back        when it last went back a stage, unless it has gone on since
public record RampProgress(int stage, Instant since, long conversions, Optional<Instant> back) {

    /// Evidence from which on the ramp does not go on: an e-value of 5.
    public static final double LOG_WAIT = Math.log(5);

    /// Time between two steps back.
    public static final Duration BACK_EVERY = Duration.ofHours(1);

    /// What speaks for and against going on.
    ///
    /// @param logE       highest logarithm of the evidence of harm as it arrived, over all arms
    /// @param logBack    logarithm of the evidence that takes a stage back, ln(1 / (2 alpha))
    /// @param ratioClean whether arms seem to be exposed as they were drawn
    /// @param feedClosed whether conversions seem to arrive as they should
    public record Signs(double logE, double logBack, boolean ratioClean, boolean feedClosed) {}

    /// What a step came to.
    ///
    /// @param progress    where the ramp is now
    /// @param steppedBack whether it has just gone back a stage
    public record Step(RampProgress progress, boolean steppedBack) {}

    /// Refuses a stage or a count that is negative.
    public RampProgress {
        if (stage < 0 || conversions < 0) {
            throw new IllegalArgumentException("stage " + stage + " from " + conversions + " conversions");
        }
    }

    /// The bottom of the ramp.
    public static RampProgress start(Instant now) {
        return new RampProgress(0, now, 0, Optional.empty());
    }

    /// The next step.
    ///
    /// @param ramp  its stages; if they have become fewer than were climbed, it is over
    /// @param now   the time
    /// @param heard conversions of control so far, holdout included
    /// @param signs what speaks for and against
    public Step next(Ramp ramp, Instant now, long heard, Signs signs) {
        int here = Math.min(stage, ramp.stages().size());
        if (signs.logE() >= signs.logBack()) {
            boolean again =
                    back.map(last -> now.isBefore(last.plus(BACK_EVERY))).orElse(false);
            return here == 0 || again
                    ? new Step(this, false)
                    : new Step(new RampProgress(here - 1, now, heard, Optional.of(now)), true);
        }
        boolean sound = signs.logE() < LOG_WAIT && signs.ratioClean() && signs.feedClosed();
        return here < ramp.stages().size() && sound && done(ramp.stages().get(here), now, heard)
                ? new Step(new RampProgress(here + 1, now, heard, Optional.empty()), false)
                : new Step(this, false);
    }

    /// The most that all arms but control may have together, in (0, 1].
    public double share(Ramp ramp) {
        return stage < ramp.stages().size() ? ramp.stages().get(stage).share() : 1;
    }

    /// This allocation with all arms but control scaled down alike to at most this share in total; control gets the rest.
    /// No other arm ever gets more.
    ///
    /// @param control position of control
    /// @param share   in [0, 1]
    public static Allocation cap(Allocation allocation, int control, double share) {
        double[] capped = allocation.probabilities();
        double others = 0;
        for (int arm = 0; arm < capped.length; arm++) {
            others += arm == control ? 0 : capped[arm];
        }
        if (others <= share) {
            return allocation;
        }
        double rest = 1;
        for (int arm = 0; arm < capped.length; arm++) {
            if (arm != control) {
                capped[arm] *= share / others;
                rest -= capped[arm];
            }
        }
        capped[control] = Math.max(0, rest);
        return Allocation.of(capped);
    }

    private boolean done(Stage at, Instant now, long heard) {
        return !now.isBefore(since.plus(at.hold())) && heard - conversions >= at.conversions();
    }
}
