package dev.bandolier.server.platform;

import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// How Shopify signs: HMAC-SHA256 of the body in base64, with the client secret of the app as the key.
///
/// No time is signed and no header. An old delivery can be sent again: the ids of its events keep it from counting twice.
/// It can be sent under another topic too: so a topic is believed only as far as the body, which is signed, bears it out
/// ([ShopifyTopics]).
final class ShopifySignature implements Signature {

    private static final String HEADER = "X-Shopify-Hmac-SHA256";

    /// Of deliveries of the newer "events".
    private static final String HEADER_OF_EVENTS = "Shopify-Hmac-Sha256";

    @Override
    public void check(Delivery delivery, List<String> secrets) {
        String header =
                delivery.header(HEADER_OF_EVENTS.toLowerCase(Locale.ROOT)).isPresent() ? HEADER_OF_EVENTS : HEADER;
        List<String> sent = List.of(Proof.header(delivery, header));
        byte[] body = delivery.body().getBytes();
        if (secrets.stream()
                .flatMap(secret -> HmacAlgorithm.SHA256.code(secret, body).stream())
                .noneMatch(code -> Proof.fits(sent, Base64.getEncoder().encodeToString(code)))) {
            throw Proof.doesNotFit(header);
        }
    }

    /// No header: what is signed is the body.
    @Override
    public boolean covers(String header) {
        return false;
    }
}
