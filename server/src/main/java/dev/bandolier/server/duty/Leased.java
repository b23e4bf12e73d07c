package dev.bandolier.server.duty;

import dev.bandolier.server.ledger.Leases;
import dev.bandolier.server.ledger.Transactions;
import io.vertx.sqlclient.Pool;
import java.time.Duration;

/// The turns of a duty that one node at a time may do: each takes the lease, or does nothing.
///
/// Confined to the thread of its [Loop].
public final class Leased implements Loop.Turn {

    private final Duty duty;
    private final Pool pool;
    private final Transactions transactions;
    private final Leases leases;
    private final Duration length;
    private long renewedNanos;
    private boolean held;

    /// The turns of this duty.
    ///
    /// @param length how long the lease is taken for; renewed each third of it
    public Leased(Duty duty, Pool pool, Leases leases, Duration length) {
        this.duty = duty;
        this.pool = pool;
        this.transactions = new Transactions(pool);
        this.leases = leases;
        this.length = length;
    }

    @Override
    public int take() {
        try {
            return renew() ? turn() : 0;
        } catch (Exception e) {
            lose();
            throw e;
        }
    }

    /// Gives the lease back, so that another node need not wait for its end; the loop has ended.
    public void release() {
        if (held) {
            leases.release(pool, duty.name());
            held = false;
        }
    }

    private boolean renew() {
        if (held && System.nanoTime() - renewedNanos < length.toNanos() / 3) {
            return true;
        }
        renewedNanos = System.nanoTime();
        Leases.Hold hold = leases.acquire(pool, duty.name(), length);
        held = hold != Leases.Hold.DENIED;
        if (hold != Leases.Hold.RENEWED) {
            duty.forget();
        }
        return held;
    }

    private int turn() {
        int moved = transactions.run(connection -> leases.hold(connection, duty.name()) ? duty.turn(connection) : -1);
        if (moved < 0) {
            lose();
            return 0;
        }
        if (moved > 0) {
            duty.committed();
        }
        return moved;
    }

    private void lose() {
        held = false;
        duty.forget();
    }
}
