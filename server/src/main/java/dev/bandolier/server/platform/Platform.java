package dev.bandolier.server.platform;

import dev.bandolier.server.wire.Fields;
import io.vertx.core.json.JsonObject;

/// A platform as the owner of a source set it up: how its deliveries are verified, and what they mean.
///
/// @param kind      which platform
/// @param signature what proves who sent a delivery
/// @param dialect   what it means
public record Platform(PlatformKind kind, Signature signature, Dialect dialect) {

    /// The platform with these options; those left out have their defaults.
    ///
    /// @throws dev.bandolier.server.wire.Problem 422 naming every option that is wrong, as in `options.tolerance`
    public static Platform of(PlatformKind kind, JsonObject options) {
        Fields request = Fields.of(new JsonObject().put("options", options));
        Fields in = request.object("options");
        Signature signature = Signatures.of(kind, in);
        Dialect dialect = Dialects.of(kind, in, signature);
        in.nothingElse();
        in.done();
        return new Platform(kind, signature, dialect);
    }
}
