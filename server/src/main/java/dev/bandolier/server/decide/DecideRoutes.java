package dev.bandolier.server.decide;

import com.github.benmanes.caffeine.cache.Cache;
import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.DecisionTokens;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.UnitKeys;
import dev.bandolier.server.Settings;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.postgres.GroupCommit;
import dev.bandolier.server.wire.Body;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Problems;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// `POST /v1/decisions`: the hot path, taken before any routing.
///
/// Confined to the event loop of the verticle that made it.
public final class DecideRoutes {

    /// The path of asks.
    public static final String PATH = "/v1/decisions";

    private static final int SHOWN_CHARACTERS_MAX = 64;

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final Board board;
    private final int bodyBytesMax;
    private final Ask.Reader reader;
    private final UnitKeys units;
    private final DecisionTokens tokens;
    private final Decider decider;

    /// The route on one event loop.
    ///
    /// @param vertx    whose current context is the event loop
    /// @param settings limits
    /// @param secret   secret of the server
    /// @param board    what is served
    /// @param ledger   where new decisions are kept
    /// @param known    decisions in memory, shared by all event loops
    /// @param random   occasions of draws per request
    public DecideRoutes(
            Vertx vertx,
            Settings settings,
            byte[] secret,
            Board board,
            Ledger ledger,
            Cache<Decision.Key, Decision> known,
            RandomGenerator random) {
        this.board = board;
        this.bodyBytesMax = settings.http().askBytesMax();
        this.reader = new Ask.Reader(settings.decide(), settings.http().jsonDepthMax());
        this.units = new UnitKeys(secret);
        this.tokens = new DecisionTokens(secret);
        GroupCommit.Limits limits = new GroupCommit.Limits(
                settings.decide().batchMax(),
                settings.decide().waitingMax(),
                settings.decide().waitMillis());
        this.decider = new Decider(
                known,
                new GroupCommit<>(vertx, limits, System::nanoTime, ledger.decisions()::settle),
                new GroupCommit<>(vertx, limits, System::nanoTime, ledger.decisions()::ofKeys),
                settings.clock(),
                random,
                () -> board.killed().isPresent());
    }

    /// Answers one request.
    public void handle(HttpServerRequest request) {
        Body.read(request, bodyBytesMax)
                .compose(body -> answer(body.getBytes()))
                .otherwise(Problems::reply)
                .onSuccess(reply -> Body.write(request.response(), reply));
    }

    private Future<Reply> answer(byte[] body) {
        Ask ask = reader.read(body);
        UnitKey unit = units.of(ask.unit());
        if (ask.single()) {
            return one(ask, unit, ask.experiments().getFirst()).map(text -> new Reply(200, JSON, Buffer.buffer(text)));
        }
        List<Future<String>> answers = new ArrayList<>();
        for (String key : ask.experiments()) {
            answers.add(attempt(ask, unit, key));
        }
        return Future.all(answers).map(all -> {
            String joined = String.join(",", all.<String>list());
            return new Reply(200, JSON, Buffer.buffer("{\"decisions\":[" + joined + "]}"));
        });
    }

    /// One answer among several: what is wrong with one experiment costs the others nothing.
    private Future<String> attempt(Ask ask, UnitKey unit, String key) {
        try {
            return one(ask, unit, key).otherwise(failure -> problem(key, failure));
        } catch (Problem e) {
            return Future.succeededFuture(problem(key, e));
        }
    }

    private static String problem(String key, Throwable failure) {
        return "{\"experiment\":" + Json.encode(key) + ",\"problem\":"
                + Problems.reply(failure).body() + "}";
    }

    private Future<String> one(Ask ask, UnitKey unit, String key) {
        Board.Live live = board.get(key);
        if (live == null) {
            throw unknown(key);
        }
        return decider.decide(ask, unit, live).map(answer -> {
            StringBuilder out = new StringBuilder(256);
            answer.write(out, tokens);
            return out.toString();
        });
    }

    private static Problem unknown(String key) {
        String shown = key.length() > SHOWN_CHARACTERS_MAX ? key.substring(0, SHOWN_CHARACTERS_MAX) + "..." : key;
        return Problem.notFound("experiment: there is no '" + shown + "'; GET /v1/experiments lists them");
    }
}
