package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Words of senders, made fit to be stored and shown.
final class LabelTest {

    @Test
    void label_ofControlCharacters_showsThatTheyWereThere() {
        assertThat(Label.of("a\u0000b\nc\u202Ed\uD800e", 100)).isEqualTo("a?b?c?d?e");
        assertThat(Label.of("Bestellung bezahlt \u20ac \uD83D\uDE00", 100))
                .isEqualTo("Bestellung bezahlt \u20ac \uD83D\uDE00");
    }

    @Test
    void label_ofALongText_isCutBetweenCharacters() {
        assertThat(Label.of("a".repeat(300), 100)).isEqualTo("a".repeat(100));
        assertThat(Label.of("a" + "\uD83D\uDE00".repeat(100), 100)).isEqualTo("a" + "\uD83D\uDE00".repeat(49));
    }

    @Test
    void event_namedInOddWords_isHeardByALabel() {
        String body = "{\"type\":\"a\\u0000b" + "x".repeat(200) + "\",\"id\":\"c\\u0000\",\"unit\":{}}";
        Heard heard = Sample.dialect(PlatformKind.JSON, "{}")
                .read(Sample.delivery(Map.of(), body))
                .getFirst();

        assertThat(heard).isInstanceOfSatisfying(Heard.Unsound.class, unsound -> {
            assertThat(unsound.event()).isEqualTo("a?b" + "x".repeat(97));
            assertThat(unsound.id()).contains("c?");
        });
    }
}
