package dev.bandolier.server.postgres;

import io.vertx.pgclient.SslMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The grammar of `DATABASE_URL`: `scheme://user:password@host:port/database?parameters`.
///
/// Taken apart by hand, since `java.net.URI` refuses host names with an underscore, which container networks use. A
/// part is quoted in a message only where it cannot be a piece of a password that was not percent-encoded.
final class DatabaseUrlText {

    private static final int DEFAULT_PORT = 5432;
    private static final List<String> SCHEMES = List.of("postgres://", "postgresql://");
    private static final Map<String, SslMode> MODES = Map.of(
            "disable", SslMode.DISABLE,
            "allow", SslMode.ALLOW,
            "prefer", SslMode.PREFER,
            "require", SslMode.REQUIRE,
            "verify-ca", SslMode.VERIFY_CA,
            "verify-full", SslMode.VERIFY_FULL);

    private DatabaseUrlText() {}

    /// The address in the text.
    ///
    /// @throws IllegalArgumentException saying which part is wrong
    static DatabaseUrl parse(String text) {
        String scheme = SCHEMES.stream()
                .filter(text::startsWith)
                .findFirst()
                .orElseThrow(() -> refusal("it must start with postgres:// or postgresql://"));
        Cut fragment = Cut.atFirst(text.substring(scheme.length()), "#");
        require(!fragment.found(), "it has a part after '#'; a '#' in the password must be written %23");
        Cut query = Cut.atFirst(fragment.before(), "?");
        Cut path = Cut.atFirst(query.before(), "/");
        Cut login = Cut.atLast(path.before(), "@");
        String userInfo = login.found() ? login.before() : "";
        Cut secret = Cut.atFirst(userInfo, ":");
        Place place = Place.parse(login.found() ? login.after() : login.before());
        Security security = Security.parse(query.after());
        return new DatabaseUrl(
                place.host(),
                place.port(),
                decode(path.after(), "the name of the database"),
                decode(secret.before(), "the user"),
                decode(secret.after(), "the password"),
                security.mode(),
                security.rootCertificate());
    }

    /// Percent-decoding that leaves `+` alone, as it stands for itself here.
    private static String decode(String text, String what) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw refusal(what + " is not percent-encoded: a '%' must be written %25");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw refusal(otherwise);
        }
    }

    private static IllegalArgumentException refusal(String reason) {
        return new IllegalArgumentException("DATABASE_URL: " + reason);
    }

    /// Two sides of a separator; all is before it if it does not occur.
    private record Cut(String before, String after, boolean found) {

        static Cut atFirst(String text, String separator) {
            return at(text, text.indexOf(separator));
        }

        static Cut atLast(String text, String separator) {
            return at(text, text.lastIndexOf(separator));
        }

        private static Cut at(String text, int index) {
            return index < 0
                    ? new Cut(text, "", false)
                    : new Cut(text.substring(0, index), text.substring(index + 1), true);
        }
    }

    private record Place(String host, int port) {

        static Place parse(String text) {
            require(!text.contains(","), "several hosts are not supported");
            boolean bracketed = text.startsWith("[");
            require(!bracketed || text.contains("]"), "the address in brackets has no end");
            Cut cut = bracketed ? Cut.atLast(text, "]") : Cut.atLast(text, ":");
            String host = bracketed ? cut.before().substring(1) : cut.before();
            String port = bracketed ? cut.after().replaceFirst("^:", "") : cut.after();
            require(bracketed || !host.contains(":"), "an IPv6 address must be in brackets, as in [::1]:5432");
            return new Place(host, port.isEmpty() ? DEFAULT_PORT : port(port));
        }

        private static int port(String text) {
            require(text.matches("[0-9]{1,9}"), "the port is not a number (or the password is not percent-encoded)");
            return Integer.parseInt(text);
        }
    }

    private record Security(SslMode mode, Optional<Path> rootCertificate) {

        static Security parse(String query) {
            SslMode mode = SslMode.PREFER;
            Optional<Path> certificate = Optional.empty();
            for (String parameter : query.isEmpty() ? List.<String>of() : List.of(query.split("&"))) {
                Cut cut = Cut.atFirst(parameter, "=");
                String value = decode(cut.after(), "parameter '" + cut.before() + "'");
                switch (cut.before()) {
                    case "sslmode" -> mode = mode(value);
                    case "sslrootcert" -> certificate = Optional.of(Path.of(value));
                    default ->
                        throw refusal("parameter '" + cut.before() + "' is not supported; sslmode and sslrootcert are");
                }
            }
            return new Security(mode, certificate);
        }

        private static SslMode mode(String value) {
            require(
                    MODES.containsKey(value),
                    "sslmode is '" + value + "', not disable, allow, prefer, require, verify-ca or verify-full");
            return MODES.get(value);
        }
    }
}
