package dev.bandolier.server.ledger;

import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;

/// The table of leases: which node may run a duty that must run once.
///
/// Time is the database's, so clocks of nodes do not matter.
public final class Leases {

    /// How a lease came to be held.
    public enum Hold {
        /// It was held before, and nobody had it in between.
        RENEWED,
        /// It was free, or another node let it run out.
        TAKEN,
        /// Another node has it.
        DENIED
    }

    private static final String RENEW = """
        update leases set until = now() + $3 * interval '1 millisecond' where name = $1 and holder = $2
        returning holder\
        """;

    private static final String TAKE = """
        insert into leases as l (name, holder, until) values ($1, $2, now() + $3 * interval '1 millisecond')
        on conflict (name) do update set holder = excluded.holder, until = excluded.until
          where l.until < now()
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

    /// Renews a lease, or takes it if it is free.
    ///
    /// A node that was asleep learns here that another had the lease meanwhile, even if it is free again by now.
    public Hold acquire(SqlClient client, String duty, Duration length) {
        Tuple values = Tuple.of(duty, holder, length.toMillis());
        if (client.preparedQuery(RENEW).execute(values).await().size() == 1) {
            return Hold.RENEWED;
        }
        boolean taken = client.preparedQuery(TAKE).execute(values).await().size() == 1;
        return taken ? Hold.TAKEN : Hold.DENIED;
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
