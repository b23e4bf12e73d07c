package dev.bandolier.server.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Many connections to one server, all on one event loop, to which everything here is confined but the entrances.
///
/// Plain sockets instead of an HTTP client: whoever sends shares the cores with what is measured.
final class Barrage {

    /// What came of sending for a while.
    ///
    /// @param answers   requests that were answered within the time, all of them 202
    /// @param all       requests that were answered, those included that were on their way when the time was up
    /// @param seconds   the time
    /// @param latencies of the answers, from when each request was due
    /// @param lateness  how long after it was due each request was sent, though a connection was free
    record Result(long answers, long all, double seconds, Times latencies, Times lateness) {

        double perSecond() {
            return answers / seconds;
        }
    }

    private static final int SHOWN_BYTES_MAX = 1_000;

    private final Context context;
    private final NetClient client;
    private final List<HttpConnection> connections = new ArrayList<>();
    private final ArrayDeque<HttpConnection> idle = new ArrayDeque<>();
    private final ArrayDeque<Long> due = new ArrayDeque<>();
    private Supplier<Buffer> requests = Buffer::buffer;
    private Promise<Result> result = Promise.promise();
    private Times latencies = new Times();
    private Times lateness = new Times();
    private boolean closedLoop;
    private long startNanos;
    private long endNanos;
    private long answers;
    private long all;
    private int onTheirWay;

    /// Opens the connections.
    ///
    /// @param vertx with one event loop
    Barrage(Vertx vertx, int port, int connections) {
        this.context = vertx.getOrCreateContext();
        this.client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        Promise<Void> open = Promise.promise();
        context.runOnContext(go -> {
            List<Future<Void>> opening = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                opening.add(client.connect(port, "127.0.0.1")
                        .map(socket -> new HttpConnection(socket, this::answered))
                        .onSuccess(this.connections::add)
                        .mapEmpty());
            }
            Future.all(opening).<Void>mapEmpty().onComplete(open);
        });
        open.future().await();
    }

    /// Sends on every connection as soon as it is answered, for this long; returns when all is answered.
    Result asFastAsAnswered(Supplier<Buffer> source, Duration length) {
        Promise<Result> done = Promise.promise();
        context.runOnContext(go -> {
            begin(source, length, done);
            closedLoop = true;
            connections.forEach(each -> send(each, System.nanoTime()));
        });
        return done.future().await();
    }

    /// Sends at a constant rate, whatever comes back, for this long; returns when all is answered.
    Result atRate(Supplier<Buffer> source, double perSecond, Duration length) {
        Promise<Result> done = Promise.promise();
        context.runOnContext(go -> {
            begin(source, length, done);
            closedLoop = false;
            idle.addAll(connections);
        });
        long start = System.nanoTime();
        long count = (long) (perSecond * length.toNanos() / 1e9);
        for (long i = 0; i < count; i++) {
            long next = start + (long) (i * 1e9 / perSecond);
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            context.runOnContext(go -> sendOrWait(next));
        }
        context.runOnContext(go -> {
            endNanos = Math.min(endNanos, System.nanoTime());
            finishIfDone();
        });
        return done.future().await();
    }

    private void begin(Supplier<Buffer> source, Duration length, Promise<Result> done) {
        requests = source;
        result = done;
        latencies = new Times();
        lateness = new Times();
        answers = 0;
        all = 0;
        onTheirWay = 0;
        idle.clear();
        startNanos = System.nanoTime();
        endNanos = startNanos + length.toNanos();
    }

    private void sendOrWait(long dueNanos) {
        HttpConnection free = idle.poll();
        if (free == null) {
            due.add(dueNanos);
        } else {
            lateness.add(System.nanoTime() - dueNanos);
            send(free, dueNanos);
        }
    }

    private void send(HttpConnection connection, long dueNanos) {
        onTheirWay++;
        connection.send(requests.get(), dueNanos);
    }

    private void answered(HttpConnection connection, int status, Buffer body) {
        long now = System.nanoTime();
        onTheirWay--;
        all++;
        if (status != 202 || !accepted(body)) {
            result.tryFail(new IllegalStateException(
                    "answered " + status + ": " + body.getString(0, Math.min(body.length(), SHOWN_BYTES_MAX))));
            return;
        }
        latencies.add(now - connection.dueNanos);
        answers += now <= endNanos ? 1 : 0;
        if (closedLoop && now < endNanos) {
            send(connection, now);
        } else if (!due.isEmpty()) {
            send(connection, due.poll());
        } else {
            idle.add(connection);
            finishIfDone();
        }
    }

    /// A batch says first how many of it were accepted, one conversion last that it was.
    private static boolean accepted(Buffer body) {
        String text = body.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\"accepted\"}") || text.contains("\"duplicates\":0,\"refused\":0");
    }

    private void finishIfDone() {
        if (onTheirWay == 0 && System.nanoTime() >= endNanos) {
            result.tryComplete(new Result(answers, all, (endNanos - startNanos) / 1e9, latencies, lateness));
        }
    }
}
