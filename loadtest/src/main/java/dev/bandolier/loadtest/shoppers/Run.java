package dev.bandolier.loadtest.shoppers;

import dev.bandolier.loadtest.api.Api;
import dev.bandolier.loadtest.api.LiveFeed;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// One run of shoppers from the first visitor to the summary, and how it is cut short.
///
/// The thread that calls [#call] sleeps and prints; the shoppers, the feed and the table live on one event loop.
final class Run {

    /// How long the last conversions are waited for; one that falls due later is reported as open.
    private static final Duration DRAIN_MAX = Duration.ofSeconds(30);

    /// How long the last conversions may take to be learned from.
    private static final Duration LEARN_MAX = Duration.ofSeconds(5);

    /// How long unanswered asks are waited for once the run is cut short.
    private static final Duration HURRY_MAX = Duration.ofSeconds(1);

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration ENDLESS = Duration.ofDays(36_500);

    /// Each stretch of a run has arrivals of its own from the one seed.
    private static final long WARM_UP = 0x5741524D00000000L;

    private static final long MEASURED = 0x4D45415300000000L;
    private static final long IDLE = 0x49444C4500000000L;

    private final Vertx vertx;
    private final Context loop;
    private final Shoppers shoppers;
    private final LiveFeed feed;
    private final Plan plan;
    private final Api api;
    private final Screen screen;
    private final PrintWriter out;
    private final Pacer pacer = new Pacer();
    private final CountDownLatch finished = new CountDownLatch(1);

    /// A run that has not begun.
    Run(Vertx vertx, Api api, Shoppers shoppers, Plan plan, Screen screen, PrintWriter out) {
        this.vertx = vertx;
        this.api = api;
        this.shoppers = shoppers;
        this.plan = plan;
        this.screen = screen;
        this.out = out;
        this.loop = vertx.getOrCreateContext();
        this.feed = new LiveFeed(vertx, loop, api, shoppers::heard);
    }

    /// Lets the shoppers come, then waits for their last conversions and prints the summary.
    ///
    /// @param idlePerSecond if present, visitors keep coming at this rate afterwards, until [#interrupt]
    /// @return the last summary that was printed
    Summary call(OptionalDouble idlePerSecond) {
        try {
            api.await(feed.open());
            pacer.run(arrivals(plan.perSecond(), WARM_UP), plan.warmUp(), this::rehearse);
            long watching = onLoop(this::watch);
            pacer.run(ramped(), plan.length(), this::due);
            drain();
            Summary summary = summarise();
            if (idlePerSecond.isPresent() && !pacer.stopped()) {
                out.printf("visitors keep coming at %s/s until Ctrl-C%n", idlePerSecond.getAsDouble());
                out.flush();
                pacer.run(arrivals(idlePerSecond.getAsDouble(), IDLE), ENDLESS, this::due);
                drain();
                summary = summarise();
            }
            vertx.cancelTimer(watching);
            return summary;
        } finally {
            feed.close();
            finished.countDown();
        }
    }

    /// Cuts the run short and waits until its summary is printed; from any thread but that of [#call].
    void interrupt() {
        pacer.stop();
        try {
            boolean printed = finished.await(HURRY_MAX.multipliedBy(5).toMillis(), TimeUnit.MILLISECONDS);
            if (!printed) {
                out.println("the summary did not come in time");
                out.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Arrivals ramped() {
        return new Arrivals(plan.perSecond(), plan.ramp(), new SplittableRandom(plan.seed() ^ MEASURED));
    }

    private Arrivals arrivals(double perSecond, long stretch) {
        return new Arrivals(perSecond, new SplittableRandom(plan.seed() ^ stretch));
    }

    private void rehearse(long intended) {
        loop.runOnContext(_ -> shoppers.rehearse());
    }

    private void due(long intended) {
        loop.runOnContext(_ -> shoppers.arrive(intended));
    }

    private long watch() {
        Watch watch = new Watch(shoppers, System.nanoTime());
        return vertx.setPeriodic(screen.period().toMillis(), _ -> screen.show(watch.look(System.nanoTime())));
    }

    private void drain() {
        waitUntil(HURRY_MAX, false, () -> shoppers.inFlight() == 0);
        waitUntil(
                DRAIN_MAX,
                true,
                () -> shoppers.inFlight() == 0 && shoppers.conversions().open() == 0);
        waitUntil(LEARN_MAX, true, () -> shoppers.lag().unlearned() == 0);
    }

    private void waitUntil(Duration longest, boolean unlessStopped, Supplier<Boolean> quiet) {
        long start = System.nanoTime();
        while (!(unlessStopped && pacer.stopped()) && System.nanoTime() - start < longest.toNanos() && !onLoop(quiet)) {
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            pacer.stop();
        }
    }

    private Summary summarise() {
        Summary summary = onLoop(() -> {
            screen.leave();
            return Summary.of(shoppers, plan, feed.breaks());
        });
        out.println();
        summary.rows().forEach(out::println);
        out.flush();
        return summary;
    }

    private <T> T onLoop(Supplier<T> read) {
        Promise<T> promise = Promise.promise();
        loop.runOnContext(_ -> promise.complete(read.get()));
        return promise.future().await();
    }
}
