package dev.bandolier.server.learn;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.learning.Learner;
import dev.bandolier.server.ledger.AuditLog;
import dev.bandolier.server.ledger.ExperimentTable;
import dev.bandolier.server.ledger.Judgement;
import dev.bandolier.server.ledger.Ledger;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;

/// What verdicts lead to beyond the allocation: arms that do harm are paused, and everything is written down.
final class Sentences {

    private final ExperimentTable experiments;
    private final AuditLog audit;

    Sentences(Ledger ledger) {
        this.experiments = ledger.experiments();
        this.audit = ledger.audit();
    }

    /// Pauses the arms that do harm, if there are such; false if the definition is no longer what that was found for.
    boolean pause(SqlConnection connection, Experiment before, Learner.Step step, Instant now) {
        return step.paused()
                .map(definition -> experiments
                        .update(connection, before, before.state(), definition, now)
                        .isPresent())
                .orElse(true);
    }

    /// Writes down which verdicts came into force between two snapshots, and which are no longer.
    void record(SqlConnection connection, Experiment experiment, Snapshot from, Snapshot to, Instant now) {
        Judgement judgement = Judgement.between(from.guard(), to.guard());
        // Quarantines are written down where they are put.
        judgement.began().stream()
                .filter(each -> !(each instanceof Verdict.OriginQuarantined))
                .forEach(each -> audit.append(connection, AuditLog.Entry.began(experiment, each, now)));
        judgement.ended().forEach(each -> audit.append(connection, AuditLog.Entry.ended(experiment, each, now)));
    }
}
