package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Headers that no sender makes: they are refused in order, whatever they hold.
final class StrangeHeadersTest {

    private static final int ROUNDS = 10_000;

    /// What headers of signatures are made of, and what breaks those who read them.
    private static final String LETTERS = "tv01a=, .;:\"\\'%+-/_AZaz9\r\n\t\0é\u2028\uD83C\uFFFF";

    /// With the seed, each run sends the same headers; a change of one letter in a signature of 160 bits or more is
    /// never accepted by chance.
    @ParameterizedTest
    @EnumSource
    void header_madeUpOrSpoiltAtRandom_isRefusedInOrder(Senders sender) {
        Random random = new Random(20261121);
        Sent sent = sender.send("{\"id\":\"order-1\"}");
        List<String> names = new ArrayList<>(sent.headers().keySet());
        names.removeIf(each -> each.equals("content-type") || each.equals("x-shopify-topic"));
        names.remove("ce-specversion");
        for (int round = 0; round < ROUNDS; round++) {
            String name = names.get(random.nextInt(names.size()));
            String genuine = sent.headers().get(name);
            String strange = round % 2 == 0 ? madeUp(random) : spoilt(random, genuine);
            boolean same = meaning(name, strange).equals(meaning(name, genuine));

            Optional<RefusedDelivery> refused = sent.with(name, strange).refused();

            assertThat(refused.isEmpty()).as(() -> name + ": " + strange).isEqualTo(same);
            refused.ifPresent(each -> assertThat(each.getMessage()).isNotBlank().doesNotContain("order-1"));
        }
    }

    /// What a header says, where it can be said in several ways: nothing between two separators is nothing, and the name
    /// of the scheme of a token is written in either case.
    private static String meaning(String name, String value) {
        return switch (name) {
            case "stripe-signature" -> value.replaceAll(",+", ",").replaceAll("^,|,$", "");
            case "webhook-signature" -> value.replaceAll(" +", " ").replaceAll("^ | $", "");
            case "authorization" -> value.replaceFirst("^(?i)bearer ", "Bearer ");
            default -> value;
        };
    }

    private static String madeUp(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(120);
        while (text.length() < length) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private static String spoilt(Random random, String genuine) {
        StringBuilder text = new StringBuilder(genuine);
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
            case 0 -> text.setCharAt(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
            case 1 -> text.insert(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
            case 2 -> text.deleteCharAt(at);
            default -> text.setLength(at);
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "now",
                "-1",
                "+1795255200",
                "01795255200",
                "1795255200.0",
                "1795255200 ",
                "1.795e9",
                "0x6B018A20",
                "١٧٩٥٢٥٥٢٠٠",
                "99999999999",
                "9223372036854775808",
                "-9223372036854775808",
                "179525520000000000000000000000000000000000"
            })
    void time_writtenInAnyOtherWay_isRefused(String time) {
        Sent standard = Senders.STANDARD_WEBHOOKS.send("{}");
        Sent hmac = Senders.HMAC_SHA512_BASE64_WITH_TIME.send("{}");
        Sent stripe = Senders.STRIPE.send("{}");
        String pairs = stripe.headers().get("stripe-signature");

        assertThat(standard.with("webhook-timestamp", time).refusal()).isPresent();
        assertThat(hmac.with("x-shop-time", time).refusal()).isPresent();
        assertThat(stripe.with("stripe-signature", pairs.replace(Senders.SECONDS, time))
                        .refusal())
                .isPresent();
    }

    /// Bits that no byte is made of, padding that is missing or too much, other alphabets, the other case: each would
    /// be a second way to write a signature.
    @Test
    void signature_writtenInAnotherWay_isRefused() {
        Sent shopify = Senders.SHOPIFY.send(Senders.ORDER);
        String base64 = shopify.headers().get("x-shopify-hmac-sha256");
        String unpadded = base64.substring(0, base64.length() - 1);
        char last = unpadded.charAt(unpadded.length() - 1);
        for (String way : List.of(
                unpadded,
                base64 + "=",
                base64 + "\n",
                " " + base64,
                "\"" + base64 + "\"",
                unpadded.substring(0, unpadded.length() - 1) + (char) (last + 1) + "=")) {
            assertThat(shopify.with("x-shopify-hmac-sha256", way).refusal())
                    .as(way)
                    .contains(Refusal.SIGNATURE_WRONG);
            assertThat(Senders.STANDARD_WEBHOOKS_ED25519
                            .send("{}")
                            .with("webhook-signature", "v1a," + way)
                            .refusal())
                    .as(way)
                    .contains(Refusal.SIGNATURE_WRONG);
        }
        Sent stripe = Senders.STRIPE.send(Senders.ORDER);
        String pairs = stripe.headers().get("stripe-signature");
        for (String way : List.of(
                pairs.substring(0, 15) + pairs.substring(15).toUpperCase(Locale.ROOT),
                pairs.replace(",", ", "),
                pairs.replace("=", " = "),
                pairs + " ")) {
            assertThat(stripe.with("stripe-signature", way).refusal()).as(way).contains(Refusal.SIGNATURE_WRONG);
        }
    }

    /// An ed25519 signature has one encoding: padding and unused bits are refused although the bytes are the same.
    @Test
    void ed25519_signatureWithUnusedBits_isRefused() {
        Sent sent = Senders.STANDARD_WEBHOOKS_ED25519.send(Senders.ORDER);
        String header = sent.headers().get("webhook-signature");
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        char last = header.charAt(header.length() - 3);
        char next = alphabet.charAt(alphabet.indexOf(last) + 1);
        String start = header.substring(0, header.length() - 3);

        assertThat(Base64.getDecoder().decode((start + next + "==").substring(4)))
                .isEqualTo(Base64.getDecoder().decode(header.substring(4)));
        assertThat(sent.with("webhook-signature", start + next + "==").refusal())
                .contains(Refusal.SIGNATURE_WRONG);
        assertThat(sent.with("webhook-signature", start + last).refusal()).contains(Refusal.SIGNATURE_WRONG);
    }

    /// `a` and `1.b` are signed as `a.1` and `b` are: who could choose where the one ends could choose another id.
    @Test
    void header_thatHoldsTheSeparator_isRefusedThoughItsSignatureFits() {
        Sent standard = Senders.STANDARD_WEBHOOKS.send("7.{}");
        Sent shifted = standard.with("webhook-id", Senders.ID + "." + Senders.SECONDS)
                .with("webhook-timestamp", "7")
                .withBody("{}");
        Sent events = Senders.CLOUDEVENTS_BINARY.send("{}");
        Sent split = events.with("ce-id", Senders.ID + "\nhttps://shop.example/orders")
                .with("ce-source", "example.order.paid");

        assertThat(standard.refusal()).isEmpty();
        assertThat(shifted.refused().orElseThrow()).hasMessageContaining("webhook-id");
        assertThat(shifted.refusal()).contains(Refusal.SIGNATURE_WRONG);
        assertThat(events.refusal()).isEmpty();
        assertThat(split.refused().orElseThrow()).hasMessageContaining("ce-id");
    }
}
