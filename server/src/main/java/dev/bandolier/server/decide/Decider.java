package dev.bandolier.server.decide;

import com.github.benmanes.caffeine.cache.Cache;
import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Chooser;
import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.server.ledger.Board.Live;
import dev.bandolier.server.ledger.DecisionLog.Proposal;
import dev.bandolier.server.ledger.DecisionLog.Standing;
import dev.bandolier.server.postgres.GroupCommit;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.Future;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// From an ask to the arm that is served, one experiment at a time.
///
/// Confined to the event loop of the verticle that made it; the cache of known decisions is shared by all loops.
final class Decider {

    /*
     * The first decision of a unit stands. Known ones are served from memory. Any other is proposed to the log, which
     * answers with the one that stands: ours, or an earlier one that we did not know of, from another node or from
     * before a restart. A second ask for the same key while the first is on its way waits for the same answer, so a
     * batch never holds a key twice. A unit whose arm is paused is drawn again, one occasion further; its first
     * decision is served again when the arm is resumed.
     */

    private static final System.Logger LOG = System.getLogger(Decider.class.getName());

    private final Cache<Decision.Key, Decision> known;
    private final GroupCommit<Proposal, Standing> lane;
    private final GroupCommit<Decision.Key, Optional<Decision>> records;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final BooleanSupplier killed;
    private final Map<Decision.Key, Future<Standing>> onTheWay = new HashMap<>();
    private boolean storageAway;

    /// @param killed whether everybody gets control
    Decider(
            Cache<Decision.Key, Decision> known,
            GroupCommit<Proposal, Standing> lane,
            GroupCommit<Decision.Key, Optional<Decision>> records,
            InstantSource clock,
            RandomGenerator random,
            BooleanSupplier killed) {
        this.known = known;
        this.lane = lane;
        this.records = records;
        this.clock = clock;
        this.random = random;
        this.killed = killed;
    }

    /// The arm for this unit in this experiment; the future fails only with a [Problem] of the ask.
    Future<Answer> decide(Ask ask, UnitKey unit, Live live) {
        Experiment experiment = live.experiment();
        if (killed.getAsBoolean()) {
            return control(experiment, Reason.KILLED);
        }
        Definition definition = experiment.definition();
        String forced = ask.force().get(definition.key());
        if (forced != null) {
            return Future.succeededFuture(
                    new Answer(experiment, arm(definition, forced), Reason.FORCED, Optional.empty()));
        }
        if (!experiment.running() || live.chooser().isEmpty()) {
            return control(experiment, Reason.NOT_RUNNING);
        }
        if (!ask.consent()) {
            return control(experiment, Reason.NO_CONSENT);
        }
        long occasion = definition.sticky() == Stickiness.UNIT
                ? Decision.STANDING
                : random.nextLong(Decision.REQUESTS_FROM, Long.MAX_VALUE);
        return decide(ask, unit, live.chooser().get(), occasion);
    }

    private static Arm arm(Definition definition, String key) {
        int index = definition.indexOf(key);
        if (index < 0) {
            throw Problem.field("force", "experiment '" + definition.key() + "' has no arm '" + key + "'");
        }
        return definition.arms().get(index);
    }

    private Future<Answer> decide(Ask ask, UnitKey unit, Chooser chooser, long occasion) {
        Experiment experiment = chooser.experiment();
        Decision.Key key = new Decision.Key(experiment.id(), unit, occasion);
        Decision stands = known.getIfPresent(key);
        if (stands != null) {
            return serve(ask, unit, chooser, stands, Reason.STICKY);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Decision> drawn = draw(ask, unit, chooser, occasion, now);
        if (drawn.isEmpty()) {
            return control(experiment, Reason.NOT_ELIGIBLE);
        }
        if (!ask.record()) {
            return stood(key).compose(found -> serve(ask, unit, chooser, found.orElse(drawn.get()), Reason.PREVIEW));
        }
        Optional<String> among = ask.narrows() ? chooser.among(ask::allows) : chooser.among();
        Proposal proposal = new Proposal(drawn.get(), among, experiment.bucketOf(now));
        return settle(key, proposal)
                .compose(
                        standing -> serve(ask, unit, chooser, standing.decision(), reason(standing)),
                        failure -> fallback(experiment, failure));
    }

    private static Optional<Decision> draw(Ask ask, UnitKey unit, Chooser chooser, long occasion, Instant now) {
        String segment = segment(ask, chooser.experiment().definition());
        Optional<Decision> drawn = ask.narrows()
                ? chooser.choose(unit, occasion, segment, ask::allows, now)
                : chooser.choose(unit, occasion, segment, now);
        // Where nothing could be drawn, nobody is held out either: what the holdout is compared with would lack such
        // units, and the holdout would not.
        return drawn.map(each -> chooser.holdsOut(unit) ? chooser.heldOut(unit, occasion, segment, now) : each);
    }

    private static String segment(Ask ask, Definition definition) {
        return definition
                .segments()
                .map(each -> each.of(ask.context().get(each.attribute())))
                .orElse(Segments.OTHER);
    }

    /// What is on record of a key, for somebody who only looks; nothing if storage does not say.
    private Future<Optional<Decision>> stood(Decision.Key key) {
        return key.ofUnit() ? records.add(key).otherwise(Optional.empty()) : Future.succeededFuture(Optional.empty());
    }

    private Future<Standing> settle(Decision.Key key, Proposal proposal) {
        Future<Standing> waiting = onTheWay.get(key);
        if (waiting != null) {
            return waiting.map(standing -> new Standing(standing.decision(), false));
        }
        Future<Standing> settled = lane.add(proposal).onSuccess(standing -> {
            storageAway = false;
            if (key.ofUnit()) {
                known.put(key, standing.decision());
            }
        });
        onTheWay.put(key, settled);
        return settled.onComplete(done -> onTheWay.remove(key));
    }

    /// Serves the decision that stands, if its arm may be served; else draws again, or serves control.
    private Future<Answer> serve(Ask ask, UnitKey unit, Chooser chooser, Decision stands, Reason reason) {
        Experiment experiment = chooser.experiment();
        Definition definition = experiment.definition();
        int index = definition.indexOf(stands.arm());
        boolean live = index >= 0 && definition.arms().get(index).live();
        if (live || stands.holdout()) {
            Arm arm = definition.arms().get(index);
            if (!stands.holdout() && !ask.allows(arm.key())) {
                return control(experiment, Reason.NOT_ELIGIBLE);
            }
            if (!ask.record()) {
                return Future.succeededFuture(new Answer(experiment, arm, Reason.PREVIEW, Optional.empty()));
            }
            Reason why = stands.holdout() ? Reason.HOLDOUT : reason;
            return Future.succeededFuture(new Answer(experiment, arm, why, Optional.of(stands)));
        }
        boolean again = definition.sticky() == Stickiness.UNIT && stands.occasion() < Definition.ARMS_MAX;
        return again ? decide(ask, unit, chooser, stands.occasion() + 1) : control(experiment, Reason.NOT_ELIGIBLE);
    }

    private Future<Answer> fallback(Experiment experiment, Throwable failure) {
        if (!storageAway) {
            storageAway = true;
            LOG.log(Level.WARNING, "New visitors get control, unrecorded, until storage answers again: " + failure);
        }
        return control(experiment, Reason.FALLBACK);
    }

    private static Reason reason(Standing standing) {
        return standing.added() ? Reason.ALLOCATED : Reason.STICKY;
    }

    private static Future<Answer> control(Experiment experiment, Reason reason) {
        return Future.succeededFuture(Answer.control(experiment, reason));
    }
}
