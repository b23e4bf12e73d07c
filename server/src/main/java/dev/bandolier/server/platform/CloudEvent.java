package dev.bandolier.server.platform;

import dev.bandolier.server.platform.Payload.Members;
import dev.bandolier.server.platform.Payload.Text;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.regex.Pattern;

/// From the ways in which CloudEvents 1.0 travel to one tree: attributes, and `data`.
final class CloudEvent {

    private static final String PREFIX = "ce-";
    private static final Pattern ATTRIBUTE = Pattern.compile("ce-[a-z0-9]+");
    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

    private CloudEvent() {}

    /// Whether headers of the delivery claim that it is an event in binary mode.
    static boolean inHeaders(Delivery delivery) {
        return REQUIRED.stream().anyMatch(name -> delivery.header(PREFIX + name).isPresent());
    }

    /// An event in binary mode, its headers as they came: not one to be believed, but it can be named.
    static Event raw(Delivery delivery, Payload body) {
        return inHeaders(delivery, body, (header, value) -> value);
    }

    /// An event in binary mode.
    ///
    /// @throws UnsoundEvent if a header is not encoded as it should be, or a required attribute is missing
    static Event binary(Delivery delivery, Payload body) {
        return identified(inHeaders(delivery, body, HeaderText::decoded));
    }

    private static Event inHeaders(Delivery delivery, Payload body, BinaryOperator<String> decoding) {
        Map<String, Payload> members = new LinkedHashMap<>();
        delivery.headers().forEach((header, value) -> {
            if (ATTRIBUTE.matcher(header).matches()) {
                members.put(header.substring(PREFIX.length()), new Text(decoding.apply(header, value)));
            }
        });
        members.put("data", body);
        return new Event(delivery, "", new Members(members), CloudEvent::headerOrBody, Optional.empty());
    }

    private static String headerOrBody(Pointer pointer) {
        List<String> tokens = pointer.tokens();
        if (tokens.isEmpty()) {
            return "";
        }
        return tokens.getFirst().equals("data")
                ? new Pointer(tokens.subList(1, tokens.size())).toString()
                : PREFIX + tokens.getFirst();
    }

    /// An event whose envelope is an object; data that came as Base64 is opened.
    ///
    /// @throws UnsoundEvent if it is no CloudEvent 1.0 with data in JSON
    static Event structured(Event event) {
        if (!(event.root() instanceof Members(Map<String, Payload> envelope))) {
            throw new UnsoundEvent(event.places().apply(Pointer.ROOT), "must be an object");
        }
        Event identified = identified(event);
        Optional<Found> type = event.find("/datacontenttype");
        if (type.isPresent() && !MediaType.json(essence(type.get().text()))) {
            throw new UnsoundEvent(type.get().place(), "must be JSON: other data is not read");
        }
        Optional<Found> packed = event.find("/data_base64");
        if (packed.isEmpty()) {
            return identified;
        }
        if (event.find("/data").isPresent()) {
            throw new UnsoundEvent(packed.get().place(), "must not be there beside 'data'");
        }
        Map<String, Payload> opened = new LinkedHashMap<>(envelope);
        opened.put("data", open(packed.get()));
        Function<Pointer, String> places = pointer ->
                inData(pointer) ? packed.get().place() : event.places().apply(pointer);
        return new Event(event.delivery(), identified.name(), new Members(opened), places, identified.eventName());
    }

    private static boolean inData(Pointer pointer) {
        return !pointer.tokens().isEmpty() && pointer.tokens().getFirst().equals("data");
    }

    private static String essence(String type) {
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static Payload open(Found packed) {
        try {
            return PayloadReader.read(Base64.getDecoder().decode(packed.text()));
        } catch (IllegalArgumentException e) {
            throw new UnsoundEvent(packed.place(), "is not Base64");
        } catch (RefusedDelivery e) {
            throw new UnsoundEvent(packed.place(), "does not hold JSON: " + e.getMessage());
        }
    }

    private static Event identified(Event event) {
        for (String name : REQUIRED) {
            Found found = event.require(Selector.at("/" + name), "is required of every CloudEvent");
            if (!(found.value() instanceof Text)) {
                throw new UnsoundEvent(found.place(), "must be a text");
            }
        }
        Found version = event.find("/specversion").orElseThrow();
        if (!version.text().equals("1.0")) {
            throw new UnsoundEvent(version.place(), "must be 1.0, the only version that is read");
        }
        Found id = event.find("/id").orElseThrow();
        String source = event.find("/source").orElseThrow().text();
        String name = EventNames.of(source, id.text());
        return new Event(
                event.delivery(),
                event.find("/type").orElseThrow().text(),
                event.root(),
                event.places(),
                Optional.of(new Found(new Text(name), id.place())));
    }
}
