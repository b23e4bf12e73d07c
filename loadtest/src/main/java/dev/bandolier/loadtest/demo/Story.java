package dev.bandolier.loadtest.demo;

import dev.bandolier.bandits.simulation.FastForward;
import dev.bandolier.loadtest.Format;
import dev.bandolier.loadtest.api.Api;
import dev.bandolier.loadtest.api.Experiments;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The demo from the first day of the past to the last line: the thread that calls [#prepare] and [#tell] starts the experiments, reads
/// what the server has found, and prints; the visitors live on one event loop.
final class Story {

    private static final long STEP_MILLIS = 5;

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration SPEAK_RACING = Duration.ofSeconds(3);
    private static final Duration SPEAK_LIVE = Duration.ofSeconds(10);

    /// Time before the present at which the checkout starts.
    private static final Duration CHECKOUT_FOR = Duration.ofMinutes(30);

    /// Visitors per second of the hero and the offers in real time.
    private static final double LIVE_PER_SECOND = 4;

    /// The same of the checkout, while its arm is not proven harmful: enough for that within a minute of outcomes.
    private static final double PAYERS_PER_SECOND = 50;

    private static final double PAYERS_AFTERWARDS = 5;
    private static final long LAST_WORDS_SECONDS = 5;
    private static final String HARMFUL = "one-page";

    private final Vertx vertx;
    private final Context loop;
    private final Api api;
    private final FastForward clock;
    private final Plan plan;
    private final PrintWriter out;
    private final Experiments experiments;
    private final Payments payments;
    private final Post post;
    private final Visitors visitors;
    private final Traffic traffic;
    private final Chronicle chronicle;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);

    /// @param run names the visitors of this run
    Story(Vertx vertx, Api api, FastForward clock, Plan plan, String run, PrintWriter out) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.api = api;
        this.clock = clock;
        this.plan = plan;
        this.out = out;
        this.experiments = new Experiments(api);
        this.payments = new Payments(api);
        this.post = new Post(api, payments, clock);
        SplittableRandom random = new SplittableRandom(plan.seed());
        this.visitors = new Visitors(api, post, clock, run, random.split());
        this.traffic = new Traffic(clock, visitors, post, plan.racePerSecond(), LIVE_PER_SECOND, random.split());
        this.chronicle = new Chronicle(api, clock, plan.past());
    }

    /// Starts the two experiments that are the oldest.
    void prepare() {
        boolean again = experiments.find(Programme.HERO).isPresent();
        payments.setUp();
        start(Programme.hero());
        start(Programme.offers());
        if (again) {
            say("the experiments are there already, with their history; visitors go on coming");
        }
    }

    /// Tells it; returns the share of decisions that failed.
    double tell() {
        try {
            traffic.begin(System.nanoTime());
            long steps = onLoop(() -> vertx.setPeriodic(STEP_MILLIS, _ -> traffic.step(System.nanoTime())));
            try {
                race();
                live();
            } finally {
                onLoop(() -> vertx.cancelTimer(steps));
            }
            say("visitors: " + counts());
            return (double) visitors.failed() / Math.max(1, visitors.answered() + visitors.failed());
        } finally {
            told.countDown();
        }
    }

    private void race() {
        long spoke = System.nanoTime();
        while (clock.behind().compareTo(CHECKOUT_FOR) > 0 && !pause()) {
            if (isOver(spoke, SPEAK_RACING)) {
                spoke = System.nanoTime();
                say(chronicle.progress());
            }
        }
        if (stop.getCount() > 0) {
            start(Programme.checkout());
        }
        while (!clock.behind().isZero() && !pause()) {
            // The last minutes take seconds.
        }
        // Not before: outcomes count that are heard of within a minute, and at this pace none is.
        traffic.checkoutPerSecond(PAYERS_PER_SECOND);
        if (plan.past().isPositive() && stop.getCount() > 0) {
            say("lived through all of it: " + counts());
            say(chronicle.history());
        }
    }

    private void live() {
        long began = System.nanoTime();
        long spoke = began;
        boolean paused = Evidence.read(api, HARMFUL).paused().isPresent();
        if (stop.getCount() > 0) {
            say("now it is live: the clock of the server is the real one, and visitors come in real time"
                    + (plan.stay() ? " until Ctrl-C" : ""));
        }
        while (stop.getCount() > 0 && (plan.stay() || !isOver(began, plan.live()))) {
            pause();
            Evidence evidence = Evidence.read(api, HARMFUL);
            if (evidence.paused().isPresent() && !paused) {
                paused = true;
                traffic.checkoutPerSecond(PAYERS_AFTERWARDS);
                say("guardrail of '" + Programme.CHECKOUT + "', " + seconds(began) + " s after going live: "
                        + evidence.paused().get());
            } else if (isOver(spoke, SPEAK_LIVE)) {
                spoke = System.nanoTime();
                say("live for " + seconds(began) + " s: " + chronicle.shares()
                        + (paused ? "" : "; '" + HARMFUL + "' of '" + Programme.CHECKOUT + "' " + evidence.text()));
            }
        }
    }

    /// Cuts it short, and waits for the last line; from any thread but that of [#tell].
    void interrupt() {
        stop.countDown();
        try {
            if (!told.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                out.println("the last line did not come in time");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T onLoop(Supplier<T> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(_ -> done.complete(work.get()));
        return done.future().await();
    }

    private void start(JsonObject definition) {
        String key = definition.getString("key");
        boolean there = experiments
                .find(key)
                .filter(each -> !each.state().equals("draft"))
                .isPresent();
        if (!there) {
            experiments.running(key, () -> definition);
        }
    }

    /// Waits a moment; whether somebody wants the end.
    private boolean pause() {
        try {
            return stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            stop.countDown();
            return true;
        }
    }

    private String counts() {
        return Format.count(visitors.answered()) + " decisions, " + Format.count(visitors.failed()) + " failed; "
                + Format.count(post.accepted()) + " conversions, " + Format.count(post.refused()) + " refused; "
                + Format.count(payments.forged()) + " forged webhooks";
    }

    private static long seconds(long since) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
    }

    private static boolean isOver(long since, Duration length) {
        return System.nanoTime() - since >= length.toNanos();
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
