package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is a secret of which platform.
final class SecretTextTest {

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    @ParameterizedTest
    @EnumSource
    void secret_generated_isOneAndAnotherEachTime(PlatformKind kind) {
        if (SecretText.mustBeGiven(kind)) {
            assertThatThrownBy(() -> SecretText.generate(kind, new Random(1)))
                    .isInstanceOf(IllegalArgumentException.class);
            return;
        }
        Random random = new Random(1);
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String secret = SecretText.generate(kind, random);
            assertThat(SecretText.wrong(kind, secret)).isEmpty();
            made.add(secret);
        }

        assertThat(made).hasSize(1000);
    }

    @Test
    void stripeAndShopify_makeTheirSecretsThemselves() {
        assertThat(PlatformKind.values())
                .filteredOn(SecretText::mustBeGiven)
                .containsExactlyInAnyOrder(PlatformKind.STRIPE, PlatformKind.SHOPIFY);
    }

    @Test
    void hint_ofASecret_isItsLastFourCharacters() {
        assertThat(SecretText.hint("whsec_abcdefgh")).isEqualTo("efgh");
        assertThat(SecretText.hint("abc")).isEqualTo("abc");
    }

    @Test
    void standardWebhooks_sharedSecret_hasTwentyFourToSixtyFourBytes() {
        for (int bytes = 0; bytes <= 80; bytes++) {
            String text = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
            assertThat(SecretText.wrong(PlatformKind.STANDARD_WEBHOOKS, text).isEmpty())
                    .as("%d bytes", bytes)
                    .isEqualTo(bytes >= 24 && bytes <= 64);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "whpk_",
                "whsk_",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw ",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS*",
                "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="
            })
    void standardWebhooks_anyOtherText_isRefusedWithoutRepeatingIt(String text) {
        assertThat(SecretText.wrong(PlatformKind.STANDARD_WEBHOOKS, text))
                .hasValueSatisfying(
                        reason -> assertThat(reason).doesNotContain("MfKQ").doesNotContain("nWGx"));
    }

    @Test
    void publicKey_ofRfc8032_isOne() {
        assertThat(SecretText.wrong(PlatformKind.STANDARD_WEBHOOKS, Senders.PUBLIC))
                .isEmpty();
    }

    /// A y has a point where (y² - 1) / (d y² + 1) is a square modulo p (RFC 8032, section 5.1.3): half of all have one.
    @Test
    void publicKey_isAPointOfTheCurve() {
        BigInteger d = BigInteger.valueOf(-121665)
                .multiply(BigInteger.valueOf(121666).modInverse(P))
                .mod(P);
        int points = 0;
        for (int i = 2; i < 200; i++) {
            BigInteger square = BigInteger.valueOf(i).pow(2);
            BigInteger ratio = square.subtract(BigInteger.ONE)
                    .multiply(d.multiply(square).add(BigInteger.ONE).modInverse(P))
                    .mod(P);
            boolean onTheCurve =
                    ratio.modPow(P.subtract(BigInteger.ONE).shiftRight(1), P).equals(BigInteger.ONE);
            points += onTheCurve ? 1 : 0;

            assertThat(SecretText.wrong(PlatformKind.STANDARD_WEBHOOKS, publicKey(BigInteger.valueOf(i)))
                            .isEmpty())
                    .as("y = %d", i)
                    .isEqualTo(onTheCurve);
        }

        assertThat(points).isBetween(50, 150);
    }

    /// y of the points of order 1, 2, 4 and 8 in the bytes of a key, and of two of them ways to write them that are not
    /// reduced; with the bit for the sign of x and without.
    private static List<BigInteger> smallOrders() {
        BigInteger eighth =
                new BigInteger("2707385501144840649318225287225658788936804267575313519463743609750303402022");
        List<BigInteger> small = new ArrayList<>(List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                P.subtract(BigInteger.ONE),
                P,
                P.add(BigInteger.ONE),
                eighth,
                P.subtract(eighth)));
        for (BigInteger y : List.copyOf(small)) {
            small.add(y.setBit(255));
        }
        return small;
    }

    @Test
    void publicKey_ofSmallOrder_isRefused() {
        assertThat(smallOrders())
                .hasSize(14)
                .allSatisfy(y -> assertThat(SecretText.wrong(PlatformKind.STANDARD_WEBHOOKS, publicKey(y)))
                        .isPresent());
    }

    /// Why they are refused: the neutral point and nought, which need no private key, are a signature of some message.
    @Test
    void publicKey_ofSmallOrder_takesASignatureThatNobodyMade() {
        byte[] neutralAndNought = new byte[64];
        neutralAndNought[0] = 1;
        int readable = 0;
        for (BigInteger y : smallOrders()) {
            Optional<PublicKey> key = Ed25519Key.of(bytes(y)).filter(Ed25519Key::isPoint);
            readable += key.isPresent() ? 1 : 0;
            // Of 128 messages at least one in eight fits: none of them with a chance of 4e-8, the same in each run.
            assertThat(key.isEmpty()
                            || IntStream.range(0, 128)
                                    .anyMatch(
                                            i -> Ed25519Key.signed(key.get(), neutralAndNought, new byte[] {(byte) i})))
                    .as(y.toString(16))
                    .isTrue();
        }

        assertThat(readable).isGreaterThanOrEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STANDARD_WEBHOOKS"})
    void text_ofSixteenToTwoHundredPrintableCharacters_isASecret(PlatformKind kind) {
        assertThat(SecretText.wrong(kind, "x".repeat(16))).isEmpty();
        assertThat(SecretText.wrong(kind, "x".repeat(200))).isEmpty();
        assertThat(SecretText.wrong(kind, "four words of it")).isEmpty();
        assertThat(SecretText.wrong(kind, "")).isPresent();
        assertThat(SecretText.wrong(kind, "x".repeat(15))).isPresent();
        assertThat(SecretText.wrong(kind, "x".repeat(201))).isPresent();
        assertThat(SecretText.wrong(kind, " " + "x".repeat(16))).isPresent();
        assertThat(SecretText.wrong(kind, "x".repeat(16) + "\n")).isPresent();
        assertThat(SecretText.wrong(kind, "x".repeat(16) + "ß")).isPresent();
    }

    @Test
    void keysThatOpenMoreThanDeliveries_areTurnedAway() {
        for (String prefix : List.of("sk_live_", "sk_test_", "rk_live_", "pk_live_")) {
            assertThat(SecretText.wrong(PlatformKind.STRIPE, prefix + "x".repeat(24)))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("API key"));
        }
        assertThat(SecretText.wrong(PlatformKind.SHOPIFY, "shpat_" + "0".repeat(32)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("client secret"));
        assertThat(SecretText.wrong(PlatformKind.SHOPIFY, "shpss_" + "0".repeat(32)))
                .isEmpty();
    }

    private static String publicKey(BigInteger y) {
        return "whpk_" + Base64.getEncoder().encodeToString(bytes(y));
    }

    /// 32 bytes, the least first.
    private static byte[] bytes(BigInteger y) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = y.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }
}
