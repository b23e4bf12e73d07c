package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Events whose attributes are headers: a signature of the body alone says nothing of them.
final class CloudEventsSignatureTest {

    private static final Signature OF_THE_BODY = Sent.signature(PlatformKind.CLOUDEVENTS, "{}");

    @ParameterizedTest
    @ValueSource(strings = {"ce-id", "ce-source", "ce-type", "ce-time", "ce-subject", "ce-shop"})
    void attribute_thatIsNotSigned_isRefusedByName(String name) {
        Sent structured = Senders.HMAC_SHA256_HEX.send(Senders.ORDER).to(OF_THE_BODY);
        Sent binary = structured.with("ce-specversion", "1.0").with(name, "x");

        assertThat(structured.refusal()).isEmpty();
        assertThat(binary.refusal()).contains(Refusal.SIGNATURE_MISSING);
        assertThat(binary.refused().orElseThrow()).hasMessageContaining(name).hasMessageContaining("signature.signed");
    }

    @Test
    void attribute_addedToASignedDelivery_isRefused() {
        Sent sent = Senders.CLOUDEVENTS_BINARY.send(Senders.ORDER);

        assertThat(sent.refusal()).isEmpty();
        assertThat(sent.with("ce-time", "2026-11-21T10:00:00Z").refusal()).contains(Refusal.SIGNATURE_MISSING);
    }

    /// A token says who sent it: there is nothing that it would not cover.
    @Test
    void attribute_besideAToken_isBelieved() {
        Sent sent = Senders.BEARER
                .send(Senders.ORDER)
                .to(Sent.signature(PlatformKind.CLOUDEVENTS, "{\"signature\":\"bearer\"}"));

        assertThat(sent.with("ce-id", "1").refusal()).isEmpty();
        assertThat(sent.with("ce-id", "1").to(Senders.SECRET + "x").refusal()).contains(Refusal.SIGNATURE_WRONG);
    }

    /// Other platforms know no such headers and need not sign them.
    @Test
    void attribute_ofADeliveryOfAnotherPlatform_isLeftAlone() {
        assertThat(Senders.HMAC_SHA256_HEX
                        .send(Senders.ORDER)
                        .with("ce-id", "x")
                        .refusal())
                .isEmpty();
    }
}
