package dev.bandolier.server.wire;

import dev.bandolier.server.postgres.GroupCommit;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/// The one place where a failure becomes an HTTP answer: `application/problem+json` (RFC 9457).
public final class Problems {

    private static final System.Logger LOG = System.getLogger(Problems.class.getName());

    /// How soon to come back while the database is away: about as long as a restart of it takes.
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /// Classes of Postgres' codes that say "not now": connection lost, resources gone, shutting down.
    private static final String NOT_NOW = "^(08|53|57|58|40).*";

    /// Postgres' codes of a text that holds U+0000, as such and escaped in JSON: the one character it cannot store.
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");

    private Problems() {}

    /// The answer to a failure: what a [Problem] says, 503 if storage is away, else 500 and a line in the log.
    public static Reply reply(Throwable failure) {
        return switch (failure) {
            case Problem problem -> write(problem);
            case PgException pg
            when UNSTORABLE.contains(pg.getSqlState()) ->
                write(Problem.malformed("the request holds the character U+0000, which cannot be stored"));
            case Throwable away when isStorageAway(away) -> write(storageAway());
            default -> {
                LOG.log(Level.ERROR, "A request failed for a reason that nobody foresaw", failure);
                yield write(Problem.of(500, "Internal error", "this is our fault; the log of the server says more"));
            }
        };
    }

    /// What is told while storage cannot be reached.
    public static Problem storageAway() {
        return Problem.unavailable("the database does not answer; try again", RETRY_AFTER);
    }

    /// Whether a failure means that storage cannot be reached, is overloaded, or answers too late.
    public static boolean isStorageAway(Throwable failure) {
        return switch (failure) {
            case GroupCommit.Full full -> true;
            case GroupCommit.TimedOut timedOut -> true;
            case ClosedConnectionException closed -> true;
            case PgException pg -> pg.getSqlState() != null && pg.getSqlState().matches(NOT_NOW);
            case HttpClosedException gone -> false;
            case IOException io -> true;
            case TimeoutException timeout -> true;
            default -> String.valueOf(failure.getMessage()).startsWith("Timeout");
        };
    }

    private static Reply write(Problem problem) {
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.getMessage());
        problem.reason().ifPresent(reason -> body.put("reason", reason));
        if (!problem.errors().isEmpty()) {
            JsonArray errors = new JsonArray();
            problem.errors()
                    .forEach(error -> errors.add(
                            new JsonObject().put("field", error.field()).put("reason", error.reason())));
            body.put("errors", errors);
        }
        Reply reply = new Reply(problem.status(), Map.of("Content-Type", "application/problem+json"), body.toBuffer());
        return problem.retryAfter()
                .map(wait -> reply.with("Retry-After", Long.toString(wait.toSeconds())))
                .orElse(reply);
    }
}
