package dev.bandolier.server.ledger;

import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;

/// The table of leases: which node may run a duty that must run once.
///
/// Time is the database's, so clocks of nodes do not matter.
public final class Leases {

    private static final String ACQUIRE = """
        insert into leases as l (name, holder, until) values ($1, $2, now() + $3 * interval '1 millisecond')
        on conflict (name) do update set holder = excluded.holder, until = excluded.until
          where l.holder = excluded.holder or l.until < now()
        returning holder\
        """;

    private static final String HOLD = "select holder from leases where name = $1 and holder = $2 for update";

    private static final String RELEASE = "delete from leases where name = $1 and holder = $2";

    private final UUID holder;

    /// The leases of this node.
    ///
    /// @param holder name of this node, new at every start
    public Leases(UUID holder) {
        this.holder = holder;
    }

    /// Takes or renews a lease; false if another node has it.
    public boolean acquire(SqlClient client, String duty, Duration length) {
        return client.preparedQuery(ACQUIRE)
                        .execute(Tuple.of(duty, holder, length.toMillis()))
                        .await()
                        .size()
                == 1;
    }

    /// Locks the lease for the rest of this transaction; false if another node has taken it.
    ///
    /// A node that was asleep while its lease ran out may still believe in it: this lock is what keeps it from
    /// writing.
    public boolean hold(SqlClient client, String duty) {
        return client.preparedQuery(HOLD)
                        .execute(Tuple.of(duty, holder))
                        .await()
                        .size()
                == 1;
    }

    /// Gives a lease back, so that another node need not wait for its end.
    public void release(SqlClient client, String duty) {
        client.preparedQuery(RELEASE).execute(Tuple.of(duty, holder)).await();
    }
}
