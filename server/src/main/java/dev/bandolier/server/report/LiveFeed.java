package dev.bandolier.server.report;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.SnapshotJson;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The events of this node, numbered, and the last ones kept for readers that reconnect.
///
/// Guarded by its own lock; the board's refresh writes, event loops read.
public final class LiveFeed {

    /// One server-sent event, ready to be written.
    ///
    /// @param id   number of the event on this node, with the node's mark, so that another node's ids are not
    ///             mistaken for ours
    /// @param text the event in the form of the wire
    record Event(String id, String text) {}

    private final Board board;
    private final InstantSource clock;
    private final String node;
    private final int historyMax;
    private final ArrayDeque<Event> history = new ArrayDeque<>();
    private final List<Consumer<Event>> readers = new CopyOnWriteArrayList<>();
    private long number;

    /// The feed of what changes on this board.
    ///
    /// @param node       mark of this run of this node
    /// @param historyMax events kept
    public LiveFeed(Board board, InstantSource clock, String node, int historyMax) {
        this.board = board;
        this.clock = clock;
        this.node = node;
        this.historyMax = historyMax;
        board.onChange(this::publish);
    }

    /// Calls this for every event from now on, on the thread that refreshes the board.
    void onEvent(Consumer<Event> reader) {
        readers.add(reader);
    }

    /// What a reader that saw this event last has missed; if that is not known, what is served now.
    synchronized List<Event> since(Optional<String> lastId) {
        List<Event> missed = new ArrayList<>(history);
        for (int i = 0; i < missed.size(); i++) {
            if (Optional.of(missed.get(i).id()).equals(lastId)) {
                return missed.subList(i + 1, missed.size());
            }
        }
        return served();
    }

    /// The snapshot and the standing of every experiment. Only the last of them has the id of the latest event: who is cut
    /// off before it brings an id that nobody knows, and is told everything again.
    private List<Event> served() {
        List<Event> served = new ArrayList<>();
        List<Board.Live> byKey = board.all().stream()
                .sorted(Comparator.comparing(live -> live.experiment().key()))
                .toList();
        String latest = node + "-" + number;
        for (int i = 0; i < byKey.size(); i++) {
            Board.Live live = byKey.get(i);
            String key = live.experiment().key();
            boolean last = i == byKey.size() - 1;
            live.snapshot()
                    .ifPresent(each ->
                            served.add(event(latest + "." + served.size(), "snapshot", SnapshotJson.show(key, each))));
            live.standing()
                    .ifPresent(each -> served.add(event(
                            last ? latest : latest + "." + served.size(), "standing", SnapshotJson.show(key, each))));
        }
        return served;
    }

    private synchronized void publish(Board.Change change) {
        number++;
        Event event = event(node + "-" + number, change);
        history.add(event);
        if (history.size() > historyMax) {
            history.poll();
        }
        readers.forEach(reader -> reader.accept(event));
    }

    private Event event(String id, Board.Change change) {
        return switch (change) {
            case Board.Change.Published(String experiment, Snapshot snapshot) ->
                event(id, "snapshot", SnapshotJson.show(experiment, snapshot));
            case Board.Change.Stood(String experiment, Snapshot standing) ->
                event(id, "standing", SnapshotJson.show(experiment, standing));
            case Board.Change.Changed(Experiment experiment) ->
                experiment(id, experiment, experiment.state().name().toLowerCase(Locale.ROOT));
            case Board.Change.Deleted(Experiment experiment) -> experiment(id, experiment, "deleted");
            case Board.Change.Learned learned ->
                event(
                        id,
                        "learned",
                        new JsonObject()
                                .put("through", learned.through().toString())
                                .put("at", clock.instant().toString()));
        };
    }

    private static Event experiment(String id, Experiment experiment, String state) {
        return event(
                id,
                "experiment",
                new JsonObject()
                        .put("experiment", experiment.key())
                        .put("state", state)
                        .put("revision", experiment.revision()));
    }

    private static Event event(String id, String name, JsonObject data) {
        return new Event(id, "id: " + id + "\nevent: " + name + "\ndata: " + data.encode() + "\n\n");
    }
}
