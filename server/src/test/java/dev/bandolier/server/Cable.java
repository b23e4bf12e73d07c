package dev.bandolier.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The network between a server and its database, which tests cut, freeze and mend.
///
/// It listens on one port for its whole life, so that a Postgres that comes back on another port is found again.
final class Cable implements AutoCloseable {

    private final int port;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition thawed = lock.newCondition();
    private boolean frozen;
    private ServerSocket listening;
    private volatile int target;

    /// A cable to a port of this machine.
    Cable(int target) {
        this.target = target;
        listening = listen(0);
        port = listening.getLocalPort();
        accept(listening);
    }

    /// Where servers connect to.
    int port() {
        return port;
    }

    /// Breaks every connection and refuses new ones.
    void cut() {
        close();
    }

    /// Lets connections through again, to this port.
    void mend(int newTarget) {
        target = newTarget;
        listening = listen(port);
        accept(listening);
    }

    /// Keeps every connection and passes nothing on, as a network that swallows packets.
    void freeze() {
        lock.lock();
        try {
            frozen = true;
        } finally {
            lock.unlock();
        }
    }

    /// Passes on what was held back.
    void thaw() {
        lock.lock();
        try {
            frozen = false;
            thawed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket end : ends) {
                end.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket near = socket.accept();
                    Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                    ends.add(near);
                    ends.add(far);
                    if (socket.isClosed()) {
                        // Cut at this moment: whoever cut may not have seen these two.
                        near.close();
                        far.close();
                    }
                    Thread.ofVirtual().start(() -> pass(near, far));
                    Thread.ofVirtual().start(() -> pass(far, near));
                }
            } catch (IOException cut) {
                // The cable was cut, or nobody is at its other end.
            }
        });
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[8_192];
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                awaitThaw();
                out.write(some, 0, length);
            }
        } catch (IOException cut) {
            // Both ends are closed now; that is what a cut looks like.
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    private void awaitThaw() {
        lock.lock();
        try {
            while (frozen) {
                thawed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
