package dev.bandolier.server.postgres;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// A lane that turns many small writes into few statements: while one is in flight, the next batch gathers.
///
/// A durable commit costs one flush of the disk, whether it carries one row or a thousand, and pipelining does not
/// share it: only one statement with many rows does. So each caller adds an item (`I`) and holds a future of its own
/// (`O`), while the lane sends lists of items and hands out lists of results, in the same order.
///
/// **Owner.** The state is confined to the event loop of the context that made it. [#add] may be called from anywhere:
/// on that event loop it acts at once, from any other thread it hops there first, so the limits below are checked
/// there and items of one caller keep their order. The returned future completes on the caller's own context if it
/// called from one, else on the lane's.
///
/// **Transitions first, effects after.** Each step (an item arrives, a batch leaves, a statement is answered, time is
/// up) first brings the state to its next consistent value and only then runs what others wrote: the statement and the
/// handlers of the futures. These may call [#add] again and find a lane in order.
///
/// **When a batch leaves.** When the lane is free and has items, after all that the event loop has at hand has had the
/// chance to join; if commits are slow, up to 1 ms later ([Linger]); at once when a batch is full.
///
/// **What the limits do.** `batchMax` bounds a statement: the rest waits for the next. `waitingMax` bounds the items
/// not yet sent: the next [#add] fails at once with [Full], which bounds memory and tells the caller to shed.
/// `waitMillis` bounds the caller's wait: the item fails with [TimedOut]. If it was not sent yet it is removed and
/// never will be; if it is in flight, its outcome is unknown to the caller, and the late answer is dropped. A
/// statement that is never answered keeps the lane closed (a second one could overtake it): items fail with [TimedOut]
/// and [Full] until the connection gives up, so the database needs a bound on statements too.
///
/// A statement that fails, throws or answers with another number of results than it was given items fails exactly the
/// items of its batch; the next batch is sent as usual.
public final class GroupCommit<I, O> {

    /// The bounds of a lane.
    ///
    /// @param batchMax   items in one statement, at least 1
    /// @param waitingMax items not yet sent, at least 1
    /// @param waitMillis longest wait of an item from [#add] to its answer, at least 1
    public record Limits(int batchMax, int waitingMax, long waitMillis) {

        public Limits {
            if (batchMax < 1 || waitingMax < 1 || waitMillis < 1) {
                throw new IllegalArgumentException("every limit is at least 1, got batchMax=" + batchMax
                        + ", waitingMax=" + waitingMax + ", waitMillis=" + waitMillis);
            }
        }
    }

