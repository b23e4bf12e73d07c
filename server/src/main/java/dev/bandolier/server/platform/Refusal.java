package dev.bandolier.server.platform;

/// Why a delivery, or one of its events, was refused: what is counted, and what its sender and its owner are told.
public enum Refusal {
    /// Nobody has set up a source of this name.
    UNKNOWN_SOURCE("unknown-source", 404, "Not found", "create the source, or correct the address at the sender"),
    /// The source is switched off.
    DISABLED("disabled", 403, "Forbidden", "enable the source when its deliveries are to count again"),
    /// A header that proves who sent it is missing.
    SIGNATURE_MISSING(
            "signature-missing",
            401,
            "Not signed",
            "give the sender the secret of this source, and check that no proxy drops the header"),
    /// No valid secret makes this signature of these bytes.
    SIGNATURE_WRONG(
            "signature-wrong",
            401,
            "Wrong signature",
            "compare the secret at the sender with the hint of this source's; a proxy that rewrites bodies breaks them"
                    + " too"),
    /// It was signed too long ago, or in the future.
    STALE("stale", 401, "Too old", "check the clocks of sender and server; else it was sent again by somebody else"),
    /// It holds events that its signature does not cover.
    UNSIGNED_EVENTS(
            "unsigned-events", 401, "Not signed", "switch batching off at the sender, or allow it in the options"),
    /// Its body is larger than is read.
    TOO_LARGE(
            "too-large",
            413,
            "Too large",
            "let the sender send fewer events at once: 1000 are the most, whatever their size; for long bodies of"
                    + " fewer, raise BANDOLIER_BODY_BYTES_MAX"),
    /// Its body is not what its content type says, or nested too deeply.
    MALFORMED("malformed", 400, "The request cannot be read", "look at what the sender sends; it is no sound JSON"),
    /// Its content type is not that of the platform.
    MEDIA_TYPE("media-type", 415, "Unsupported media type", "let the sender send JSON and say so in Content-Type"),
    /// A field of an event is missing or not sound.
    FIELD("field", 422, "A field was refused", "correct the options of the source, or what the sender sends");

    private final String code;
    private final int status;
    private final String title;
    private final String fix;

    Refusal(String code, int status, String title, String fix) {
        this.code = code;
        this.status = status;
        this.title = title;
        this.fix = fix;
    }

    /// Its name in the API and in tables.
    public String code() {
        return code;
    }

    /// HTTP status of a delivery that is refused for it.
    public int status() {
        return status;
    }

    /// What kind of problem it is, in a few words that do not change.
    public String title() {
        return title;
    }

    /// What its owner can do about it.
    public String fix() {
        return fix;
    }
}
