package dev.bandolier.server.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.PublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signatures that were published with what they sign.
final class PublishedVectorsTest {

    /// RFC 4231, sections 4.2, 4.3, 4.4 and 4.7; RFC 2202, section 3, the first two and the sixth.
    @ParameterizedTest
    @CsvSource({
        "SHA256, 0b, 20, 4869205468657265, b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "SHA256, 4a656665, 1, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
                + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "SHA256, aa, 131, 54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b"
                + "6579204669727374, 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        "SHA512, 0b, 20, 4869205468657265, 87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8"
                + "a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854",
        "SHA512, 4a656665, 1, 7768617420646f2079612077616e7420666f72206e6f7468696e673f, 164b7a7bfcf819e2e395fbe73b56e0"
                + "a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        "SHA1, 0b, 20, 4869205468657265, b617318655057264e28bc0b6fb378c8ef146be00",
        "SHA1, 4a656665, 1, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
                + " effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        "SHA1, aa, 80, 54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579"
                + "204669727374, aa4ae5e15272d00e95705637ce8a3b55ed402112"
    })
    void hmac_ofAPublishedContent_isThePublishedOne(
            HmacAlgorithm algorithm, String key, int times, String content, String code) {
        byte[] bytes = HexFormat.of().parseHex(key.repeat(times));

        assertThat(algorithm.code(
                        new SecretKeySpec(bytes, "any"), HexFormat.of().parseHex(content)))
                .isEqualTo(HexFormat.of().parseHex(code));
    }

    /// RFC 8032, section 7.1, tests 1 to 3.
    @ParameterizedTest
    @CsvSource({
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '', e5564300c360ac729086e2cc806e828a84877f1e"
                + "b8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72, 92a009a9f0d4cab8720e820b5f642540a2b27b54"
                + "16503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
                + " 6291d657deec24024827e69c3abe01a30ce548a2"
                + "84743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    })
    void ed25519_ofAPublishedContent_fits(String key, String content, String signature) {
        PublicKey known = Ed25519Key.of(HexFormat.of().parseHex(key)).orElseThrow();
        byte[] signed = HexFormat.of().parseHex(content);

        assertThat(Ed25519Key.signed(known, HexFormat.of().parseHex(signature), signed))
                .isTrue();
        assertThat(Ed25519Key.signed(known, HexFormat.of().parseHex(signature), signed, new byte[1]))
                .isFalse();
    }

    /// The example that the libraries of Standard Webhooks all test with.
    @Test
    void standardWebhooks_deliveryOfItsLibraries_isAccepted() {
        Sent sent = new Sent(
                Sent.signature(PlatformKind.STANDARD_WEBHOOKS, "{}"),
                List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                Map.of(
                        "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        "webhook-timestamp", "1614265330",
                        "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
                "{\"test\": 2432232314}",
                Instant.ofEpochSecond(1614265330));

        assertThat(sent.refusal()).isEmpty();
        assertThat(sent.withBody("{\"test\": 2432232315}").refusal()).contains(Refusal.SIGNATURE_WRONG);
    }

    /// The example of GitHub's documentation of the deliveries of its webhooks.
    @Test
    void hmac_deliveryOfGitHubsDocumentation_isAccepted() {
        Sent sent = new Sent(
                Sent.signature(
                        PlatformKind.JSON,
                        "{\"signature\":{\"header\":\"X-Hub-Signature-256\",\"prefix\":\"sha256=\"}}"),
                List.of("It's a Secret to Everybody"),
                Map.of(
                        "x-hub-signature-256",
                        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"),
                "Hello, World!",
                Senders.SIGNED_AT);

        assertThat(sent.refusal()).isEmpty();
        assertThat(sent.withBody("Hello, World?").refusal()).contains(Refusal.SIGNATURE_WRONG);
    }

    /// An example of the tests of SQLPage, of a delivery of Shopify.
    @Test
    void shopify_deliveryThatOthersTestWith_isAccepted() {
        Sent sent = new Sent(
                Sent.signature(PlatformKind.SHOPIFY, "{}"),
                List.of("test-webhook-secret"),
                Map.of("x-shopify-hmac-sha256", "QNyObTlKbMx2qDlPF/ZOZcBqg5OgPg+2oky3zldc0Gw="),
                "{\"id\":1234567890,\"email\":\"customer@example.com\",\"total_price\":\"123.45\"}",
                Senders.SIGNED_AT);

        assertThat(sent.refusal()).isEmpty();
        assertThat(sent.to("test-webhook-secre7").refusal()).contains(Refusal.SIGNATURE_WRONG);
    }

    @Test
    void openssl_ofAPublishedContent_makesThePublishedSignatures() {
        assertThat(OpenSsl.hmac("sha1", "Jefe".getBytes(UTF_8), "what do ya want for nothing?".getBytes(UTF_8)))
                .isEqualTo(HexFormat.of().parseHex("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"));
        // RFC 8032, section 7.1, test 2.
        String key = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
        assertThat(OpenSsl.ed25519(key, new byte[] {0x72}))
                .isEqualTo(HexFormat.of()
                        .parseHex(
                                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3"
                                        + "613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
    }
}
