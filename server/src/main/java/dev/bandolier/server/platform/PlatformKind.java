package dev.bandolier.server.platform;

import java.util.Arrays;
import java.util.Optional;

/// The platforms that are understood.
public enum PlatformKind {
    /// Any sender that follows Standard Webhooks 1.0.0, symmetric or ed25519.
    STANDARD_WEBHOOKS("standard-webhooks"),
    /// Stripe.
    STRIPE("stripe"),
    /// Shopify.
    SHOPIFY("shopify"),
    /// Segment's webhooks, and who speaks its tracking events.
    SEGMENT("segment"),
    /// Any sender of CloudEvents 1.0 over HTTP: structured, binary or batched.
    CLOUDEVENTS("cloudevents"),
    /// Any sender of JSON: pointers say where things stand.
    JSON("json");

    private final String text;

    PlatformKind(String text) {
        this.text = text;
    }

    /// Its name in the API and in tables.
    public String text() {
        return text;
    }

    /// The kind of this name.
    public static Optional<PlatformKind> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
    }
}
