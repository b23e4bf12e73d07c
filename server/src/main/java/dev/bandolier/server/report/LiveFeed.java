package dev.bandolier.server.report;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.Judgement;
import dev.bandolier.server.ledger.KillSwitch;
import dev.bandolier.server.ledger.SnapshotJson;
import dev.bandolier.server.ledger.VerdictJson;
import dev.bandolier.server.report.LiveHistory.Event;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/// The events of this node, numbered; the last ones are kept for readers that reconnect, and the latest of every
/// experiment for those that are new.
///
/// Guarded by its own lock; the board's refresh writes, event loops read. What is long is put into words by the former,
/// once, and the latter only pass it on.
public final class LiveFeed {

    /// What a reader is to be told.
    ///
    /// @param events  in their order
    /// @param through number of the latest event that is among them, or that they make up for
    record Missed(List<Event> events, long through) {}

    /// How an experiment stands, in words.
    ///
    /// @param snapshot body of the event of its latest snapshot
    /// @param standing body of the event of what has been counted and believed since, if anything
    private record Told(String experiment, String snapshot, Optional<String> standing) {}

    private final InstantSource clock;
    private final String node;
    private final LiveHistory history;
    private final Map<Long, Told> told = new HashMap<>();
    private Optional<String> killSwitch = Optional.empty();
    private final List<BiConsumer<Long, Event>> readers = new CopyOnWriteArrayList<>();
    private long number;

    /// The feed of what changes on this board, which nobody has refreshed yet.
    ///
    /// @param node       mark of this run of this node
    /// @param eventsMax  events kept
    /// @param bytesMax   bytes of the events kept
    public LiveFeed(Board board, InstantSource clock, String node, int eventsMax, long bytesMax) {
        this.clock = clock;
        this.node = node;
        this.history = new LiveHistory(eventsMax, bytesMax);
        board.onChange(this::publish);
    }

    /// Calls this for every event from now on, with its number, on the thread that refreshes the board.
    void onEvent(BiConsumer<Long, Event> reader) {
        readers.add(reader);
    }

    /// What a reader that saw this event last has missed; if that is not known, how everything stands now.
    synchronized Missed since(Optional<String> lastId) {
        Optional<List<Event>> missed = lastId.filter(id(number)::equals)
                .map(latest -> List.<Event>of())
                .or(() -> lastId.flatMap(history::after));
        return new Missed(missed.orElseGet(this::standing), number);
    }

    /// How the kill switch stands, if it was ever turned, and the snapshot and the standing of every experiment. Only the last of them has the id of the latest event: who is cut
    /// off before it brings an id that nobody knows, and is told everything again.
    private List<Event> standing() {
        List<String> bodies = new ArrayList<>();
        killSwitch.ifPresent(bodies::add);
        told.values().stream().sorted(Comparator.comparing(Told::experiment)).forEach(each -> {
            bodies.add(each.snapshot());
            each.standing().ifPresent(bodies::add);
        });
        List<Event> events = new ArrayList<>(bodies.size());
        for (int i = 0; i < bodies.size(); i++) {
            boolean last = i == bodies.size() - 1;
            events.add(new Event(last ? id(number) : id(number) + "." + i, bodies.get(i)));
        }
        return events;
    }

    /// The event that says nothing but that the feed lives, and what time it is. It has no id: who comes back has missed
    /// none of these.
    String keepAlive() {
        return body("keep-alive", new JsonObject().put("at", clock.instant().toString()));
    }

    private void publish(Board.Change change) {
        String body = body(change);
        synchronized (this) {
            number++;
            Event event = new Event(id(number), body);
            note(change, body);
            history.add(event);
            long its = number;
            readers.forEach(reader -> reader.accept(its, event));
        }
    }

    private String id(long of) {
        return node + "-" + of;
    }

    /// Keeps what new readers are told; a change of a definition leaves what a snapshot says as it is.
    private void note(Board.Change change, String body) {
        switch (change) {
            case Board.Change.Published(Experiment experiment, Snapshot snapshot) ->
                told.put(experiment.id(), new Told(experiment.key(), body, Optional.empty()));
            case Board.Change.Stood(Experiment experiment, Snapshot standing) ->
                told.computeIfPresent(
                        experiment.id(),
                        (id, before) -> new Told(before.experiment(), before.snapshot(), Optional.of(body)));
            case Board.Change.Deleted(Experiment experiment) -> told.remove(experiment.id());
            case Board.Change.Killed killed -> killSwitch = Optional.of(body);
            case Board.Change.Changed changed -> {}
            case Board.Change.Judged judged -> {}
            case Board.Change.Learned learned -> {}
        }
    }

    private String body(Board.Change change) {
        return switch (change) {
            case Board.Change.Published(Experiment experiment, Snapshot snapshot) ->
                body("snapshot", SnapshotJson.show(experiment, snapshot));
            case Board.Change.Stood(Experiment experiment, Snapshot standing) ->
                body("standing", SnapshotJson.show(experiment, standing));
            case Board.Change.Changed(Experiment experiment) ->
                body(experiment, experiment.state().name().toLowerCase(Locale.ROOT));
            case Board.Change.Deleted(Experiment experiment) -> body(experiment, "deleted");
            case Board.Change.Judged(Experiment experiment, Judgement judgement, Instant at) ->
                body(
                        "verdict",
                        new JsonObject()
                                .put("experiment", experiment.key())
                                .put("at", at.toString())
                                .put("began", VerdictJson.show(experiment.definition(), judgement.began()))
                                .put("ended", VerdictJson.show(experiment.definition(), judgement.ended())));
            case Board.Change.Killed(KillSwitch.State state) -> body("kill-switch", state.show());
            case Board.Change.Learned learned ->
                body(
                        "learned",
                        new JsonObject()
                                .put("through", learned.through().toString())
                                .put("at", clock.instant().toString()));
        };
    }

    private static String body(Experiment experiment, String state) {
        return body(
                "experiment",
                new JsonObject()
                        .put("experiment", experiment.key())
                        .put("state", state)
                        .put("revision", experiment.revision()));
    }

    private static String body(String name, JsonObject data) {
        return "event: " + name + "\ndata: " + data.encode() + "\n\n";
    }
}
