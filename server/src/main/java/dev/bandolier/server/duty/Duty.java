package dev.bandolier.server.duty;

import io.vertx.sqlclient.SqlConnection;

/// A bounded piece of work that is repeated for ever and runs on one node at a time.
public interface Duty {

    /// The name of its lease.
    String name();

    /// Does one turn in a transaction that holds the lease; what it throws rolls the turn back.
    ///
    /// @return how many rows it moved; 0 if there was nothing to do
    int turn(SqlConnection connection);

    /// Called after a turn that moved something is committed: the place for effects.
    default void committed() {}

    /// Called when the turn was rolled back or the lease was lost: what was learned in memory may be wrong.
    default void forget() {}
}
