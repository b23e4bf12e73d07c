package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PastTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private Path data;

    @Test
    void past_ofAnEmptyFolder_isToCome() throws IOException {
        Past past = past(Map.of());

        assertThat(past.clock().instant()).isEqualTo(NOW.minus(Duration.ofDays(21)));
        assertThat(past.announce()).contains("21 days within 60 seconds");
        assertThat(past.options()).containsExactly("--past", "PT504H", "--within", "PT1M");
        assertThat(past.begin()).isEqualTo(NOW);
    }

    @Test
    void past_ofAFolderWhoseDemoNeverBegan_isStillToCome() throws IOException {
        past(Map.of());
        Files.createDirectories(data.resolve("postgres"));

        assertThat(past(Map.of()).clock().instant()).isBefore(NOW);
    }

    @Test
    void past_thatBegan_isOverForGood() throws IOException {
        past(Map.of()).begin();
        Files.createDirectories(data.resolve("postgres"));

        Past again = past(Map.of());

        assertThat(again.clock().instant()).isEqualTo(NOW);
        assertThat(again.announce()).contains("has a history");
        assertThat(again.options()).isEmpty();
    }

    @Test
    void past_ofAFolderThatSomethingElseUsed_isNone() throws IOException {
        Files.createDirectories(data.resolve("postgres"));

        assertThat(past(Map.of()).clock().instant()).isEqualTo(NOW);
    }

    @Test
    void past_inADatabaseOfOnesOwn_isNone() throws IOException {
        Past past = past(Map.of("DATABASE_URL", "postgres://somebody@127.0.0.1/somewhere"));

        assertThat(past.clock().instant()).isEqualTo(NOW);
        assertThat(past.announce()).contains("this database may hold what happened after that");
    }

    @Test
    void past_ofNoDays_isNone() throws IOException {
        assertThat(Past.of(settings(Map.of()), 0, 60).clock().instant()).isEqualTo(NOW);
    }

    @Test
    void past_thatCannotBeLivedThrough_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Past.of(settings(Map.of()), 21, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> Past.of(settings(Map.of()), 91, 60));
    }

    private Past past(Map<String, String> environment) throws IOException {
        return Past.of(settings(environment), 21, 60);
    }

    private Settings settings(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("BANDOLIER_DATA", data.toString());
        return Settings.of(all, Map.of()).withClock(() -> NOW);
    }
}
