package dev.bandolier.server.platform;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// An HMAC as many senders make it, each a little differently: options say over what and where.
///
/// @param form      what is in the header
/// @param signed    what is signed, in its order: names of headers in lower case, and `body`
/// @param separator what stands between two of them
/// @param time      when it was signed, if that is signed too
record HmacSignature(Form form, List<String> signed, String separator, Optional<Time> time) implements Signature {

    /// The raw bytes of a delivery, among what is signed.
    static final String BODY = "body";

    private static final String OTHER_SEPARATOR =
            "; if the sender parts them by a line feed, say so in the option signature.separator";

    /// How a signature is written down.
    ///
    /// @param header    the header that holds it, as people write its name
    /// @param algorithm of the code
    /// @param encoding  of its bytes
    /// @param prefix    what stands before it, as in `sha256=`
    record Form(String header, HmacAlgorithm algorithm, HmacEncoding encoding, String prefix) {}

    /// When a delivery was signed.
    ///
    /// @param header    which of those that are signed holds Unix seconds
    /// @param tolerance of that time
    record Time(String header, Tolerance tolerance) {

        long seconds(Delivery delivery) {
            return Tolerance.seconds(Proof.header(delivery, header), "the header " + header);
        }
    }

    @Override
    public void check(Delivery delivery, List<String> secrets) {
        String header = Proof.header(delivery, form.header());
        if (!header.startsWith(form.prefix())) {
            throw Proof.wrong("the header " + form.header() + " must begin with " + form.prefix());
        }
        List<String> sent = List.of(header.substring(form.prefix().length()));
        byte[] content = content(delivery);
        Optional<Long> seconds = time.map(signedAt -> signedAt.seconds(delivery));
        if (secrets.stream()
                .flatMap(secret -> form.algorithm().code(secret, content).stream())
                .noneMatch(code -> form.encoding().ways(code).stream().anyMatch(way -> Proof.fits(sent, way)))) {
            throw Proof.doesNotFit(form.header());
        }
        time.ifPresent(signedAt -> signedAt.tolerance().check(delivery, seconds.orElseThrow()));
    }

    /// Those that are signed; a header of the name `body` never is.
    @Override
    public boolean covers(String header) {
        return !header.equals(BODY) && signed.contains(header);
    }

    private byte[] content(Delivery delivery) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        String between = "";
        for (String each : signed) {
            content.writeBytes(between.getBytes(StandardCharsets.US_ASCII));
            content.writeBytes(
                    each.equals(BODY)
                            ? delivery.body().getBytes()
                            : Proof.signedHeader(delivery, each, separator, OTHER_SEPARATOR)
                                    .getBytes(StandardCharsets.US_ASCII));
            between = separator;
        }
        return content.toByteArray();
    }
}
