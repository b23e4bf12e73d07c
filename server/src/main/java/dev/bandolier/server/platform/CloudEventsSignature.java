package dev.bandolier.server.platform;

import java.util.List;

/// An HMAC of CloudEvents over HTTP. In binary mode what an event is stands in headers: none of them is believed that
/// the signature does not cover, or a delivery that was seen once could be sent again under another id.
///
/// @param hmac what is signed
record CloudEventsSignature(HmacSignature hmac) implements Signature {

    private static final String ATTRIBUTE = "ce-";

    /// The version of the format, which has only one value.
    private static final String VERSION = "ce-specversion";

    @Override
    public void check(Delivery delivery, List<String> secrets) {
        delivery.headers().keySet().stream()
                .filter(name -> name.startsWith(ATTRIBUTE) && !name.equals(VERSION) && !hmac.covers(name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new RefusedDelivery(
                            Refusal.SIGNATURE_MISSING,
                            "the signature does not cover the header " + name
                                    + ": let the sender sign it, and name it in the option signature.signed");
                });
        hmac.check(delivery, secrets);
    }

    @Override
    public boolean covers(String header) {
        return hmac.covers(header);
    }
}
