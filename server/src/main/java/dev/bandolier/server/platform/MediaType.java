package dev.bandolier.server.platform;

import java.util.Locale;
import java.util.Optional;

/// What a delivery says its body is.
///
/// @param essence type and subtype in lower case
record MediaType(String essence) {

    private static final MediaType JSON = new MediaType("application/json");

    /// The media type of a delivery; JSON if it names none, as everything here is.
    ///
    /// @throws RefusedDelivery if it names a charset other than UTF-8
    static MediaType of(Delivery delivery) {
        Optional<String> header = delivery.header("content-type").filter(text -> !text.isBlank());
        if (header.isEmpty()) {
            return JSON;
        }
        int end = header.get().indexOf(';');
        if (end < 0) {
            return new MediaType(plain(header.get()));
        }
        checkCharset(header.get().substring(end + 1));
        return new MediaType(plain(header.get().substring(0, end)));
    }

    /// Refuses a delivery that is no JSON.
    ///
    /// @throws RefusedDelivery if its media type is another, or its charset is not UTF-8
    static void requireJson(Delivery delivery) {
        MediaType type = of(delivery);
        if (!type.json()) {
            throw type.refused("send application/json");
        }
    }

    /// Whether it is JSON, or something written in JSON.
    boolean json() {
        return json(essence);
    }

    /// Whether a media type, without parameters and in lower case, is JSON or something written in JSON.
    static boolean json(String essence) {
        return essence.equals("application/json") || essence.equals("text/json") || essence.endsWith("+json");
    }

    /// The refusal of this media type.
    RefusedDelivery refused(String instead) {
        return new RefusedDelivery(Refusal.MEDIA_TYPE, instead + ", not " + Label.of(essence, 100));
    }

    private static void checkCharset(String parameters) {
        for (String parameter : parameters.split(";", -1)) {
            int equals = parameter.indexOf('=');
            if (equals >= 0 && plain(parameter.substring(0, equals)).equals("charset")) {
                String charset = plain(parameter.substring(equals + 1)).replace("\"", "");
                if (!charset.equals("utf-8") && !charset.equals("utf8")) {
                    throw new RefusedDelivery(
                            Refusal.MEDIA_TYPE, "send JSON in UTF-8, not in " + Label.of(charset, 100));
                }
            }
        }
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