    /// The refusal of an item because as many as are allowed are waiting already. It was not and will not be written.
    public static final class Full extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Full(int waitingMax) {
            super(waitingMax + " items are waiting to be written, no more are taken", null, false, false);
        }
    }

    /// The end of the wait for an item.
    public static final class TimedOut extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final boolean sent;

        private TimedOut(long waitMillis, boolean sent) {
            super(
                    "not written within " + waitMillis + " ms" + (sent ? ", outcome unknown" : ", given up"),
                    null,
                    false,
                    false);
            this.sent = sent;
        }

        /// Whether the item was in flight, so that it may have been written; if not, it never will be.
        public boolean sent() {
            return sent;
        }
    }

    /// An item, its caller and how long it has waited.
    private static final class Entry<I, O> {
        final I item;
        final Promise<O> promise = Promise.promise();
        final Context caller = Vertx.currentContext();
        long sinceNanos;
        boolean lateInFlight;

        Entry(I item) {
            this.item = item;
        }
    }

    private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Context context;
    private final Limits limits;
    private final LongSupplier nanoTime;
    private final Function<List<I>, Future<List<O>>> statement;

    private final Linger linger = new Linger();
    private final ArrayDeque<Entry<I, O>> waiting = new ArrayDeque<>();
    private List<Entry<I, O>> inFlight = List.of();
    private boolean busy;
    private boolean leaving;
    private boolean lingering;
    private boolean watching;

    /// Items that wait or are in flight, for whoever looks at the lane from outside.
    private volatile int underWay;

    /// The thread of the event loop, known from the first hop on.
    private volatile Thread loop;

    /// A lane on the current context, which must be one of an event loop (or none: then it gets one of its own).
    ///
    /// @param nanoTime  the clock, as `System::nanoTime`
    /// @param statement writes a batch and answers with one result per item, in order; called on the lane's context
    /// @throws IllegalStateException on a worker or virtual-thread context
    public GroupCommit(
            Vertx vertx, Limits limits, LongSupplier nanoTime, Function<List<I>, Future<List<O>>> statement) {
        this.context = vertx.getOrCreateContext();
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.statement = statement;
        if (context.threadingModel() != ThreadingModel.EVENT_LOOP) {
            throw new IllegalStateException(
                    "a lane lives on an event loop, not on a " + context.threadingModel() + " context");
        }
    }

    /// Hands an item to the next batch.
    ///
    /// @return its result, or the failure of its statement, or [Full] or [TimedOut]
    public Future<O> add(I item) {
        return addAll(List.of(item)).getFirst();
    }

    /// Hands items to the next batches, in their order: one hop to the lane for all of them.
    ///
    /// @return of each what [#add] would return
    public List<Future<O>> addAll(List<I> items) {
        List<Entry<I, O>> entries = new ArrayList<>(items.size());
        items.forEach(item -> entries.add(new Entry<>(item)));
        if (Thread.currentThread() == loop) {
            entries.forEach(this::arrive);
        } else {
            context.runOnContext(hopped -> {
                loop = Thread.currentThread();
                entries.forEach(this::arrive);
            });
        }
        return entries.stream().map(entry -> entry.promise.future()).toList();
    }

    /// Items that wait or are in flight, as they were a moment ago; from any thread.
    public int underWay() {
        return underWay;
    }

    /// How long the lane would wait for company now, in milliseconds. For tests, on the lane's context.
    long lingerMillis() {
        return linger.millis();
    }

    private void arrive(Entry<I, O> entry) {
        if (waiting.size() >= limits.waitingMax()) {
            tell(entry, () -> entry.promise.fail(new Full(limits.waitingMax())));
            return;
        }
        entry.sinceNanos = nanoTime.getAsLong();
        waiting.add(entry);
        count();
        watch();
        arrangeDeparture();
    }

    /// Sees to it that a batch leaves soon, if the lane is free and there is one. Always from the lane's own context: a
    /// timer set from a caller's would vanish with the caller's verticle.
    private void arrangeDeparture() {
        if (busy || leaving || waiting.isEmpty()) {
            return;
        }
        long millis = waiting.size() >= limits.batchMax() ? 0 : linger.millis();
        if (millis == 0) {
            leaving = true;
            context.runOnContext(next -> depart());
        } else if (!lingering) {
            lingering = true;
            context.runOnContext(next -> context.owner().setTimer(millis, due -> {
                lingering = false;
                depart();
            }));
        }
    }

    private void depart() {
        leaving = false;
        if (busy) {
            return;
        }
        List<Entry<I, O>> late = takeLate();
        List<Entry<I, O>> batch = new ArrayList<>(Math.min(waiting.size(), limits.batchMax()));
        while (batch.size() < limits.batchMax() && !waiting.isEmpty()) {
            batch.add(waiting.poll());
        }
        inFlight = batch;
        busy = !batch.isEmpty();
        count();

        if (busy) {
            send(batch);
        }
        giveUp(late);
    }

    private void send(List<Entry<I, O>> batch) {
        long sentNanos = nanoTime.getAsLong();
        List<I> items = batch.stream().map(entry -> entry.item).toList();
        // Composed and demanded, as a statement that throws or gives no future would close the lane for ever.
        Future.succeededFuture(items)
                .compose(batched -> Objects.requireNonNull(statement.apply(batched), "the statement answered nothing"))
                .onComplete(answer -> context.runOnContext(back -> settle(batch, sentNanos, answer)));
    }

    private void settle(List<Entry<I, O>> batch, long sentNanos, AsyncResult<List<O>> answer) {
        if (answer.succeeded()) {
            linger.observe(nanoTime.getAsLong() - sentNanos);
        }
        inFlight = List.of();
        busy = false;
        count();
        arrangeDeparture();

        Throwable failure = failure(batch, answer);
        for (int i = 0; i < batch.size(); i++) {
            Entry<I, O> entry = batch.get(i);
            if (!entry.lateInFlight) {
                O result = failure == null ? answer.result().get(i) : null;
                tell(entry, () -> entry.promise.complete(result, failure));
            }
        }
    }

    private static <I, O> Throwable failure(List<Entry<I, O>> batch, AsyncResult<List<O>> answer) {
        if (answer.failed()) {
            return answer.cause();
        }
        int results = answer.result() == null ? 0 : answer.result().size();
        return results == batch.size()
                ? null
                : new IllegalStateException(
                        "the statement answered with " + results + " results for " + batch.size() + " items");
    }

    /// Keeps one timer on the item that has waited longest.
    private void watch() {
        if (watching) {
            return;
        }
        Entry<I, O> oldest = inFlight.stream()
                .filter(entry -> !entry.lateInFlight)
                .findFirst()
                .orElse(waiting.peek());
        if (oldest != null) {
            watching = true;
            long millis = Math.max(1, Math.ceilDiv(leftNanos(oldest), NANOS_PER_MILLI));
            context.runOnContext(next -> context.owner().setTimer(millis, due -> expire()));
        }
    }

    private void expire() {
        List<Entry<I, O>> late = takeLate();
        watching = false;
        count();
        watch();
        giveUp(late);
    }

    /// Marks the items in flight whose time is up and removes those that were not sent.
    private List<Entry<I, O>> takeLate() {
        List<Entry<I, O>> late = new ArrayList<>();
        for (Entry<I, O> entry : inFlight) {
            if (!entry.lateInFlight && leftNanos(entry) <= 0) {
                entry.lateInFlight = true;
                late.add(entry);
            }
        }
        while (!waiting.isEmpty() && leftNanos(waiting.peek()) <= 0) {
            late.add(waiting.poll());
        }
        return late;
    }

    /// Written by the event loop alone.
    private void count() {
        underWay = waiting.size() + inFlight.size();
    }

    private long leftNanos(Entry<I, O> entry) {
        return limits.waitMillis() * NANOS_PER_MILLI - (nanoTime.getAsLong() - entry.sinceNanos);
    }

    private void giveUp(List<Entry<I, O>> late) {
        late.forEach(entry ->
                tell(entry, () -> entry.promise.fail(new TimedOut(limits.waitMillis(), entry.lateInFlight))));
    }

    /// Answers an item where its caller is. A handler that throws anything is its own trouble: those after it are told.
    private void tell(Entry<I, O> entry, Runnable answer) {
        try {
            if (entry.caller == null || entry.caller == context) {
                answer.run();
            } else {
                entry.caller.runOnContext(there -> answer.run());
            }
        } catch (Throwable broken) {
            LOG.log(Level.ERROR, "A caller could not be told what became of its item", broken);
        }
    }
}
