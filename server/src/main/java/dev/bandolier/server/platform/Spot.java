package dev.bandolier.server.platform;

/// One place where something of an event may stand.
sealed interface Spot {

    /// In the body.
    record At(Pointer pointer) implements Spot {}

    /// In a header of the delivery.
    ///
    /// @param name in lower case
    record Header(String name) implements Spot {}

    /// Nowhere: the owner of the source has written it down.
    ///
    /// @param text  what
    /// @param place the option where it was written down
    record Constant(String text, String place) implements Spot {}

    /// What the sender calls the event itself, where its protocol gives every event a name.
    record EventName() implements Spot {}
}
