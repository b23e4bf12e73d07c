package dev.bandolier.server.report;

import dev.bandolier.server.ledger.AuditLog;
import dev.bandolier.server.ledger.TimelineLog;
import dev.bandolier.server.ledger.TimelineLog.Kind;
import dev.bandolier.server.ledger.TimelineLog.Place;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The JSON form of a timeline: its events, and the cursor that says where a page ends.
final class Timeline {

    /// Microseconds since 1970, kind, number: nobody has to know.
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})-([avs])-([0-9]{1,18})");

    private Timeline() {}

    /// The kinds that are asked for; all, if none is named.
    ///
    /// @throws Problem 422 if a word is none of them
    static Set<Kind> kinds(Optional<String> text) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String word : text.orElse("snapshot,verdict,action").split(",", -1)) {
            switch (word) {
                case "snapshot" -> kinds.add(Kind.SNAPSHOT);
                case "verdict" -> kinds.add(Kind.VERDICT);
                case "action" -> kinds.add(Kind.ACTION);
                default ->
                    throw Problem.field(
                            "kinds", "'" + word + "' is none of snapshot, verdict, action; separate them by commas");
            }
        }
        return kinds;
    }

    /// The place of a cursor; the end, if there is none.
    ///
    /// @throws Problem 422 if it is none of ours
    static Place place(Optional<String> text) {
        if (text.isEmpty()) {
            return Place.END;
        }
        Matcher cursor = CURSOR.matcher(text.get());
        if (!cursor.matches()) {
            throw Problem.field("before", "must be 'next' of the page before");
        }
        Instant at = Instant.EPOCH.plus(Long.parseLong(cursor.group(1)), ChronoUnit.MICROS);
        Kind kind = switch (cursor.group(2)) {
            case "a" -> Kind.ACTION;
            case "v" -> Kind.VERDICT;
            default -> Kind.SNAPSHOT;
        };
        return new Place(at, kind, Long.parseLong(cursor.group(3)));
    }

    /// The cursor of a place.
    static String cursor(Place place) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, place.at()) + "-" + letter(place.kind()) + "-" + place.id();
    }

    private static char letter(Kind kind) {
        return switch (kind) {
            case ACTION -> 'a';
            case VERDICT -> 'v';
            case SNAPSHOT -> 's';
        };
    }

    /// What happened, as it is shown.
    static JsonObject show(TimelineLog.Event event) {
        Place place = event.place();
        JsonObject head = new JsonObject()
                .put("id", Character.toString(letter(place.kind())) + place.id())
                .put("at", place.at().toString())
                .put("kind", place.kind().name().toLowerCase(Locale.ROOT));
        return switch (event) {
            case TimelineLog.Published published -> show(head, published);
            case TimelineLog.Noted noted -> show(head, noted);
        };
    }

    private static JsonObject show(JsonObject head, TimelineLog.Published published) {
        JsonArray changes = new JsonArray();
        Set<String> arms = new LinkedHashSet<>(published.after().keySet());
        arms.addAll(published.before().keySet());
        for (String arm : arms) {
            Double from = published.before().get(arm);
            Double to = published.after().get(arm);
            if (!Objects.equals(from, to)) {
                changes.add(new JsonObject().put("arm", arm).put("from", from).put("to", to));
            }
        }
        return head.put("title", TimelineWords.title(published))
                .put("sentence", TimelineWords.sentence(published))
                .put("cause", published.cause().name().toLowerCase(Locale.ROOT))
                .put("version", published.place().id())
                .put("revision", published.revision())
                .put("changes", changes);
    }

    private static JsonObject show(JsonObject head, TimelineLog.Noted noted) {
        AuditLog.Entry entry = noted.entry();
        head.put("title", TimelineWords.title(entry))
                .put("sentence", TimelineWords.sentence(entry))
                .put("actor", entry.actor())
                .put("action", entry.action())
                .put("audit", noted.place().id());
        if (noted.place().kind() == Kind.VERDICT) {
            head.put("ended", TimelineWords.ended(entry));
        }
        if (entry.detail().getValue("arm") instanceof String arm) {
            head.put("arm", arm);
        }
        return head;
    }

    /// How much the share of each arm changed, those left out that are new or gone.
    static Map<String, Double> moves(TimelineLog.Published published) {
        Map<String, Double> moves = new LinkedHashMap<>();
        published.after().forEach((arm, to) -> {
            Double from = published.before().get(arm);
            if (from != null && !from.equals(to)) {
                moves.put(arm, to - from);
            }
        });
        return moves;
    }
}
