package dev.bandolier.server.platform;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/// A JSON text as a tree. Exact: a number stays the digits that were sent until somebody asks what it comes to.
sealed interface Payload {

    /// A text.
    record Text(String text) implements Payload {}

    /// A number, as it was sent; of any length.
    record Numeral(String literal) implements Payload {}

    /// True or false.
    record Flag(boolean value) implements Payload {}

    /// `null`.
    record Null() implements Payload {}

    /// An array.
    record Items(List<Payload> items) implements Payload {}

    /// An object, its members in their order.
    record Members(Map<String, Payload> members) implements Payload {}

    /// The tree of a body.
    ///
    /// @throws RefusedDelivery if it is no JSON text in UTF-8, or holds an object in which a name stands twice
    static Payload of(Buffer body) {
        return PayloadReader.read(body.getBytes());
    }

    /// The tree of a body that must be an object.
    ///
    /// @throws RefusedDelivery if it is none, or as [#of]
    static Members object(Buffer body) {
        if (of(body) instanceof Members members) {
            return members;
        }
        throw new RefusedDelivery(Refusal.MALFORMED, "the body is not a JSON object");
    }
}
