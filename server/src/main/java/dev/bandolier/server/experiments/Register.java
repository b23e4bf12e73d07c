package dev.bandolier.server.experiments;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Experiment.State;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.learning.Learner;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.ExperimentTable;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.SnapshotLog;
import dev.bandolier.server.ledger.Transactions;
import dev.bandolier.server.postgres.Bell;
import dev.bandolier.server.wire.Caller;
import dev.bandolier.server.wire.Problem;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/// The register of experiments: every change is one transaction that grows the revision, and is served when the call
/// returns.
///
/// Holds no state; the table does. Callers are virtual threads.
public final class Register {

    private final Transactions transactions;
    private final ExperimentTable table;
    private final SnapshotLog snapshots;
    private final Findings findings;
    private final Diary diary;
    private final Board board;
    private final Bell changed;
    private final InstantSource clock;
    private final SecureRandom salts;

    /// The register over this ledger.
    ///
    /// @param board   refreshed before a call returns, so that who has changed something sees it served
    /// @param changed rung when something has changed
    /// @param salts   makes the salts of new experiments
    public Register(Ledger ledger, Board board, Bell changed, InstantSource clock, SecureRandom salts) {
        this.transactions = ledger.transactions();
        this.table = ledger.experiments();
        this.snapshots = ledger.snapshots();
        this.findings = new Findings(ledger);
        this.diary = new Diary(ledger.audit(), board, clock);
        this.board = board;
        this.changed = changed;
        this.clock = clock;
        this.salts = salts;
    }

    /// The experiment with this key.
    ///
    /// @throws Problem 404 if there is none
    Experiment find(String key) {
        return transactions.run(connection -> find(connection, key));
    }

    /// A definition as it would be created, with the counts that it starts from.
    ///
    /// @throws Problem 422 naming what a new definition cannot say
    Definition checked(Definition written) {
        Redefinition.checkNew(written);
        return Findings.areComplete(written)
                ? written
                : transactions.run(connection -> findings.history(connection, written));
    }

    /// A new draft.
    ///
    /// @throws Problem 409 if the key is taken, 422 naming what a new definition cannot say
    Experiment create(Definition written, String actor) {
        Redefinition.checkNew(written);
        return served(transactions.run(connection -> {
            Definition definition = findings.history(connection, written);
            Experiment created = table.insert(
                            connection, definition, salts.nextLong(), salts.nextLong(), clock.instant())
                    .orElseThrow(() -> Problem.conflict("key: there is an experiment '" + definition.key()
                            + "' already; PATCH it or choose another key"));
            diary.created(connection, actor, created);
            table.ring(connection);
            return created;
        }));
    }

    /// From draft to running, with a first snapshot that serves the prior.
    ///
    /// @throws Problem 422 naming the cap of revenue, if there is none and the log does not say one, or the prior, if
    ///                 nothing can be computed from it
    Experiment start(String key, Caller caller) {
        Diary.Note note = diary.moved(caller.actor(), "start", "started it");
        return move(key, caller, EnumSet.of(State.DRAFT), State.RUNNING, note);
    }

    /// Control for everybody, at once.
    Experiment pause(String key, Caller caller) {
        Diary.Note note = diary.moved(caller.actor(), "pause", "paused it, so that everybody gets control");
        return move(key, caller, EnumSet.of(State.RUNNING), State.PAUSED, note);
    }

    /// From paused to running.
    Experiment resume(String key, Caller caller) {
        Diary.Note note = diary.moved(caller.actor(), "resume", "resumed it");
        return move(key, caller, EnumSet.of(State.PAUSED), State.RUNNING, note);
    }

    /// Over for good.
    Experiment end(String key, Caller caller) {
        Diary.Note note = diary.moved(caller.actor(), "end", "ended it");
        return move(key, caller, EnumSet.of(State.RUNNING, State.PAUSED), State.ENDED, note);
    }

    /// Another definition for an experiment, as far as its state allows.
    ///
    /// @param before what the new definition was made from
    /// @throws Problem 412 if the caller has not seen the current one, 422 naming what may not change any more
    Experiment change(Experiment before, Caller caller, Definition after) {
        Definition checked = Redefinition.of(before, after, diary.after(before));
        return update(
                before.key(),
                caller,
                (connection, current) ->
                        replace(connection, current, current.state(), findings.history(connection, checked)),
                diary.changed(caller.actor()));
    }

