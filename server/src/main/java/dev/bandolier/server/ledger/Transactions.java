package dev.bandolier.server.ledger;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.util.function.Function;

/// The transactions of one database, as plain statements on a virtual thread.
public final class Transactions {

    private final Pool pool;

    /// The transactions of this database.
    public Transactions(Pool pool) {
        this.pool = pool;
    }

    /// Does the work in one transaction: committed when this returns, rolled back when it throws.
    public <T> T run(Function<SqlConnection, T> work) {
        SqlConnection connection = pool.getConnection().await();
        try {
            Transaction transaction = connection.begin().await();
            try {
                T result = work.apply(connection);
                transaction.commit().await();
                return result;
            } catch (Exception e) {
                // Awaiting throws what a future failed with, also what is declared nowhere.
                rollback(transaction, e);
                throw e;
            }
        } finally {
            connection.close().await();
        }
    }

    private static void rollback(Transaction transaction, Exception cause) {
        try {
            transaction.rollback().await();
        } catch (Exception e) {
            // A broken connection rolls back by itself, and fails everything with one exception; what matters is why.
            if (e != cause) {
                cause.addSuppressed(e);
            }
        }
    }
}
