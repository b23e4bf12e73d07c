package dev.bandolier.server.platform;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// How Stripe signs: HMAC-SHA256 of `<time>.<body>` in hexadecimal digits, with the text of the secret as the key.
///
/// The header holds pairs of a scheme and a value, as in `t=1492774577,v1=5257a8...,v0=6ffbb5...`. While a secret is
/// rotated there are several signatures of scheme `v1`; other schemes are left alone.
///
/// @param tolerance of the time `t`
record StripeSignature(Tolerance tolerance) implements Signature {

    private static final String HEADER = "Stripe-Signature";
    private static final int PAIRS_MAX = 2 * Proof.SIGNATURES_MAX;

    @Override
    public void check(Delivery delivery, List<String> secrets) {
        String header = Proof.header(delivery, HEADER);
        String time = time(header);
        long seconds = Tolerance.seconds(time, "t of " + HEADER);
        List<String> sent = values(header, "v1");
        byte[] before = (time + ".").getBytes(StandardCharsets.US_ASCII);
        byte[] body = delivery.body().getBytes();
        if (secrets.stream()
                .flatMap(secret -> HmacAlgorithm.SHA256.code(secret, before, body).stream())
                .noneMatch(code -> Proof.fits(sent, HexFormat.of().formatHex(code)))) {
            throw Proof.doesNotFit(HEADER);
        }
        tolerance.check(delivery, seconds);
    }

    /// No header: what is signed is a time of its own and the body.
    @Override
    public boolean covers(String header) {
        return false;
    }

    /// The only time of a header: of two, one was not signed.
    private static String time(String header) {
        List<String> times = values(header, "t");
        if (times.size() != 1) {
            throw Proof.wrong("the header " + HEADER + " must hold one time t, not " + times.size());
        }
        return times.getFirst();
    }

    private static List<String> values(String header, String scheme) {
        List<String> values = new ArrayList<>();
        for (String pair : header.split(",", PAIRS_MAX)) {
            if (pair.startsWith(scheme + "=") && values.size() < Proof.SIGNATURES_MAX) {
                values.add(pair.substring(scheme.length() + 1));
            }
        }
        return values;
    }
}
