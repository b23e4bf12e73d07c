package dev.bandolier.server.receive;

import dev.bandolier.bandits.Names;
import dev.bandolier.server.ledger.Source;
import dev.bandolier.server.platform.Platform;
import dev.bandolier.server.platform.PlatformKind;
import dev.bandolier.server.platform.SecretText;
import dev.bandolier.server.wire.Fields;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// What a request asks to be done to a source: read from JSON, refused with the names of all fields that are wrong.
sealed interface SourceRequest {

    /// The longest options, as JSON: every node reads those of all sources once a second.
    int OPTIONS_CHARACTERS_MAX = 16_384;

    /// How long the secret before stays valid, if nobody says otherwise.
    Duration OVERLAP_DEFAULT = Duration.ofDays(1);

    /// The longest that it may stay valid: two secrets for ever would be no rotation.
    Duration OVERLAP_MAX = Duration.ofDays(30);

    /// A new source.
    ///
    /// @param key     its name
    /// @param kind    its platform
    /// @param enabled whether its deliveries are accepted
    /// @param options how they are verified and read; known to be sound
    /// @param secret  its first secret
    record Create(String key, PlatformKind kind, boolean enabled, JsonObject options, Clear secret)
            implements SourceRequest {}

    /// Other values for what may change of a source.
    ///
    /// @param enabled whether its deliveries are accepted
    /// @param options how they are verified and read; known to be sound
    record Change(boolean enabled, JsonObject options) implements SourceRequest {}

    /// One more secret of a source.
    ///
    /// @param secret  the secret
    /// @param overlap how long the one before stays valid
    record AddSecret(Clear secret, Duration overlap) implements SourceRequest {}

    /// Reads the body of `POST /v1/sources`.
    ///
    /// @param random makes a secret, if none is given
    /// @throws Problem 422 naming every field that is wrong
    static Create create(JsonObject body, RandomGenerator random) {
        Fields in = Fields.of(body);
        String key = in.text("key");
        if (in.isText("key") && !key.isEmpty() && !Names.valid(key)) {
            in.refuse("key", Names.RULE);
        } else if (key.equals(Source.API)) {
            in.refuse("key", "'" + key + "' is the source of what comes by POST /v1/conversions");
        }
        Optional<PlatformKind> kind = kind(in);
        boolean enabled = in.flag("enabled", true);
        JsonObject options = new JsonObject(in.payload("options"));
        Optional<String> given = in.optionalText("secret");
        kind.ifPresent(each -> {
            checkOptions(in, each, options);
            checkSecret(in, each, given);
        });
        in.nothingElse();
        in.done();
        return new Create(key, kind.orElseThrow(), enabled, options, clear(kind.get(), given, random));
    }

    /// Reads the body of `PATCH /v1/sources/{key}`: what is left out stays, null puts back to the default.
    ///
    /// @param kind    platform of the source
    /// @param enabled what holds now
    /// @param options what holds now
    /// @throws Problem 422 naming every field that is wrong
    static Change change(JsonObject body, PlatformKind kind, boolean enabled, JsonObject options) {
        Fields in = Fields.of(body);
        boolean enabledAfter = in.flag("enabled", !body.containsKey("enabled") ? enabled : true);
        JsonObject written = new JsonObject(in.payload("options"));
        boolean rewritten = body.containsKey("options");
        if (rewritten) {
            checkOptions(in, kind, written);
        }
        in.nothingElse();
        in.done();
        return new Change(enabledAfter, rewritten ? written : options);
    }

    /// Reads the body of `POST /v1/sources/{key}/secrets`.
    ///
    /// @param kind   platform of the source
    /// @param random makes a secret, if none is given
    /// @throws Problem 422 naming every field that is wrong
    static AddSecret addSecret(JsonObject body, PlatformKind kind, RandomGenerator random) {
        Fields in = Fields.of(body);
        Optional<String> given = in.optionalText("secret");
        checkSecret(in, kind, given);
        Duration overlap = in.duration("overlap", OVERLAP_DEFAULT);
        if (overlap.isNegative() || overlap.compareTo(OVERLAP_MAX) > 0) {
            in.refuse("overlap", "must be between PT0S and P" + OVERLAP_MAX.toDays() + "D");
        }
        in.nothingElse();
        in.done();
        return new AddSecret(clear(kind, given, random), overlap);
    }

    private static Optional<PlatformKind> kind(Fields in) {
        String text = in.text("kind");
        Optional<PlatformKind> kind = PlatformKind.of(text);
        if (kind.isEmpty() && !text.isEmpty()) {
            in.refuse(
                    "kind",
                    "must be one of "
                            + Arrays.stream(PlatformKind.values())
                                    .map(PlatformKind::text)
                                    .collect(Collectors.joining(", ")));
        }
        return kind;
    }

    private static void checkOptions(Fields in, PlatformKind kind, JsonObject options) {
        if (options.encode().length() > OPTIONS_CHARACTERS_MAX) {
            in.refuse("options", "must be at most " + OPTIONS_CHARACTERS_MAX + " characters of JSON");
            return;
        }
        try {
            Platform.of(kind, options);
        } catch (Problem e) {
            e.errors().forEach(each -> in.refuse(each.field(), each.reason()));
        }
    }

    private static void checkSecret(Fields in, PlatformKind kind, Optional<String> given) {
        if (given.isPresent()) {
            SecretText.wrong(kind, given.get()).ifPresent(reason -> in.refuse("secret", reason));
        } else if (SecretText.mustBeGiven(kind) && !in.has("secret")) {
            in.refuse("secret", "is required: " + kind.text() + " makes its secrets itself; copy the one it shows");
        }
    }

    private static Clear clear(PlatformKind kind, Optional<String> given, RandomGenerator random) {
        return given.map(Clear::given).orElseGet(() -> Clear.generated(kind, random));
    }
}
