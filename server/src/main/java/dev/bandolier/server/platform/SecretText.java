package dev.bandolier.server.platform;

import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The text of a secret that a sender and this server share, as its platform writes it.
public final class SecretText {

    private static final int LENGTH_MIN = 16;
    private static final int LENGTH_MAX = 200;
    private static final int GENERATED_BYTES = 32;
    private static final int HINT_LENGTH = 4;

    private SecretText() {}

    /// Whether only the platform itself makes its secrets, so that they can be given here but not made.
    public static boolean mustBeGiven(PlatformKind kind) {
        return switch (kind) {
            case STRIPE, SHOPIFY -> true;
            case STANDARD_WEBHOOKS, SEGMENT, CLOUDEVENTS, JSON -> false;
        };
    }

    /// A new secret of 32 random bytes.
    ///
    /// @throws IllegalArgumentException if secrets of this platform must be given
    public static String generate(PlatformKind kind, RandomGenerator random) {
        if (mustBeGiven(kind)) {
            throw new IllegalArgumentException("the secrets of " + kind.text() + " are made by it");
        }
        byte[] bytes = new byte[GENERATED_BYTES];
        random.nextBytes(bytes);
        return switch (kind) {
            case STANDARD_WEBHOOKS ->
                StandardSecret.SYMMETRIC + Base64.getEncoder().encodeToString(bytes);
            case STRIPE, SHOPIFY, SEGMENT, CLOUDEVENTS, JSON ->
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        };
    }

    /// Why this text is no secret of the platform, in words that do not repeat it; nothing if it is one.
    public static Optional<String> wrong(PlatformKind kind, String text) {
        return switch (kind) {
            case STANDARD_WEBHOOKS -> StandardSecret.wrong(text);
            case STRIPE ->
                text.startsWith("sk_") || text.startsWith("rk_") || text.startsWith("pk_")
                        ? Optional.of("is an API key; the signing secret of the endpoint begins with whsec_")
                        : wrongText(text);
            case SHOPIFY ->
                text.startsWith("shpat_")
                        ? Optional.of("is an access token; what signs deliveries is the client secret of the app")
                        : wrongText(text);
            case SEGMENT, CLOUDEVENTS, JSON -> wrongText(text);
        };
    }

    /// The last four characters: enough to tell two secrets apart, too few to be of use to anybody else.
    public static String hint(String text) {
        return text.substring(Math.max(0, text.length() - HINT_LENGTH));
    }

    private static Optional<String> wrongText(String text) {
        if (text.length() < LENGTH_MIN || text.length() > LENGTH_MAX) {
            return Optional.of("must have " + LENGTH_MIN + " to " + LENGTH_MAX + " characters");
        }
        if (text.chars().anyMatch(each -> each < ' ' || each > '~')) {
            return Optional.of("must consist of printable ASCII characters");
        }
        return text.equals(text.strip())
                ? Optional.empty()
                : Optional.of("must not begin or end with a space: it was probably copied with the secret");
    }
}
