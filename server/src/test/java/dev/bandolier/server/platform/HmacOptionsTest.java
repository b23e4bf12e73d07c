package dev.bandolier.server.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// How a sender that has no scheme of its own signs, as the owner of the source describes it.
final class HmacOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "hmac-sha1, sha1, hex", "hmac-sha256, sha256, hex", "hmac-sha512, sha512, hex",
        "hmac-sha1, sha1, base64", "hmac-sha256, sha256, base64", "hmac-sha512, sha512, base64"
    })
    void signature_ofEachAlgorithmAndEncoding_isAccepted(String algorithm, String digest, String encoding) {
        JsonObject signature = new JsonObject().put("algorithm", algorithm).put("encoding", encoding);
        byte[] code = OpenSsl.hmac(digest, bytes(Senders.SECRET), bytes(Senders.ORDER));
        String sent = encoding.equals("hex") ? HexFormat.of().formatHex(code) : Senders.base64(code);
        String other =
                encoding.equals("hex") ? Senders.base64(code) : HexFormat.of().formatHex(code);
        Sent delivery = Senders.HMAC_SHA256_HEX
                .send(Senders.ORDER)
                .to(Sent.signature(
                        PlatformKind.JSON,
                        new JsonObject().put("signature", signature).encode()));

        assertThat(delivery.with("x-signature", sent).refusal()).isEmpty();
        assertThat(delivery.with("x-signature", other).refusal()).contains(Refusal.SIGNATURE_WRONG);
    }

    @Test
    void prefix_thatIsMissingOrSentTwice_isRefused() {
        Sent sent = Senders.HMAC_SHA512_BASE64_WITH_TIME.send(Senders.ORDER);
        String genuine = sent.headers().get("x-shop-signature");

        assertThat(sent.refusal()).isEmpty();
        assertThat(sent.with("x-shop-signature", genuine.substring(4)).refusal())
                .contains(Refusal.SIGNATURE_WRONG);
        assertThat(sent.with("x-shop-signature", "sig=" + genuine).refusal()).contains(Refusal.SIGNATURE_WRONG);
        assertThat(sent.with("x-shop-signature", "sig=").refusal()).contains(Refusal.SIGNATURE_WRONG);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void option_thatIsWrong_isRefusedByName(String signature, String field) {
        for (PlatformKind kind : new PlatformKind[] {PlatformKind.JSON, PlatformKind.CLOUDEVENTS}) {
            assertThatThrownBy(() -> Sent.signature(kind, "{\"signature\":" + signature + "}"))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.errors())
                                    .extracting(Problem.FieldError::field)
                                    .containsOnly(field));
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("\"none\"", "signature"),
                Arguments.of("\"\"", "signature"),
                Arguments.of("5", "signature"),
                Arguments.of("[]", "signature"),
                Arguments.of("{\"header\":\"X Signature\"}", "signature.header"),
                Arguments.of("{\"header\":\"X-Signature\\r\\nX-Other\"}", "signature.header"),
                Arguments.of("{\"header\":\"\"}", "signature.header"),
                Arguments.of("{\"algorithm\":\"md5\"}", "signature.algorithm"),
                Arguments.of("{\"encoding\":\"base32\"}", "signature.encoding"),
                Arguments.of("{\"prefix\":\"" + "x".repeat(51) + "\"}", "signature.prefix"),
                Arguments.of("{\"separator\":\"\"}", "signature.separator"),
                Arguments.of("{\"signed\":\"body\"}", "signature.signed"),
                Arguments.of("{\"signed\":[]}", "signature.signed"),
                Arguments.of("{\"signed\":[\"x-time\"]}", "signature.signed"),
                Arguments.of("{\"signed\":[\"body\",\"Body\"]}", "signature.signed"),
                Arguments.of("{\"signed\":[\"body\",\"x y\"]}", "signature.signed"),
                Arguments.of("{\"signed\":[\"body\",\"X-SIGNATURE\"]}", "signature.signed"),
                Arguments.of(
                        "{\"signed\":[\"body\",\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\"]}", "signature.signed"),
                Arguments.of("{\"timestamp\":\"x-time\"}", "signature.timestamp"),
                Arguments.of("{\"timestamp\":\"body\"}", "signature.timestamp"),
                Arguments.of("{\"secret\":\"x\"}", "signature.secret"));
    }

    /// A separator within a header would leave open what was signed; the owner is told which option parts them otherwise.
    @Test
    void header_thatHoldsTheSeparator_isRefusedWithTheOptionThatHelps() {
        Sent dots = Senders.CLOUDEVENTS_BINARY
                .send(Senders.ORDER)
                .to(Sent.signature(
                        PlatformKind.CLOUDEVENTS,
                        "{\"signature\":{\"signed\":[\"ce-id\",\"ce-source\",\"ce-type\",\"body\"]}}"));

        assertThat(dots.refused().orElseThrow())
                .hasMessageContaining("ce-source")
                .hasMessageContaining("signature.separator");
        assertThat(Senders.CLOUDEVENTS_BINARY.send(Senders.ORDER).refusal()).isEmpty();
    }

    /// Schemes of their own have nothing to be told about how they sign.
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"JSON", "CLOUDEVENTS"})
    void signature_ofAPlatformWithASchemeOfItsOwn_isNoOption(PlatformKind kind) {
        assertThatThrownBy(() -> Sent.signature(kind, "{\"signature\":\"bearer\"}"))
                .isInstanceOf(Problem.class);
    }

    @Test
    void batches_ofOtherPlatforms_isNoOption() {
        for (PlatformKind kind : PlatformKind.values()) {
            if (kind != PlatformKind.SEGMENT) {
                assertThatThrownBy(() -> Sent.signature(kind, "{\"batches\":true}"))
                        .isInstanceOf(Problem.class);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
