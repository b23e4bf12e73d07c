package dev.bandolier.server.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// What events are called that senders name in their own way, as ids of conversions.
final class EventNames {

    /// What a conversion may be called.
    private static final Pattern SOUND = Pattern.compile("[ -~]{1," + Label.ID_CHARACTERS_MAX + "}");

    private EventNames() {}

    /// The name of an event that its sender names by a source and an id within it: both, parted by a slash. An id that
    /// holds a slash itself could be one of another source too, so a digest takes the place of both.
    static String of(String source, String id) {
        String exact = source + "\0" + id;
        return id.contains("/") ? digested(exact) : sound(source + "/" + id, exact);
    }

    /// The name; a digest where it is no sound id of a conversion.
    ///
    /// @param exact what the digest is made of: the same for the same event only
    static String sound(String name, String exact) {
        return SOUND.matcher(name).matches() ? name : digested(exact);
    }

    private static String digested(String exact) {
        return "sha256/" + HexFormat.of().formatHex(digest(exact));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
