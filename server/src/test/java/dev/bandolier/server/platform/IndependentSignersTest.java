package dev.bandolier.server.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.stripe.exception.SignatureVerificationException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Deliveries that programs signed which share nothing with this one: OpenSSL, and the libraries of the platforms.
final class IndependentSignersTest {

    private static final String LONG = "{\"note\":\"" + "ß€🎉\\\\\\\"".repeat(20_000) + "\"}";

    @ParameterizedTest
    @EnumSource
    void delivery_signedByOpenSsl_isAccepted(Senders sender) {
        for (String body : List.of(Senders.ORDER, "{}", "0", LONG)) {
            assertThat(sender.send(body).refusal()).as(body.substring(0, 1)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void delivery_signedByOpenSslWithAnotherSecret_isRefused(Senders sender) {
        String other = sender.name().startsWith("STANDARD")
                ? "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
                : Senders.SECRET.substring(1);

        assertThat(sender.send(Senders.ORDER).to(other).refusal()).contains(Refusal.SIGNATURE_WRONG);
    }

    @Test
    void stripe_signedByItsLibrary_isAccepted() throws GeneralSecurityException {
        String header = com.stripe.net.Webhook.Signature.generateSignatureHeader(
                Senders.ORDER, Senders.SECRET, Senders.SIGNED_AT.getEpochSecond());

        Sent sent = Senders.STRIPE.send(Senders.ORDER).with("stripe-signature", header);

        assertThat(sent.refusal()).isEmpty();
        assertThat(sent.withBody(Senders.ORDER + " ").refusal()).contains(Refusal.SIGNATURE_WRONG);
    }

    @Test
    void stripe_signedByOpenSsl_isAcceptedByItsLibraryToo() {
        Sent sent = Senders.STRIPE.send(Senders.ORDER);

        assertThatCode(() -> verifyByStripe(sent, Senders.SECRET)).doesNotThrowAnyException();
        assertThatThrownBy(() -> verifyByStripe(sent, Senders.SECRET + "x"))
                .isInstanceOf(SignatureVerificationException.class);
    }

    @Test
    void standardWebhooks_signedByItsLibrary_isAccepted() throws Exception {
        String header = new Webhook(Senders.SHARED).sign(Senders.ID, Senders.SIGNED_AT.getEpochSecond(), Senders.ORDER);

        Sent sent = Senders.STANDARD_WEBHOOKS.send(Senders.ORDER).with("webhook-signature", header);

        assertThat(sent.refusal()).isEmpty();
        assertThat(sent.withBody(Senders.ORDER + " ").refusal()).contains(Refusal.SIGNATURE_WRONG);
    }

    /// The library reads the clock of the machine: the delivery is signed for now.
    @Test
    void standardWebhooks_signedByOpenSsl_isAcceptedByItsLibraryToo() throws Exception {
        String seconds = "" + Instant.now().getEpochSecond();
        String signed = Senders.ID + "." + seconds + "." + Senders.ORDER;
        byte[] key = Base64.getDecoder().decode(Senders.SHARED.substring("whsec_".length()));
        String signature = Senders.base64(OpenSsl.hmac("sha256", key, signed.getBytes(UTF_8)));
        Map<String, List<String>> headers = Map.of(
                "webhook-id", List.of(Senders.ID),
                "webhook-timestamp", List.of(seconds),
                "webhook-signature", List.of("v1," + signature));

        assertThatCode(() -> new Webhook(Senders.SHARED).verify(Senders.ORDER, headers))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new Webhook(Senders.SHARED).verify(Senders.ORDER + " ", headers))
                .isInstanceOf(WebhookVerificationException.class);
    }

    private static void verifyByStripe(Sent sent, String secret) throws SignatureVerificationException {
        com.stripe.net.Webhook.Signature.verifyHeader(
                sent.body(),
                sent.headers().get("stripe-signature"),
                secret,
                com.stripe.net.Webhook.DEFAULT_TOLERANCE,
                Clock.fixed(sent.receivedAt(), ZoneOffset.UTC));
    }
}
