package dev.bandolier.loadtest.shoppers;

import dev.bandolier.bandits.simulation.World;
import dev.bandolier.loadtest.api.Api;
import dev.bandolier.loadtest.api.Decision;
import dev.bandolier.loadtest.api.ExperimentView;
import dev.bandolier.loadtest.api.FailureKind;
import dev.bandolier.loadtest.api.LiveEvent;
import dev.bandolier.loadtest.api.SnapshotView;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;

/// Visitors of a shop that asks a server what to show them: each is asked for when they come, sees an arm, and maybe
/// buys later.
///
/// Whether a visitor converts, and when, is a function of the seed, the visitor's number and the arm; so the order of
/// answers does not change anybody's fate. Confined to one event loop, on which every method is called.
final class Shoppers {

    /// The distance of the seeds of two neighbours. Any odd number but the golden gamma of [SplittableRandom]: with
    /// that, the second number drawn for a visitor would be the first one of the next.
    private static final long FATE_STRIDE = 0xD1342543DE82EF95L;

    private final Api api;
    private final ExperimentView experiment;
    private final Plan plan;
    private final World world;
    private final Crowd crowd;
    private final LearningLag lag = new LearningLag();
    private final Tally tally = new Tally();
    private final Conversions conversions;
    private final Regret regret;
    private final Served served;
    private final Pauses pauses = new Pauses();

    private long inFlight;
    private long rehearsals;
    private Optional<SnapshotView> snapshot;

    /// Shoppers of a running experiment whose arms convert as in this world.
    Shoppers(Vertx vertx, Api api, ExperimentView experiment, World world, Plan plan, InstantSource clock) {
        this.api = api;
        this.experiment = experiment;
        this.plan = plan;
        this.world = world;
        this.crowd = new Crowd(plan.run(), plan.returning(), new SplittableRandom(plan.seed()));
        this.conversions = new Conversions(vertx, api, plan.batch(), lag, clock);
        this.regret = new Regret(world);
        this.served = new Served(world.arms(), world.best());
        this.snapshot = experiment.snapshot();
        snapshot.ifPresent(pauses::heard);
    }

    /// A visitor comes now who intended to come at this [System#nanoTime()].
    void arrive(long intended) {
        tally.came(System.nanoTime() - intended);
        if (inFlight >= plan.inFlightMax()) {
            tally.turnAway();
            return;
        }
        Crowd.Visitor visitor = crowd.next();
        inFlight++;
        api.decide(new JsonObject().put("experiment", experiment.key()).put("unit", visitor.unit()))
                .onComplete(asked -> {
                    inFlight--;
                    if (asked.succeeded()) {
                        answered(visitor, asked.result(), System.nanoTime() - intended);
                    } else {
                        tally.failed(FailureKind.of(asked.cause()));
                    }
                });
    }

    /// Asks without leaving a trace on the server or in the counts, so that neither end is cold when it matters.
    void rehearse() {
        if (inFlight < plan.inFlightMax()) {
            inFlight++;
            api.decide(new JsonObject()
                            .put("experiment", experiment.key())
                            .put("unit", "rehearsal-" + rehearsals++)
                            .put("record", false))
                    .onComplete(_ -> inFlight--);
        }
    }

    private void answered(Crowd.Visitor visitor, Decision decision, long nanos) {
        int arm = experiment.arms().indexOf(decision.arm());
        if (arm == Crowd.NONE) {
            tally.failed("answered with an arm that the experiment did not have");
            return;
        }
        tally.answered(visitor, arm, decision.reason(), nanos);
        if (!visitor.known()) {
            firstSight(visitor, arm, decision);
        }
    }

    private void firstSight(Crowd.Visitor visitor, int arm, Decision decision) {
        regret.shown(arm);
        if (decision.recorded()) {
            crowd.met(visitor.shown(arm));
        }
        if ("allocated".equals(decision.reason())) {
            served.add(arm);
        }
        SplittableRandom fate = new SplittableRandom(plan.seed() + visitor.number() * FATE_STRIDE);
        if (world.converts(arm, fate)) {
            JsonObject conversion = new JsonObject()
                    .put("id", "conversion-" + visitor.unit())
                    .put("metric", experiment.metric())
                    .put("unit", visitor.unit());
            conversions.schedule(conversion, world.delay(fate));
        }
    }

    /// Something was published on the live feed.
    void heard(LiveEvent event) {
        switch (event) {
            case LiveEvent.Learned(Instant through) -> lag.learned(through, System.nanoTime());
            case LiveEvent.Published(SnapshotView published) -> {
                if (note(published)) {
                    lag.published(published.at(), System.nanoTime());
                }
            }
            case LiveEvent.Stood(SnapshotView standing) -> note(standing);
        }
    }

    /// Keeps what is believed of this experiment; false if it is another's.
    private boolean note(SnapshotView latest) {
        boolean ours = latest.experiment().equals(experiment.key());
        if (ours) {
            snapshot = Optional.of(latest);
            pauses.heard(latest);
        }
        return ours;
    }

    /// The experiment that they visit.
    ExperimentView experiment() {
        return experiment;
    }

    /// What the shoppers convert at.
    World world() {
        return world;
    }

    /// What is served and believed, as far as it was heard of.
    Optional<SnapshotView> snapshot() {
        return snapshot;
    }

    /// Asks that are not answered yet.
    long inFlight() {
        return inFlight;
    }

    /// What became of the visits.
    Tally tally() {
        return tally;
    }

    /// What became of the conversions.
    Conversions conversions() {
        return conversions;
    }

    /// How soon conversions were learned from.
    LearningLag lag() {
        return lag;
    }

    /// What was lost.
    Regret regret() {
        return regret;
    }

    /// Known visitors who were shown another arm than before, after theirs was paused.
    long moved() {
        return tally.changed(arm -> pauses.of(experiment.arms().get(arm)));
    }

    /// Which arms were paused.
    Pauses pauses() {
        return pauses;
    }

    /// Which arms new visitors were sent to.
    Served served() {
        return served;
    }
}
