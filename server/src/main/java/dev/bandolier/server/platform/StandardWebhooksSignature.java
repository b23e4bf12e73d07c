package dev.bandolier.server.platform;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// How Standard Webhooks 1.0.0 signs: `<id>.<time>.<body>`, by HMAC-SHA256 or by ed25519, in base64.
///
/// The header holds signatures and their versions, as in `v1,K5oZ... v1a,hnO3...`: `v1` is of a shared secret, `v1a` of
/// a private key. Which of them is looked at, the kind of the secret says; other versions are left alone.
///
/// @param tolerance of the time
record StandardWebhooksSignature(Tolerance tolerance) implements Signature {

    private static final String ID = "webhook-id";
    private static final String TIME = "webhook-timestamp";
    private static final String HEADER = "webhook-signature";

    /// Each costs a verification, of which anybody can ask: two keys, each of them anew, is what a rotation needs.
    private static final int PUBLIC_SIGNATURES_MAX = 4;

    @Override
    public void check(Delivery delivery, List<String> secrets) {
        String id = Proof.signedHeader(delivery, ID, ".", "");
        String time = Proof.header(delivery, TIME);
        String header = Proof.header(delivery, HEADER);
        long seconds = Tolerance.seconds(time, TIME);
        byte[] before = (id + "." + time + ".").getBytes(StandardCharsets.US_ASCII);
        byte[] body = delivery.body().getBytes();
        if (secrets.stream()
                .flatMap(secret -> StandardSecret.of(secret).stream())
                .noneMatch(secret -> fits(secret, header, before, body))) {
            throw Proof.doesNotFit(HEADER);
        }
        tolerance.check(delivery, seconds);
    }

    @Override
    public boolean covers(String header) {
        return header.equals(ID) || header.equals(TIME);
    }

    private static boolean fits(StandardSecret secret, String header, byte[] before, byte[] body) {
        return switch (secret) {
            case StandardSecret.Shared(var key) ->
                Proof.fits(
                        signatures(header, "v1,", Proof.SIGNATURES_MAX),
                        Base64.getEncoder().encodeToString(HmacAlgorithm.SHA256.code(key, before, body)));
            case StandardSecret.Public(PublicKey key) ->
                signatures(header, "v1a,", PUBLIC_SIGNATURES_MAX).stream()
                        .anyMatch(sent -> Ed25519Key.signed(key, decoded(sent), before, body));
        };
    }

    private static List<String> signatures(String header, String version, int most) {
        List<String> signatures = new ArrayList<>();
        for (String each : header.split(" ", Proof.SIGNATURES_MAX + 1)) {
            if (each.startsWith(version) && signatures.size() < most) {
                signatures.add(each.substring(version.length()));
            }
        }
        return signatures;
    }

    /// The bytes of a base64 text; none if it is not written as an encoder writes it.
    private static byte[] decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return Base64.getEncoder().encodeToString(bytes).equals(base64) ? bytes : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
