package dev.bandolier.server.report;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.TargetJson;
import dev.bandolier.server.wire.Bench;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/// `POST /v1/experiments/{key}/what-if`: what another policy would have earned with the same units.
public final class WhatIfRoutes {

    private final Board board;
    private final WhatIfs whatIfs;

    /// The route over these logs.
    ///
    /// @param tidings    how fresh they are
    /// @param bench      where answers are computed
    /// @param waitingMax requests that may wait for their turn
    public WhatIfRoutes(Ledger ledger, Board board, Tidings tidings, Bench bench, int waitingMax) {
        this.board = board;
        this.whatIfs = new WhatIfs(ledger, tidings, bench, waitingMax);
    }

    /// The endpoints of this room.
    public List<Endpoint> endpoints() {
        return List.of(new Endpoint(HttpMethod.POST, "/v1/experiments/:key/what-if", this::ask));
    }

    private Reply ask(Call call) {
        Board.Live live = ReportRoutes.find(board, call);
        Experiment experiment = live.experiment();
        TargetJson.Target target = TargetJson.read(call.json(), experiment.definition());
        Snapshot standing = live.standing()
                .orElseThrow(() -> Problem.conflict(
                        "'" + experiment.key() + "' is a draft, so there are no units to ask about; start it"));
        return whatIfs.of(experiment, standing, target);
    }
}
