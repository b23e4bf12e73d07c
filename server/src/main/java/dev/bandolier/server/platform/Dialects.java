package dev.bandolier.server.platform;

import dev.bandolier.server.wire.Fields;

/// The dialects of the platforms, by their options.
final class Dialects {

    /// The most events of one delivery: as many as conversions of one request of the API. Senders that batch send far
    /// fewer, since they wait for the answer.
    static final int EVENTS_MAX = 1000;

    private Dialects() {}

    /// The dialect of a platform; reads all options but those of its signature.
    ///
    /// @param signature says which headers may be believed
    static Dialect of(PlatformKind kind, Fields options, Signature signature) {
        return switch (kind) {
            case STRIPE -> new StripeDialect(options, signature);
            case STANDARD_WEBHOOKS -> new StandardWebhooksDialect(options, signature);
            case SHOPIFY -> new ShopifyDialect(options, signature);
            case SEGMENT -> new SegmentDialect(options, signature);
            case CLOUDEVENTS -> new CloudEventsDialect(options, signature);
            case JSON -> new JsonDialect(options, signature);
        };
    }

    /// The refusal of a delivery of more events than are read.
    static void checkCount(int events) {
        if (events > EVENTS_MAX) {
            throw new RefusedDelivery(
                    Refusal.TOO_LARGE, events + " events; " + EVENTS_MAX + " are the most in one delivery");
        }
    }
}
