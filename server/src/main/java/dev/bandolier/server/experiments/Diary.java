package dev.bandolier.server.experiments;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.server.ledger.AuditLog;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.DefinitionJson;
import dev.bandolier.server.ledger.VerdictJson;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/// What of a change of an experiment goes to the audit log, and in what words; written in the transaction of the change.
final class Diary {

    /// One kind of entry by one actor.
    @FunctionalInterface
    interface Note {
        /// Writes what became of an experiment.
        void write(SqlConnection connection, Experiment before, Experiment after);
    }

    private final AuditLog log;
    private final Board board;
    private final InstantSource clock;

    /// @param board what is served, for the verdicts that a person overrides
    Diary(AuditLog log, Board board, InstantSource clock) {
        this.log = log;
        this.board = board;
        this.clock = clock;
    }

    /// A draft was created.
    void created(SqlConnection connection, String actor, Experiment draft) {
        JsonObject detail = new JsonObject().put("after", DefinitionJson.write(draft.definition()));
        write(connection, actor, draft, "create", "created a draft", detail);
    }

    /// An experiment was deleted.
    void deleted(SqlConnection connection, String actor, Experiment last) {
        write(connection, actor, last, "delete", "deleted it", new JsonObject());
    }

    /// Its owner wrote it down anew.
    Note changed(String actor) {
        return (connection, before, after) -> {
            JsonObject detail = difference(before, after);
            Set<String> fields = detail.getJsonObject("after").fieldNames();
            String note = fields.isEmpty() ? "changed nothing" : "changed " + String.join(", ", fields);
            for (Arm arm : after.definition().arms()) {
                note += switched(before, arm, detail);
            }
            write(connection, actor, after, "change", note, detail);
        };
    }

    /// It went from one state to another.
    ///
    /// @param action the verb of the API
    /// @param note   the same in words
    Note moved(String actor, String action, String note) {
        return (connection, before, after) -> write(connection, actor, after, action, note, difference(before, after));
    }

    /// An arm was paused, or resumed against what a guardrail says.
    Note armed(String actor, String arm, Arm.Status status) {
        return (connection, before, after) -> {
            JsonObject detail = new JsonObject()
                    .put("arm", arm)
                    .put("before", arm(before, arm))
                    .put("after", arm(after, arm));
            if (status == Arm.Status.PAUSED) {
                write(connection, actor, after, "pause-arm", "paused arm '" + arm + "'", detail);
                return;
            }
            String note = "resumed arm '" + arm + "'" + overriding(before, arm, detail);
            write(connection, actor, after, "resume-arm", note, detail);
        };
    }

    /// Now, and later than when a guardrail found harm, whatever the clock of the node that found it says.
    Instant after(Experiment before) {
        Instant now = clock.instant();
        return verdicts(before).stream()
                .filter(each -> each instanceof Verdict.ArmHarmful)
                .map(each -> each.since().plusMillis(1))
                .filter(now::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(now);
    }

    /// What a person sets aside who resumes an arm, in words; its evidence goes to the detail.
    private String overriding(Experiment before, String arm, JsonObject detail) {
        for (Verdict verdict : verdicts(before)) {
            if (verdict instanceof Verdict.ArmHarmful harmful && harmful.arm().equals(arm)) {
                detail.put("overrides", VerdictJson.show(before.definition(), List.of(harmful)));
                return ", which was paused by a guardrail since " + harmful.since();
            }
        }
        return "";
    }

    /// What a change says of an arm that it pauses or resumes; nothing of one that it leaves as it was, or adds.
    private String switched(Experiment before, Arm arm, JsonObject detail) {
        int index = before.definition().indexOf(arm.key());
        if (index < 0 || before.definition().arms().get(index).live() == arm.live()) {
            return "";
        }
        return arm.live()
                ? "; resumed arm '" + arm.key() + "'" + overriding(before, arm.key(), detail)
                : "; paused arm '" + arm.key() + "'";
    }

    /// A person said that feed and ratio are sound.
    Note thawed(String actor) {
        return (connection, before, after) -> {
            List<Verdict> overridden = verdicts(before).stream()
                    .filter(each -> each instanceof Verdict.FeedBroken || each instanceof Verdict.RatioBroken)
                    .toList();
            JsonObject detail = difference(before, after);
            String note = "said that conversions and exposures are sound";
            if (!overridden.isEmpty()) {
                note += ", where a guardrail had doubts since "
                        + overridden.getFirst().since();
                detail.put("overrides", VerdictJson.show(before.definition(), overridden));
            }
            write(connection, actor, after, "thaw", note, detail);
        };
    }

    /// The verdicts in force by the snapshot that is served.
    private List<Verdict> verdicts(Experiment experiment) {
        return board.get(experiment.id())
                .flatMap(Board.Live::snapshot)
                .map(Snapshot::guard)
                .map(Guard::verdicts)
                .orElse(List.of());
    }

    private static JsonObject arm(Experiment experiment, String key) {
        Arm arm = experiment.definition().arms().get(experiment.definition().indexOf(key));
        JsonObject json = new JsonObject().put("status", arm.status().name().toLowerCase(Locale.ROOT));
        arm.watched().ifPresent(time -> json.put("watched", time.toString()));
        return json;
    }

    /// The fields that differ, before and after.
    private static JsonObject difference(Experiment before, Experiment after) {
        JsonObject was = written(before);
        JsonObject is = written(after);
        Set<String> fields = new LinkedHashSet<>(is.fieldNames());
        fields.addAll(was.fieldNames());
        JsonObject left = new JsonObject();
        JsonObject right = new JsonObject();
        for (String field : fields) {
            if (!Objects.equals(was.getValue(field), is.getValue(field))) {
                left.put(field, was.getValue(field));
                right.put(field, is.getValue(field));
            }
        }
        return new JsonObject().put("before", left).put("after", right);
    }

    private static JsonObject written(Experiment experiment) {
        return DefinitionJson.write(experiment.definition())
                .put("state", experiment.state().name().toLowerCase(Locale.ROOT));
    }

    private void write(
            SqlConnection connection,
            String actor,
            Experiment experiment,
            String action,
            String note,
            JsonObject detail) {
        log.append(connection, AuditLog.Entry.of(experiment, actor, action, note, detail, clock.instant()));
    }
}
