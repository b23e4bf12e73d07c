package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Batches of Segment, of which often only the first event is signed.
final class SegmentSignatureTest {

    private static final String FIRST = "{\"messageId\":\"a\",\"note\":\"[{,]}\\\"\\\\\",\"n\":[1,[2]]}";
    private static final String SECOND = "{\"messageId\":\"b\"}";

    private static final Signature BELIEVING = Sent.signature(PlatformKind.SEGMENT, "{\"batches\":true}");

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", " [ %s ] ", "\n[\t%s\r\n]\n"})
    void array_ofOneEvent_isAcceptedWhetherItOrTheBodyIsSigned(String around) {
        String body = String.format(around, FIRST);

        assertThat(Senders.SEGMENT.send(FIRST).withBody(body).refusal()).isEmpty();
        assertThat(Senders.SEGMENT.send(body).refusal()).isEmpty();
        assertThat(Senders.SEGMENT.send(SECOND).withBody(body).refusal()).contains(Refusal.SIGNATURE_WRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s,%s]", "[ %s , %s ]", "[%s,%s,{}]", "[%s,]", "[%s],%s", "[%s] %s", "[%s", "[%s,%s"})
    void array_thatHoldsMoreThanWhatIsSigned_isBelievedOnlyIfTheOwnerSaysSo(String around) {
        Sent sent = Senders.SEGMENT.send(FIRST).withBody(String.format(around, FIRST, SECOND));

        assertThat(sent.refusal()).contains(Refusal.UNSIGNED_EVENTS);
        assertThat(sent.refused().orElseThrow()).hasMessageContaining("batches");
        assertThat(sent.to(BELIEVING).refusal()).isEmpty();
    }

    /// What is refused for its unsigned events was sent by somebody who has at least one signed one.
    @Test
    void array_whoseFirstEventIsNotSigned_isWrongWhateverTheOwnerSays() {
        Sent sent = Senders.SEGMENT.send(FIRST).withBody("[" + SECOND + "," + FIRST + "]");

        assertThat(sent.refusal()).contains(Refusal.SIGNATURE_WRONG);
        assertThat(sent.to(BELIEVING).refusal()).contains(Refusal.SIGNATURE_WRONG);
    }

    @Test
    void array_ofSeveralThatIsSignedAsAWhole_needsNoConsent() {
        Sent sent = Senders.SEGMENT.send("[" + FIRST + "," + SECOND + "]");

        assertThat(sent.refusal()).isEmpty();
        assertThat(sent.to(BELIEVING).refusal()).isEmpty();
        assertThat(sent.withBody("[" + FIRST + "," + SECOND + "," + SECOND + "]")
                        .refusal())
                .contains(Refusal.SIGNATURE_WRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", " [ ] ", "[", "", " ", "{}", "\"[1]\"", "1"})
    void body_withoutAFirstEvent_isSignedAsAWhole(String body) {
        assertThat(Senders.SEGMENT.send(body).refusal()).isEmpty();
        assertThat(Senders.SEGMENT.send(FIRST).withBody(body).refusal()).contains(Refusal.SIGNATURE_WRONG);
        assertThat(Senders.SEGMENT
                        .send("")
                        .withBody(body.isEmpty() ? "x" : body)
                        .refusal())
                .contains(Refusal.SIGNATURE_WRONG);
    }

    /// A byte order mark before an array hides it from who reads bytes: then all of it must be signed.
    @Test
    void array_behindAByteOrderMark_isNotTakenForOne() {
        assertThat(Senders.SEGMENT
                        .send(FIRST)
                        .withBody("\uFEFF[" + FIRST + "," + SECOND + "]")
                        .refusal())
                .contains(Refusal.SIGNATURE_WRONG);
    }

    @Test
    void signature_inUpperCase_isRefused() {
        Sent sent = Senders.SEGMENT.send(FIRST);
        String hex = sent.headers().get("x-signature");

        assertThat(sent.with(
                                "x-signature",
                                HexFormat.of()
                                        .withUpperCase()
                                        .formatHex(HexFormat.of().parseHex(hex)))
                        .refusal())
                .contains(Refusal.SIGNATURE_WRONG);
    }
}
