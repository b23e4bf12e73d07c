package dev.bandolier.server.ledger;

import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// The table of what all nodes of one installation share: they must have one secret.
public final class Installation {

    private static final String CLAIM = """
        insert into installation (secret_fingerprint, created_at) values ($1, $2) on conflict do nothing\
        """;

    private static final String READ = "select secret_fingerprint from installation";

    private static final String PING = "select 1 as alive";

    /// A network that swallows packets answers nothing at all, and who asks for health gives up after some seconds.
    private static final Duration PING_MAX = Duration.ofSeconds(2);

    /// Whether this secret is the one that the database was first used with; the first one is.
    public boolean accepts(SqlClient client, String fingerprint, Instant now) {
        client.preparedQuery(CLAIM)
                .execute(Tuple.of(fingerprint, Rows.time(now)))
                .await();
        return client.preparedQuery(READ)
                .execute()
                .await()
                .iterator()
                .next()
                .getString("secret_fingerprint")
                .equals(fingerprint);
    }

    /// Asks the database for a sign of life; throws if there is none within two seconds.
    public void ping(SqlClient client) {
        client.preparedQuery(PING)
                .execute()
                .timeout(PING_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .await();
    }
}
