package dev.bandolier.server.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every bit of a delivery turned round, one at a time: what a signature covers is refused, and what is not refused is
/// named here with the reason.
final class FlippedBitsTest {

    /// No scheme signs what it leaves to HTTP; the version of CloudEvents has one value only; Shopify signs no header at
    /// all, so that what a topic claims is held against the body when that is read, not here.
    private static final Set<String> NOBODYS = Set.of("content-type", "ce-specversion", "x-shopify-topic");

    /// A token proves who sent a delivery and nothing of what it holds.
    private static final Set<Senders> WITHOUT_BODY = Set.of(Senders.BEARER);

    /// Letters of the name of the scheme, which HTTP writes in either case (RFC 9110, section 11.1).
    private static final Map<Senders, Integer> OTHER_WAYS_TO_WRITE = Map.of(Senders.BEARER, "Bearer".length());

    @ParameterizedTest
    @EnumSource
    void delivery_withAFlippedBitInItsBody_isRefused(Senders sender) {
        Sent sent = sender.send(Senders.ORDER);
        byte[] body = sent.body().getBytes(UTF_8);
        List<String> accepted = new ArrayList<>();
        for (int bit = 0; bit < 8 * body.length; bit++) {
            body[bit / 8] ^= (byte) (1 << bit % 8);
            if (sent.refused(body).isEmpty()) {
                accepted.add("bit " + bit);
            }
            body[bit / 8] ^= (byte) (1 << bit % 8);
        }

        assertThat(sent.refused(body)).isEmpty();
        assertThat(accepted).hasSize(WITHOUT_BODY.contains(sender) ? 8 * body.length : 0);
    }

    @ParameterizedTest
    @EnumSource
    void delivery_withAFlippedBitInAHeader_isRefused(Senders sender) {
        Sent sent = sender.send(Senders.ORDER);
        List<String> accepted = new ArrayList<>();
        for (String name : sent.headers().keySet()) {
            String value = sent.headers().get(name);
            for (int bit = 0; bit < 8 * value.length(); bit++) {
                boolean taken = sent.with(name, flipped(value, bit)).refusal().isEmpty();
                if (NOBODYS.contains(name)) {
                    assertThat(taken).as(name).isTrue();
                } else if (taken) {
                    accepted.add(name + " bit " + bit);
                }
            }
        }

        assertThat(accepted)
                .hasSize(Optional.ofNullable(OTHER_WAYS_TO_WRITE.get(sender)).orElse(0));
    }

    @ParameterizedTest
    @EnumSource
    void delivery_withoutOneOfItsHeaders_isRefused(Senders sender) {
        Sent sent = sender.send(Senders.ORDER);
        for (String name : sent.headers().keySet()) {
            Optional<RefusedDelivery> refused = sent.with(name, null).refused();
            if (!NOBODYS.contains(name)) {
                assertThat(refused).as(name).isPresent();
                assertThat(refused.get().refusal()).isEqualTo(Refusal.SIGNATURE_MISSING);
                assertThat(refused.get().getMessage()).containsIgnoringCase(name);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void delivery_cutShortOrExtended_isRefused(Senders sender) {
        Sent sent = sender.send(Senders.ORDER);
        if (!WITHOUT_BODY.contains(sender)) {
            for (int length = 0; length < sent.body().length(); length++) {
                assertThat(sent.withBody(sent.body().substring(0, length)).refusal())
                        .isPresent();
            }
            assertThat(sent.withBody(sent.body() + ",").refusal()).isPresent();
            assertThat(sent.withBody("," + sent.body()).refusal()).isPresent();
        }
    }

    private static String flipped(String value, int bit) {
        char[] letters = value.toCharArray();
        letters[bit / 8] ^= (char) (1 << bit % 8);
        return new String(letters);
    }
}
