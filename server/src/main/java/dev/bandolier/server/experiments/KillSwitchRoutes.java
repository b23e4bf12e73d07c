package dev.bandolier.server.experiments;

import dev.bandolier.server.ledger.AuditLog;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.KillSwitch;
import dev.bandolier.server.ledger.KillSwitch.State;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Fields;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// `/v1/kill-switch`: control for everybody in every experiment, on every node.
public final class KillSwitchRoutes {

    private static final String PATH = "/v1/kill-switch";

    private static final int REASON_CHARACTERS_MAX = 500;

    private final Ledger ledger;
    private final KillSwitch table;
    private final Board board;
    private final InstantSource clock;

    /// The routes over this ledger.
    ///
    /// @param board refreshed before a call returns, so that who has turned it sees it served
    public KillSwitchRoutes(Ledger ledger, Board board, InstantSource clock) {
        this.ledger = ledger;
        this.table = ledger.killSwitch();
        this.board = board;
        this.clock = clock;
    }

    /// The endpoints of this room.
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(HttpMethod.GET, PATH, call -> reply(table.read(ledger.pool()))),
                new Endpoint(HttpMethod.PUT, PATH, this::engage),
                new Endpoint(HttpMethod.DELETE, PATH, this::release));
    }

    private Reply engage(Call call) {
        Fields in = Fields.of(call.json());
        String reason = in.text("reason");
        if (reason.isBlank() || reason.length() > REASON_CHARACTERS_MAX) {
            in.refuse("reason", "must be a text of 1 to " + REASON_CHARACTERS_MAX + " characters: why, for the others");
        }
        in.nothingElse();
        in.done();
        return turn(call, true, reason, "engaged the kill switch, so that everybody gets control: " + reason);
    }

    private Reply release(Call call) {
        return turn(call, false, "", "released the kill switch");
    }

    private Reply turn(Call call, boolean engaged, String reason, String note) {
        // To what the table keeps, so that what was turned is what is read.
        State to = new State(engaged, reason, call.actor(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        State stands = ledger.transactions().run(connection -> {
            if (table.turn(connection, to)) {
                String action = engaged ? "engage" : "release";
                ledger.audit()
                        .append(
                                connection,
                                AuditLog.Entry.ofAll(to.actor(), "kill-switch-" + action, note, to.show(), to.at()));
                ledger.experiments().ring(connection);
            }
            return table.read(connection);
        });
        board.refresh();
        return reply(stands);
    }

    private static Reply reply(State state) {
        return Reply.ok(state.show());
    }
}
