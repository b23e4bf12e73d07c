package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Decision tokens say what they were minted for, or nothing at all.
final class DecisionTokensTest {

    private static final byte[] SECRET = "sixteen bytes or more".getBytes(StandardCharsets.US_ASCII);
    private static final String PREFIX = "d1.";

    private final DecisionTokens tokens = new DecisionTokens(SECRET);

    static List<Decision> decisions() {
        UnitKey unit = new UnitKey(-2, 3);
        Instant at = Instant.parse("2026-11-21T10:00:00.123Z");
        return List.of(
                new Decision(1, unit, 0, "a", 0.4217, 17, "", false, at),
                new Decision(Long.MAX_VALUE, unit, 1L << 40, "a".repeat(64), 1, 1, "mobile", true, at),
                new Decision(2, new UnitKey(0, 0), 3, "arm-2", Double.MIN_VALUE, 0, "ü", false, Instant.EPOCH));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void token_ofADecision_readsAsThatDecision(Decision decision) {
        String token = tokens.mint(decision);

        assertThat(token).startsWith(PREFIX).hasSizeLessThan(DecisionTokens.LENGTH_MAX);
        assertThat(tokens.read(token)).contains(decision);
        assertThat(new DecisionTokens(SECRET).read(token)).contains(decision);
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void token_withAnyOneBitChanged_isRefused(Decision decision) {
        byte[] bytes = Base64.getUrlDecoder().decode(tokens.mint(decision).substring(PREFIX.length()));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(tokens.read(text(changed))).as("bit %d", bit).isEmpty();
        }
    }

    /// The last character of base64 has bits that stand for nothing: changing these changes no decision.
    @ParameterizedTest
    @MethodSource("decisions")
    void token_withAnyOneBitOfItsTextChanged_isRefusedOrSaysTheSame(Decision decision) {
        byte[] text = tokens.mint(decision).getBytes(StandardCharsets.ISO_8859_1);
        for (int bit = 0; bit < text.length * 8; bit++) {
            byte[] changed = text.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            boolean last = bit / 8 == text.length - 1;
            assertThat(tokens.read(new String(changed, StandardCharsets.ISO_8859_1)))
                    .as("bit %d", bit)
                    .matches(read -> last ? read.isEmpty() || read.get().equals(decision) : read.isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void token_cutShortOrProlonged_isRefused(Decision decision) {
        byte[] bytes = Base64.getUrlDecoder().decode(tokens.mint(decision).substring(PREFIX.length()));
        for (int length = 0; length < bytes.length; length++) {
            assertThat(tokens.read(text(Arrays.copyOf(bytes, length)))).isEmpty();
        }
        assertThat(tokens.read(text(Arrays.copyOf(bytes, bytes.length + 1)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "d1", "d1.", "d2.AAAA", "d1.!!!!", "d1.AAAA", "d1.A", "hello"})
    void token_thatIsNone_isRefused(String token) {
        assertThat(tokens.read(token)).isEmpty();
    }

    @Test
    void token_ofAnotherSecret_isRefused() {
        DecisionTokens others = new DecisionTokens("another secret of theirs".getBytes(StandardCharsets.US_ASCII));

        assertThat(tokens.read(others.mint(decisions().getFirst()))).isEmpty();
    }

    @Test
    void token_longerThanAny_isRefusedUnread() {
        assertThat(tokens.read(PREFIX + "A".repeat(DecisionTokens.LENGTH_MAX))).isEmpty();
    }

    private static String text(byte[] bytes) {
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
