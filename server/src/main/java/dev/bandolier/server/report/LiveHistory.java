package dev.bandolier.server.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The latest events, as many as fit: an event is as long as its experiment has arms and segments, so that their number
/// alone says little about their size.
///
/// Confined to whoever guards it.
final class LiveHistory {

    /// One server-sent event.
    ///
    /// @param id   by which a reader says that it has seen it
    /// @param body its name and data, in the form of the wire; shared by all who are told it
    record Event(String id, String body) {

        /// The event, ready to be written.
        String text() {
            return "id: " + id + "\n" + body;
        }
    }

    private record Kept(Event event, long bytes) {}

    private final int eventsMax;
    private final long bytesMax;
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private long bytes;

    /// No events yet.
    ///
    /// @param eventsMax events kept
    /// @param bytesMax  bytes on the wire of all that are kept
    LiveHistory(int eventsMax, long bytesMax) {
        this.eventsMax = eventsMax;
        this.bytesMax = bytesMax;
    }

    /// Keeps an event, and drops the oldest as far as there is no room for it.
    void add(Event event) {
        Kept last = new Kept(event, event.text().getBytes(StandardCharsets.UTF_8).length);
        kept.add(last);
        bytes += last.bytes();
        while (kept.size() > eventsMax || bytes > bytesMax) {
            bytes -= kept.remove().bytes();
        }
    }

    /// The events after the one with this id; nothing if that is not kept, and so not what came after it.
    Optional<List<Event>> after(String id) {
        List<Event> events = new ArrayList<>(kept.size());
        boolean found = false;
        for (Kept each : kept) {
            if (found) {
                events.add(each.event());
            }
            found |= each.event().id().equals(id);
        }
        return found ? Optional.of(events) : Optional.empty();
    }
}
