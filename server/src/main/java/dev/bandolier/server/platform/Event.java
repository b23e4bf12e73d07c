package dev.bandolier.server.platform;

import dev.bandolier.server.platform.Payload.Text;
import java.util.Optional;
import java.util.function.Function;

/// One event of a delivery, while it is being read.
///
/// @param delivery  the delivery that holds it
/// @param name      what the platform calls this kind of event; empty if it does not say
/// @param root      its part of the payload: where pointers begin
/// @param places    what a place in it is called by somebody who looks at the whole delivery
/// @param eventName what the sender calls this one event, if its protocol says so
record Event(
        Delivery delivery, String name, Payload root, Function<Pointer, String> places, Optional<Found> eventName) {

    private static final Selector KINDS = Selector.at("/type", "/event", "/topic", "/metric");

    Event {
        name = Label.of(name, Label.EVENT_CHARACTERS_MAX);
    }

    /// An event that begins at a place in the body.
    static Event of(Delivery delivery, Payload root, Pointer at) {
        return new Event(delivery, "", root, pointer -> at.plus(pointer).toString(), Optional.empty());
    }

    /// The same, of this kind.
    Event named(String kind) {
        return new Event(delivery, kind, root, places, eventName);
    }

    /// One of several events in this one. Where the sender has one name for all of them, its number is added.
    ///
    /// @param at where in this event it stands
    Event item(Pointer at, Payload item, int index) {
        Optional<Found> named = eventName.map(found -> {
            String numbered = found.text() + "/" + index;
            return new Found(new Text(EventNames.sound(numbered, numbered)), found.place());
        });
        return new Event(delivery, "", item, pointer -> places.apply(at.plus(pointer)), named).kind();
    }

    /// The same, of the kind that its payload names in one of the usual places.
    Event kind() {
        return named(find(KINDS)
                .filter(found -> found.value() instanceof Text)
                .map(Found::text)
                .orElse(name));
    }

    /// What stands at the first of these places where something stands; `null` and an empty text are nothing.
    Optional<Found> find(Selector selector) {
        return selector.spots().stream().flatMap(spot -> find(spot).stream()).findFirst();
    }

    /// What stands there.
    Optional<Found> find(String pointer) {
        return find(Selector.at(pointer));
    }

    private Optional<Found> find(Spot spot) {
        Optional<Payload> value = switch (spot) {
            case Spot.At(Pointer pointer) -> pointer.in(root);
            case Spot.Header(String header) -> delivery.header(header).map(Text::new);
            case Spot.Constant(String text, String place) -> Optional.of(new Text(text));
            case Spot.EventName none -> eventName.map(Found::value);
        };
        return value.filter(Event::says).map(each -> new Found(each, place(spot)));
    }

    private static boolean says(Payload value) {
        return !(value instanceof Payload.Null || (value instanceof Text(String text) && text.isEmpty()));
    }

    /// What stands at the first of these places where something stands.
    ///
    /// @throws UnsoundEvent naming the first place, if nothing does
    Found require(Selector selector, String reason) {
        return find(selector).orElseThrow(() -> new UnsoundEvent(place(selector), reason));
    }

    /// Where it would stand if it stood there: the first place.
    String place(Selector selector) {
        return selector.spots().isEmpty() ? "" : place(selector.spots().getFirst());
    }

    private String place(Spot spot) {
        return switch (spot) {
            case Spot.At(Pointer pointer) -> places.apply(pointer);
            case Spot.Header(String header) -> header;
            case Spot.Constant(String text, String place) -> place;
            case Spot.EventName none -> eventName.map(Found::place).orElse("");
        };
    }

    /// Nothing that counts.
    Heard.Ignored ignored(String reason, String detail) {
        return new Heard.Ignored(name, reason, detail);
    }

    /// What a reader makes of it; unsound if the reader finds that it is not what it claims to be.
    ///
    /// @param id where its name stands
    Heard heard(Selector id, Function<Event, Heard> reader) {
        try {
            return reader.apply(this);
        } catch (UnsoundEvent e) {
            return new Heard.Unsound(name, id(id), e.place(), e.reason());
        }
    }

    /// The name of the event for whoever has to mend it, if it can be read.
    Optional<String> id(Selector id) {
        return find(id).flatMap(found -> switch (found.value()) {
                    case Text(String text) -> Optional.of(text);
                    case Payload.Numeral numeral -> Amounts.whole(numeral).map(Object::toString);
                    case Payload.Flag flag -> Optional.<String>empty();
                    case Payload.Null nothing -> Optional.<String>empty();
                    case Payload.Items items -> Optional.<String>empty();
                    case Payload.Members members -> Optional.<String>empty();
                })
                .map(text -> Label.of(text, Label.ID_CHARACTERS_MAX));
    }
}
