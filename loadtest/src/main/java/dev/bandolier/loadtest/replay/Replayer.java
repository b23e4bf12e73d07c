package dev.bandolier.loadtest.replay;

import dev.bandolier.loadtest.api.Answer;
import dev.bandolier.loadtest.api.Api;
import dev.bandolier.loadtest.api.CommandFailure;
import dev.bandolier.loadtest.api.Decision;
import dev.bandolier.loadtest.api.ExperimentView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// The replay of one logged row through a running server.
///
/// The idea is that of Li, Chu, Langford and Wang (WSDM 2011, algorithm 2): let the policy choose for each row of a
/// log, and keep only the rows where it chooses what was logged, for only there the outcome is known. If the log was
/// served uniformly at random, the kept rows are what the policy would have seen live, and their click rate is an
/// unbiased estimate of what it would have earned.
///
/// The policy may learn from kept rows only. A server that records every decision would take a row that does not
/// match, and so can never be clicked, for a visitor who did not click; it would learn that whatever the log served
/// rarely is bad. So each visitor is first asked for with `"record": false`, which leaves no trace, and again with
/// recording only if the arm matches. Between the two a new snapshot may be published; then the second answer may
/// differ. Such a row is `MOVED`: it is not kept, although the server has recorded a decision for it.
final class Replayer {

    /// What became of a row.
    enum Verdict {
        /// The server chose another arm than the log.
        MISSED,
        /// The server chose what was logged, and may learn from it.
        MATCHED,
        /// The server chose what was logged, and another arm when asked again.
        MOVED
    }

    /// A row and what the server said.
    ///
    /// @param arm key of the arm that the server chose last
    record Outcome(Logged.Row row, String arm, Verdict verdict) {

        /// Whether the row counts and was clicked.
        boolean clicked() {
            return verdict == Verdict.MATCHED && row.clicked();
        }
    }

    private final Api api;
    private final ExperimentView experiment;
    private final JsonArray eligible;
    private final String run;

    /// A replayer of rows that serve these arms.
    ///
    /// @param run names this run; its visitors are nobody else's
    Replayer(Api api, ExperimentView experiment, List<String> arms, String run) {
        this.api = api;
        this.experiment = experiment;
        this.eligible = new JsonArray(arms);
        this.run = run;
    }

    /// Asks for one row. Blocks.
    Outcome ask(Logged.Row row) {
        Decision preview = decide(row, false);
        if (!preview.arm().equals(row.arm())) {
            return new Outcome(row, preview.arm(), Verdict.MISSED);
        }
        Decision recorded = decide(row, true);
        boolean same = recorded.arm().equals(row.arm());
        return new Outcome(row, recorded.arm(), same ? Verdict.MATCHED : Verdict.MOVED);
    }

    /// Reports the click of a row. Blocks until it is acknowledged.
    void click(Logged.Row row) {
        JsonObject conversion = new JsonObject()
                .put("id", unit(row))
                .put("metric", experiment.metric())
                .put("unit", unit(row));
        Answer answer = api.await(api.post("/v1/conversions", conversion.toBuffer()));
        if (answer.status() != 202) {
            throw new CommandFailure("the click was not taken: " + answer.problem());
        }
    }

    private Decision decide(Logged.Row row, boolean record) {
        Decision decision = api.await(api.decide(new JsonObject()
                .put("experiment", experiment.key())
                .put("unit", unit(row))
                .put("eligible", eligible)
                .put("record", record)));
        String expected = record ? "allocated" : "preview";
        if (!expected.equals(decision.reason())) {
            throw new CommandFailure("the server decided for the reason '" + decision.reason() + "', not '" + expected
                    + "'; what follows would not be a replay");
        }
        if (!eligible.contains(decision.arm())) {
            throw new CommandFailure("the server chose '" + decision.arm() + "', which was not eligible");
        }
        return decision;
    }

    private String unit(Logged.Row row) {
        return "replay-" + run + "-" + row.row();
    }
}
