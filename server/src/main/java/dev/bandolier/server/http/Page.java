package dev.bandolier.server.http;

import dev.bandolier.server.wire.Gzip;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// One file that a browser may ask for, ready to be sent plain or gzipped.
///
/// @param plain   the bytes as written
/// @param packed  the same bytes, gzipped
/// @param type    the media type, with the character set
/// @param etag    a weak validator of the content: one for both encodings, which differ in bytes and not in meaning
/// @param caching the value of `Cache-Control`
record Page(Buffer plain, Buffer packed, String type, String etag, String caching) {
    /// Files below this folder have their version in the path and so never change under one address.
    private static final String VERSIONED = "assets/lib/";

    static Page of(String path, Buffer content) {
        return new Page(
                content,
                Gzip.of(content),
                type(path),
                "W/\"" + sha256(content).substring(0, 22) + "\"",
                path.startsWith(VERSIONED) ? "public, max-age=31536000, immutable" : "no-cache");
    }

    /// The SHA-256 of the content in Base64, as a Content-Security-Policy writes it.
    static String sha256(Buffer content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes());
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /// Whether the browser already holds this content.
    ///
    /// @param ifNoneMatch the header `If-None-Match`, or null if there was none; compared weakly (RFC 9110, 13.1.2)
    boolean isHeldBy(String ifNoneMatch) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String candidate : ifNoneMatch.split(",", -1)) {
            String tag = candidate.strip();
            if (tag.equals("*") || tag.equals(etag) || tag.equals(etag.substring("W/".length()))) {
                return true;
            }
        }
        return false;
    }

    private static String type(String path) {
        String ending = path.substring(path.lastIndexOf('.') + 1);
        return switch (ending) {
            case "html" -> "text/html; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml; charset=utf-8";
            default -> "text/plain; charset=utf-8";
        };
    }
}
