package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandolier.server.wire.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How old, and how far ahead of the clock, a signed time may be.
final class ToleranceTest {

    private static final Instant SIGNED_AT = Senders.SIGNED_AT;

    @ParameterizedTest
    @EnumSource(names = {"STANDARD_WEBHOOKS", "STANDARD_WEBHOOKS_ED25519", "STRIPE", "HMAC_SHA512_BASE64_WITH_TIME"})
    void delivery_signedFiveMinutesAway_isTheLastThatIsAccepted(Senders sender) {
        Sent sent = sender.send(Senders.ORDER);

        assertThat(sent.at(SIGNED_AT.plusSeconds(300)).refusal()).isEmpty();
        assertThat(sent.at(SIGNED_AT.plusSeconds(300).plusNanos(999_999_999)).refusal())
                .isEmpty();
        assertThat(sent.at(SIGNED_AT.plusSeconds(301)).refusal()).contains(Refusal.STALE);
        assertThat(sent.at(SIGNED_AT.minusSeconds(300)).refusal()).isEmpty();
        assertThat(sent.at(SIGNED_AT.minusSeconds(301)).refusal()).contains(Refusal.STALE);
        assertThat(sent.at(SIGNED_AT.minusNanos(300_000_000_001L)).refusal()).contains(Refusal.STALE);
        assertThat(sent.at(Instant.EPOCH).refusal()).contains(Refusal.STALE);
        assertThat(sent.at(Instant.parse("9999-12-31T23:59:59Z")).refusal()).contains(Refusal.STALE);
    }

    /// What signs no time is as good in a year.
    @ParameterizedTest
    @EnumSource(names = {"SHOPIFY", "SEGMENT", "HMAC_SHA256_HEX", "CLOUDEVENTS_BINARY", "BEARER"})
    void delivery_thatSignsNoTime_isNeverTooOld(Senders sender) {
        assertThat(sender.send(Senders.ORDER)
                        .at(SIGNED_AT.plus(Duration.ofDays(366)))
                        .refusal())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT1S, 1", "PT1.9S, 1", "PT10M, 600", "P1D, 86400"})
    void delivery_toASourceWithATolerance_mayBeSoFarAway(String tolerance, long seconds) {
        Sent sent = Senders.STRIPE
                .send(Senders.ORDER)
                .to(Sent.signature(PlatformKind.STRIPE, "{\"tolerance\":\"" + tolerance + "\"}"));

        assertThat(sent.at(SIGNED_AT.plusSeconds(seconds)).refusal()).isEmpty();
        assertThat(sent.at(SIGNED_AT.minusSeconds(seconds)).refusal()).isEmpty();
        assertThat(sent.at(SIGNED_AT.plusSeconds(seconds + 1)).refusal()).contains(Refusal.STALE);
        assertThat(sent.at(SIGNED_AT.minusSeconds(seconds + 1)).refusal()).contains(Refusal.STALE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"-PT1S\"", "\"P1DT1S\"", "\"P2D\"", "\"five minutes\"", "5"})
    void tolerance_thatIsNone_isRefusedByName(String tolerance) {
        for (PlatformKind kind : PlatformKind.values()) {
            assertThatThrownBy(() -> Sent.signature(kind, "{\"tolerance\":" + tolerance + "}"))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.errors())
                                    .extracting(Problem.FieldError::field)
                                    .containsExactly("tolerance"));
        }
    }

    /// Who limits the age of deliveries must not believe that it is limited where it is not.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SHOPIFY | {'tolerance':'PT1M'}",
                "SEGMENT | {'tolerance':'PT1M','batches':true}",
                "JSON | {'tolerance':'PT1M'}",
                "JSON | {'tolerance':'PT1M','signature':'bearer'}",
                "JSON | {'tolerance':'PT1M','signature':{'signed':['x-time','body']}}",
                "CLOUDEVENTS | {'tolerance':'PT1M'}",
                "CLOUDEVENTS | {'tolerance':'PT1M','signature':'bearer'}"
            },
            quoteCharacter = '`')
    void tolerance_whereNoTimeIsSigned_isRefusedByName(PlatformKind kind, String options) {
        assertThatThrownBy(() -> Sent.signature(kind, options.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors()).singleElement().satisfies(error -> {
                            assertThat(error.field()).isEqualTo("tolerance");
                            assertThat(error.reason()).contains("no effect");
                        }));
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "CLOUDEVENTS"})
    void tolerance_ofAnHmacThatSignsATime_isItsTolerance(PlatformKind kind) {
        String signature = "'signature':{'header':'X-Shop-Signature','algorithm':'hmac-sha512','encoding':'base64',"
                + "'prefix':'sig=','signed':['X-Shop-Time','body'],'timestamp':'X-Shop-Time'}";
        Sent sent = Senders.HMAC_SHA512_BASE64_WITH_TIME
                .send(Senders.ORDER)
                .to(Sent.signature(kind, ("{'tolerance':'PT1M'," + signature + "}").replace('\'', '"')));

        assertThat(sent.at(SIGNED_AT.plusSeconds(60)).refusal()).isEmpty();
        assertThat(sent.at(SIGNED_AT.plusSeconds(61)).refusal()).contains(Refusal.STALE);
    }

    /// The refusal names what was allowed, not what was sent; and a forgery learns nothing of the clock.
    @ParameterizedTest
    @EnumSource(names = {"STANDARD_WEBHOOKS", "STRIPE", "HMAC_SHA512_BASE64_WITH_TIME"})
    void refusal_ofAStaleDelivery_namesTheToleranceOnly(Senders sender) {
        Sent sent = sender.send(Senders.ORDER).at(SIGNED_AT.plusSeconds(1000));
        Optional<RefusedDelivery> old = sent.refused();
        Optional<RefusedDelivery> ahead = sent.at(SIGNED_AT.minusSeconds(1000)).refused();

        assertThat(old.orElseThrow()).hasMessageContaining("longer ago").hasMessageContaining("PT5M");
        assertThat(ahead.orElseThrow()).hasMessageContaining("further ahead").hasMessageContaining("PT5M");
        assertThat(old.orElseThrow().getMessage() + ahead.orElseThrow().getMessage())
                .doesNotContain(Senders.SECONDS)
                .doesNotContain("1000");
        assertThat(sent.withBody("{}").refusal()).contains(Refusal.SIGNATURE_WRONG);
    }
}
