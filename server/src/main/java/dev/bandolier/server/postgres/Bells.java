package dev.bandolier.server.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The bells of all nodes on one database: a `NOTIFY` on a channel rings the local [Bell] of that name on every node.
///
/// One connection listens, on all channels. Hints sent while it was down are lost, so every bell rings after each
/// (re)connect too: their listeners then read what they missed from the log. A lost connection is made anew after 100
/// ms, then after twice as long each time, at most [#BACKOFF_MAX]; one whose peer vanished without a word is noticed
/// late, one more reason why a ring is only a hint. Whatever a notification carries is ignored. Sending one is SQL and
/// belongs to the class that owns the log.
///
/// Listeners run on an event loop, so they must not block; a duty waits on a bell of its own instead.
public final class Bells {

    /// The longest pause between two attempts to connect.
    public static final Duration BACKOFF_MAX = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(Bells.class.getName());
    private static final long BACKOFF_FIRST_MILLIS = 100;
    private static final int CHANNEL_CHARACTERS_MAX = 63;

    private final Vertx vertx;
    private final PgConnectOptions options;
    private final Map<String, Bell> bells;

    /// The connection in use or in the making; none while pausing and after the end. Guarded by this, as are the two
    /// below.
    private PgSubscriber current;
    private int failures;
    private boolean closed;

    /// Bells on the channels; silent until [#open].
    ///
    /// @param channels names as in `NOTIFY`, 1 to 63 characters
    public Bells(Vertx vertx, PgConnectOptions options, Set<String> channels) {
        for (String channel : channels) {
            if (channel.isEmpty() || channel.length() > CHANNEL_CHARACTERS_MAX) {
                throw new IllegalArgumentException("a channel has 1 to 63 characters, not '" + channel + "'");
            }
        }
        this.vertx = vertx;
        this.options = new PgConnectOptions(options);
        this.bells = channels.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), name -> new Bell()));
    }

    /// The bell of a channel.
    ///
    /// @throws IllegalArgumentException for a channel that was not named at the start
    public Bell bell(String channel) {
        Bell bell = bells.get(channel);
        if (bell == null) {
            throw new IllegalArgumentException("no bell on channel '" + channel + "', only on " + bells.keySet());
        }
        return bell;
    }

    /// Begins to listen, and keeps trying for as long as it takes. The first ring of each bell says that it does.
    public void open() {
        connect();
    }

    /// Ends listening. The bells stay, and can be rung by hand.
    public Future<Void> close() {
        PgSubscriber last = end();
        return last == null ? Future.succeededFuture() : last.close();
    }

    private synchronized PgSubscriber end() {
        PgSubscriber last = current;
        closed = true;
        current = null;
        return last;
    }

    private void connect() {
        // A subscriber gives up at once (-1): its own reconnecting does not cover the first attempt.
        PgSubscriber subscriber = PgSubscriber.subscriber(vertx, options).reconnectPolicy(attempt -> -1L);
        if (!begin(subscriber)) {
            return;
        }
        bells.forEach((channel, bell) -> subscriber
                .channel(channel)
                .subscribeHandler(listening -> bell.ring())
                .handler(payload -> bell.ring()));
        // Both calls below take the subscriber's lock, so neither is made under ours.
        subscriber.closeHandler(lost -> connectLater(subscriber, "lost"));
        subscriber
                .connect()
                .onComplete(listening -> keep(subscriber), failure -> connectLater(subscriber, failure.getMessage()));
    }

    private synchronized boolean begin(PgSubscriber subscriber) {
        if (closed) {
            return false;
        }
        current = subscriber;
        return true;
    }

    private void keep(PgSubscriber subscriber) {
        if (!wanted(subscriber)) {
            subscriber.close();
        }
    }

    private synchronized boolean wanted(PgSubscriber subscriber) {
        failures = current == subscriber ? 0 : failures;
        return current == subscriber;
    }

    private synchronized void connectLater(PgSubscriber subscriber, String reason) {
        if (closed || current != subscriber) {
            return;
        }
        current = null;
        long millis = backoffMillis(failures);
        failures++;
        LOG.log(Level.INFO, "The connection that listens for bells: {0}; again in {1} ms", reason, millis);
        vertx.setTimer(millis, due -> connect());
    }

    /// 100 ms, doubled with every failure before this one, at most [#BACKOFF_MAX].
    static long backoffMillis(int failures) {
        return Math.min(BACKOFF_MAX.toMillis(), BACKOFF_FIRST_MILLIS << Math.min(failures, 10));
    }
}
