package dev.bandolier.server.wire;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/// Bodies in the content coding `gzip` (RFC 9110, 8.4.1.3), for those who say that they take it.
///
/// Packing blocks, 10 to 20 ms for a megabyte of JSON: never on an event loop that serves.
public final class Gzip {

    /// Bytes of a body from which on it is packed: below, what is saved fits into the packet that is sent anyway.
    public static final int LEAST = 1_000;

    private static final String NAME = "gzip";
    /// The media type of replies that are packed.
    private static final String JSON = "application/json";
    /// `gzip` or `*` in `Accept-Encoding`, unless its weight is zero.
    private static final Pattern ACCEPTED = Pattern.compile("(^|[,\\s])(gzip|\\*)(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))");

    private Gzip() {}

    /// Whether who asks takes packed bodies.
    ///
    /// @param acceptEncoding the header `Accept-Encoding`, if there was one
    public static boolean accepted(Optional<String> acceptEncoding) {
        return acceptEncoding
                .filter(header ->
                        ACCEPTED.matcher(header.toLowerCase(Locale.ROOT)).find())
                .isPresent();
    }

    /// The bytes, packed.
    public static Buffer of(Buffer plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("memory refused a write", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /// The reply as who asked takes it: packed, if it is JSON of some length. Whatever the length, it says on what its
    /// form depends. A validator stays as it is, since those of this API name the revision of a thing and not bytes.
    ///
    /// @param acceptEncoding the header `Accept-Encoding` of the request, if there was one
    public static Reply fitting(Reply reply, Optional<String> acceptEncoding) {
        if (!JSON.equals(reply.headers().get("Content-Type"))) {
            return reply;
        }
        Reply varying = reply.with("Vary", "Accept-Encoding");
        return reply.body().length() >= LEAST && accepted(acceptEncoding) ? packed(varying) : varying;
    }

    private static Reply packed(Reply reply) {
        Map<String, String> headers = reply.with("Content-Encoding", NAME).headers();
        return new Reply(reply.status(), headers, of(reply.body()));
    }
}