    /// Another status for one arm, effective at once. What tests saw of an arm before it was resumed does not count
    /// against it any more.
    Experiment arm(String key, String arm, Arm.Status status, Caller caller) {
        return update(
                key,
                caller,
                (connection, current) -> {
                    Definition definition = current.definition();
                    int index = definition.indexOf(arm);
                    if (index < 0) {
                        throw Problem.notFound("experiment '" + key + "' has no arm '" + arm + "'");
                    }
                    List<Arm> arms = new ArrayList<>(definition.arms());
                    Arm before = arms.get(index);
                    // Who resumes what was never paused says nothing about what tests saw.
                    boolean resumed = status == Arm.Status.LIVE && !before.live() && current.state() != State.DRAFT;
                    arms.set(index, resumed ? before.resumed(diary.after(current)) : before.with(status));
                    return replace(connection, current, current.state(), definition.withArms(arms));
                },
                diary.armed(caller.actor(), arm, status));
    }

    /// Feed and ratio are sound, says a person: what guardrails saw of them before does not count any more.
    Experiment thaw(String key, Caller caller) {
        return update(
                key,
                caller,
                (connection, current) -> {
                    if (current.state() == State.DRAFT || current.state() == State.ENDED) {
                        throw Problem.conflict(
                                "'" + key + "' is " + word(current.state()) + ", so there is nothing to thaw");
                    }
                    Definition definition = current.definition();
                    Definition thawed =
                            definition.withGuardrails(definition.guardrails().thawed(clock.instant()));
                    return replace(connection, current, current.state(), thawed);
                },
                diary.thawed(caller.actor()));
    }

    /// Deletes a draft or an ended experiment; its logs stay.
    void delete(String key, Caller caller) {
        transactions.run(connection -> {
            Experiment current = checked(find(connection, key), caller);
            if (current.state() == State.RUNNING || current.state() == State.PAUSED) {
                throw Problem.conflict("'" + key + "' is " + word(current.state()) + "; end it first");
            }
            if (!table.delete(connection, current, clock.instant())) {
                throw Caller.tooSlow(key);
            }
            diary.deleted(connection, caller.actor(), current);
            table.ring(connection);
            return current;
        });
        serve();
    }

    private Experiment move(String key, Caller caller, Set<State> from, State to, Diary.Note note) {
        return update(
                key,
                caller,
                (connection, current) -> {
                    if (!from.contains(current.state())) {
                        throw Problem.conflict(
                                "'" + key + "' is " + word(current.state()) + ", so it cannot become " + word(to));
                    }
                    return current.state() == State.DRAFT
                            ? begin(connection, current)
                            : replace(connection, current, to, current.definition());
                },
                note);
    }

    private Experiment begin(SqlConnection connection, Experiment draft) {
        Instant now = clock.instant();
        Experiment begun = replace(connection, draft, State.RUNNING, findings.cap(connection, draft.definition(), now));
        snapshots.append(connection, first(begun, now, Learner::first));
        return begun;
    }

    /// The snapshot that an experiment starts with.
    ///
    /// @param learner makes it from the prior alone
    /// @throws Problem 422 naming the prior, if nothing can be computed from it: beyond the ranges that each of its
    ///                 fields has, only arithmetic tells which numbers are too extreme beside each other
    static Snapshot first(Experiment begun, Instant now, BiFunction<Experiment, Instant, Snapshot> learner) {
        try {
            return learner.apply(begun, now);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw Problem.field(
                    "prior",
                    "and the baseline of the objective are too extreme to compute shares from (" + e.getMessage()
                            + "); bring counts of the size that you expect, or leave it out");
        }
    }

    private Experiment update(
            String key, Caller caller, BiFunction<SqlConnection, Experiment, Experiment> change, Diary.Note note) {
        return served(transactions.run(connection -> {
            Experiment before = checked(find(connection, key), caller);
            Experiment changed = change.apply(connection, before);
            note.write(connection, before, changed);
            table.ring(connection);
            return changed;
        }));
    }

    private Experiment find(SqlConnection connection, String key) {
        return table.find(connection, key).orElseThrow(() -> Problem.noExperiment(key));
    }

    private Experiment replace(SqlConnection connection, Experiment current, State state, Definition definition) {
        return table.update(connection, current, state, definition, clock.instant())
                .orElseThrow(() -> Caller.tooSlow(current.key()));
    }

    private Experiment served(Experiment experiment) {
        serve();
        return experiment;
    }

    private void serve() {
        board.refresh();
        changed.ring();
    }

    private static Experiment checked(Experiment current, Caller caller) {
        caller.mustHaveSeen(current.key(), current.revision());
        return current;
    }

    private static String word(State state) {
        return switch (state) {
            case DRAFT -> "a draft";
            case RUNNING -> "running";
            case PAUSED -> "paused";
            case ENDED -> "ended";
        };
    }
}
