package dev.bandolier.server;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/// A node that runs: where it listens, and everything that must be closed when it ends.
///
/// Confined to the thread that opens it, until it is opened; closing is guarded by its own lock.
final class Node implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Node.class.getName());

    private final ArrayDeque<Runnable> closers = new ArrayDeque<>();
    private String address = "";

    /// Keeps a part of the node, to be closed before all that came earlier.
    synchronized <T> T closing(T part, Consumer<T> close) {
        closers.push(() -> close.accept(part));
        return part;
    }

    /// Notes where the node listens.
    void opened(String host, int port) {
        address = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /// Where the node listens, as in `http://127.0.0.1:8080`.
    String address() {
        return address;
    }

    /// Closes every part, the latest first; a part that fails does not keep the others open.
    @Override
    public synchronized void close() {
        while (!closers.isEmpty()) {
            try {
                closers.pop().run();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "A part of the server could not be closed", e);
            }
        }
    }
}
