package dev.bandolier.server.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two secrets at a source, several signatures in a header: what happens while a secret is exchanged.
final class RotationTest {

    private static final String OTHER_SHARED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String FORGED_HEX = "0".repeat(64);
    private static final String FORGED = "v1," + "A".repeat(43) + "=";
    private static final String FORGED_PUBLIC = "v1a," + "A".repeat(86) + "==";

    @ParameterizedTest
    @EnumSource
    void delivery_signedWithEitherSecret_isAccepted(Senders sender) {
        Sent sent = sender.send(Senders.ORDER);
        String its = sent.secrets().getFirst();
        String other = its.startsWith("whpk_") ? Senders.SHARED : OTHER_SHARED;

        assertThat(sent.to(its, other).refusal()).isEmpty();
        assertThat(sent.to(other, its).refusal()).isEmpty();
        assertThat(sent.to(other).refusal()).contains(Refusal.SIGNATURE_WRONG);
    }

    /// A source must not be open to anybody because its secrets are gone or say nothing.
    @ParameterizedTest
    @EnumSource
    void delivery_toASourceWithoutASecretThatSaysAnything_isRefused(Senders sender) {
        Sent sent = sender.send(Senders.ORDER);

        assertThat(sent.to().refusal()).contains(Refusal.SIGNATURE_WRONG);
        assertThat(sent.to("").refusal()).contains(Refusal.SIGNATURE_WRONG);
        assertThat(sent.to("whsec_").refusal()).contains(Refusal.SIGNATURE_WRONG);
        assertThat(sent.to("whpk_").refusal()).contains(Refusal.SIGNATURE_WRONG);
        assertThat(sent.to("", sent.secrets().getFirst()).refusal()).isEmpty();
    }

    /// HMAC with the empty text as its key is defined, by as many noughts, so anybody could make it.
    @Test
    void delivery_signedWithTheEmptySecret_isRefused() {
        byte[] code = OpenSsl.hmac("sha256", new byte[64], "{}".getBytes(UTF_8));
        Sent hmac = Senders.HMAC_SHA256_HEX
                .send("{}")
                .with("x-signature", HexFormat.of().formatHex(code));

        assertThat(hmac.to("\0".repeat(64)).refusal()).isEmpty();
        assertThat(hmac.to("").refusal()).contains(Refusal.SIGNATURE_WRONG);
        assertThat(Senders.BEARER
                        .send("{}")
                        .with("authorization", "Bearer ")
                        .to("")
                        .refusal())
                .contains(Refusal.SIGNATURE_WRONG);
    }

    @Test
    void stripe_withSeveralSignatures_needsOne() {
        Sent sent = Senders.STRIPE.send(Senders.ORDER);
        String header = sent.headers().get("stripe-signature");
        String time = "t=" + Senders.SECONDS;
        String genuine = header.substring(time.length() + 1);

        assertThat(sent.with("stripe-signature", time + ",v1=" + FORGED_HEX + "," + genuine)
                        .refusal())
                .isEmpty();
        assertThat(sent.with("stripe-signature", genuine + ",v0=" + FORGED_HEX + "," + time)
                        .refusal())
                .isEmpty();
        assertThat(sent.with("stripe-signature", header.replace("v1=", "v0=")).refusal())
                .contains(Refusal.SIGNATURE_WRONG);
        assertThat(sent.with("stripe-signature", header + "," + time).refusal()).contains(Refusal.SIGNATURE_WRONG);
    }

    @Test
    void standardWebhooks_withSeveralSignatures_needsOneOfItsKind() {
        Sent sent = Senders.STANDARD_WEBHOOKS.send(Senders.ORDER);
        Sent signed = Senders.STANDARD_WEBHOOKS_ED25519.send(Senders.ORDER);
        String shared = sent.headers().get("webhook-signature");
        String open = signed.headers().get("webhook-signature");

        for (Sent each : new Sent[] {sent, signed, sent.to(Senders.SHARED, Senders.PUBLIC)}) {
            assertThat(each.with("webhook-signature", shared + " " + open).refusal())
                    .isEmpty();
            assertThat(each.with("webhook-signature", FORGED + " " + open + " " + FORGED_PUBLIC + " " + shared)
                            .refusal())
                    .isEmpty();
            assertThat(each.with("webhook-signature", FORGED + " " + FORGED_PUBLIC + " v2,x")
                            .refusal())
                    .contains(Refusal.SIGNATURE_WRONG);
        }
        assertThat(sent.with("webhook-signature", open).refusal()).contains(Refusal.SIGNATURE_WRONG);
        assertThat(signed.with("webhook-signature", shared).refusal()).contains(Refusal.SIGNATURE_WRONG);
        assertThat(signed.with("webhook-signature", "v1," + open.substring(4)).refusal())
                .contains(Refusal.SIGNATURE_WRONG);
    }

    /// Anybody can send a header full of signatures: only the first few cost anything.
    @Test
    void header_fullOfSignatures_isReadAsFarAsItsBound() {
        Sent sent = Senders.STANDARD_WEBHOOKS.send(Senders.ORDER);
        String genuine = sent.headers().get("webhook-signature");
        Sent open = Senders.STANDARD_WEBHOOKS_ED25519.send(Senders.ORDER);
        String signed = open.headers().get("webhook-signature");
        Sent stripe = Senders.STRIPE.send(Senders.ORDER);
        String pairs = stripe.headers().get("stripe-signature");

        assertThat(sent.with("webhook-signature", after(15, FORGED, " ", genuine))
                        .refusal())
                .isEmpty();
        assertThat(sent.with("webhook-signature", after(16, FORGED, " ", genuine))
                        .refusal())
                .contains(Refusal.SIGNATURE_WRONG);
        assertThat(open.with("webhook-signature", after(3, FORGED_PUBLIC, " ", signed))
                        .refusal())
                .isEmpty();
        assertThat(open.with("webhook-signature", after(4, FORGED_PUBLIC, " ", signed))
                        .refusal())
                .contains(Refusal.SIGNATURE_WRONG);
        assertThat(stripe.with("stripe-signature", after(15, "v1=" + FORGED_HEX, ",", pairs))
                        .refusal())
                .isEmpty();
        assertThat(stripe.with("stripe-signature", after(16, "v1=" + FORGED_HEX, ",", pairs))
                        .refusal())
                .contains(Refusal.SIGNATURE_WRONG);
    }

    private static String after(int times, String forged, String separator, String genuine) {
        return String.join(separator, Collections.nCopies(times, forged)) + separator + genuine;
    }
}
