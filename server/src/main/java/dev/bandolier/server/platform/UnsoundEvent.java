package dev.bandolier.server.platform;

/// One event cannot be read as what it claims to be. Carries no stack trace, because it is an expected outcome; becomes a
/// [Heard.Unsound] where the event began to be read.
final class UnsoundEvent extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String place;

    /// @param place  where in the payload something is wrong
    /// @param reason what is wrong and what would be right; nothing of what stands there
    UnsoundEvent(String place, String reason) {
        super(reason, null, false, false);
        this.place = place;
    }

    String place() {
        return place;
    }

    String reason() {
        return getMessage();
    }
}
