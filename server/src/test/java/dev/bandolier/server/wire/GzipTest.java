package dev.bandolier.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// Long JSON is packed for who takes it, and nothing else.
class GzipTest {

    private static final Optional<String> TAKEN = Optional.of("deflate, gzip");
    private static final Reply LONG =
            Reply.ok(new JsonObject().put("text", "x".repeat(Gzip.LEAST))).with("ETag", "\"3\"");

    @Test
    void reply_longAndTaken_isPackedAndKeepsItsHeaders() throws IOException {
        Reply packed = Gzip.fitting(LONG, TAKEN);

        assertThat(packed.headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Content-Type", "application/json",
                        "Content-Encoding", "gzip",
                        "Vary", "Accept-Encoding",
                        "ETag", "\"3\""));
        assertThat(packed.body().length()).isLessThan(Gzip.LEAST / 10);
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(packed.body().getBytes()))) {
            assertThat(gzip.readAllBytes()).isEqualTo(LONG.body().getBytes());
        }
    }

    @Test
    void reply_notTaken_isPlainAndSaysThatItMightNotBe() {
        assertThat(Gzip.fitting(LONG, Optional.empty())).isEqualTo(LONG.with("Vary", "Accept-Encoding"));
    }

    @Test
    void reply_short_isPlain() {
        Reply brief = Reply.ok(new JsonObject().put("status", "up"));

        assertThat(Gzip.fitting(brief, TAKEN)).isEqualTo(brief.with("Vary", "Accept-Encoding"));
    }

    @Test
    void reply_ofAnotherType_isLeftAlone() {
        Reply yaml = new Reply(200, Map.of("Content-Type", "application/yaml"), Buffer.buffer("x".repeat(5_000)));

        assertThat(Gzip.fitting(yaml, TAKEN)).isEqualTo(yaml);
        assertThat(Gzip.fitting(Reply.nothing(), TAKEN)).isEqualTo(Reply.nothing());
    }
}
