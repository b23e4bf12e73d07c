package dev.bandolier.server.platform;

import dev.bandolier.server.wire.Fields;

/// The signatures of the platforms, by their options.
final class Signatures {

    private Signatures() {}

    /// The signature of a platform; reads the options `tolerance`, `signature` and `batches`.
    static Signature of(PlatformKind kind, Fields options) {
        return switch (kind) {
            case STANDARD_WEBHOOKS -> new StandardWebhooksSignature(Tolerance.of(options));
            case STRIPE -> new StripeSignature(Tolerance.of(options));
            case SHOPIFY -> timeless(options, "Shopify", new ShopifySignature());
            case SEGMENT -> timeless(options, "Segment", new SegmentSignature(options.flag("batches", false)));
            case CLOUDEVENTS ->
                HmacOptions.isBearer(options)
                        ? timeless(options, "a bearer", new BearerSignature())
                        : new CloudEventsSignature(HmacOptions.read(options));
            case JSON ->
                HmacOptions.isBearer(options)
                        ? timeless(options, "a bearer", new BearerSignature())
                        : HmacOptions.read(options);
        };
    }

    /// A signature that covers no time, so that nothing can be too old.
    private static Signature timeless(Fields options, String sender, Signature signature) {
        Tolerance.refuse(options, sender + " signs none; leave it out");
        return signature;
    }
}
