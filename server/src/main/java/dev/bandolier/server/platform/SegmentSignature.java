package dev.bandolier.server.platform;

import java.util.HexFormat;
import java.util.List;

/// How Segment signs: HMAC-SHA1 in hexadecimal digits, with the text of the shared secret as the key; of the body or,
/// if that is an array, of its first event alone.
///
/// So whoever has seen one delivery of the second kind can add to it what he likes: further events are only believed if
/// the owner of the source says so. Where the whole body is signed, nobody can, and all of it is believed.
///
/// @param batches whether events that no signature covers are believed
record SegmentSignature(boolean batches) implements Signature {

    private static final String HEADER = "X-Signature";

    @Override
    public void check(Delivery delivery, List<String> secrets) {
        List<String> sent = List.of(Proof.header(delivery, HEADER));
        byte[] body = delivery.body().getBytes();
        if (fits(sent, secrets, body)) {
            return;
        }
        FirstElement first = FirstElement.of(body)
                .filter(element -> fits(sent, secrets, element.bytes()))
                .orElseThrow(() -> Proof.doesNotFit(HEADER));
        if (!first.alone() && !batches) {
            throw new RefusedDelivery(
                    Refusal.UNSIGNED_EVENTS,
                    "the body holds several events, of which only the first is signed; the option batches believes"
                            + " all");
        }
    }

    /// No header: what is signed is, at most, the body.
    @Override
    public boolean covers(String header) {
        return false;
    }

    private static boolean fits(List<String> sent, List<String> secrets, byte[] signed) {
        return secrets.stream()
                .flatMap(secret -> HmacAlgorithm.SHA1.code(secret, signed).stream())
                .anyMatch(code -> Proof.fits(sent, HexFormat.of().formatHex(code)));
    }
}
