package dev.bandolier.server.platform;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/// What one event of a delivery says.
public sealed interface Heard {

    /// What the platform calls this kind of event, as in `charge.refunded`; at most 100 characters.
    String event();

    /// A conversion.
    ///
    /// @param event      what the platform calls it
    /// @param conversion its fields as in `POST /v1/conversions`: id, metric, unit, decision, value (decimals, as text),
    ///                   currency, at, reverses, origin; absent where the event says nothing. Not checked yet
    /// @param places     of each field, where in the payload it stands or would stand, as a JSON pointer or a header's
    ///                   name; of what the owner has written down, the option: for whoever has to mend it
    record Reported(String event, JsonObject conversion, Map<String, String> places) implements Heard {}

    /// Nothing that counts, and rightly so: it is acknowledged and left alone.
    ///
    /// @param event  what the platform calls it
    /// @param reason why, in one of few words that do not change: `other-event`, `test-mode`, `not-paid`, `not-lost`,
    ///               `privacy`
    /// @param detail the same in a sentence that says how to count it, if it can be counted
    record Ignored(String event, String reason, String detail) implements Heard {}

    /// An event that cannot be read as what it claims to be.
    ///
    /// @param event  what the platform calls it
    /// @param id     its name at the platform, if it has one
    /// @param place  where in the payload something is wrong
    /// @param reason what is wrong and what would be right
    record Unsound(String event, Optional<String> id, String place, String reason) implements Heard {}
}
