package dev.bandolier.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people look at travels small; what front ends wait for is never packed.
@Timeout(60)
final class CompressionIT {

    private static final String EXPERIMENT = "/v1/experiments/hero";

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
        JsonObject hero = Definitions.of("hero", "a", "b", "c", "d", "e", "f");
        api.start(hero);
        for (int i = 0; i < 10; i++) {
            api.command("hero/pause");
            api.command("hero/resume");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/experiments",
                EXPERIMENT,
                EXPERIMENT + "/snapshots?points=300",
                EXPERIMENT + "/report",
                EXPERIMENT + "/timeline",
                "/v1/audit"
            })
    void answer_toWhoTakesGzip_isTheSameInFewerBytes(String path) throws Exception {
        HttpResponse<byte[]> packed = get(path, "gzip, deflate, br, zstd");
        HttpResponse<byte[]> plain = get(path, "identity");

        assertThat(encoding(packed)).hasValue("gzip");
        assertThat(encoding(plain)).isEmpty();
        assertThat(packed.headers().firstValue("Vary")).hasValue("Accept-Encoding");
        assertThat(plain.headers().firstValue("Vary")).hasValue("Accept-Encoding");
        assertThat(new JsonObject(unpacked(packed.body())).fieldNames())
                .isEqualTo(new JsonObject(new String(plain.body(), UTF_8)).fieldNames());
        assertThat(packed.body().length).isLessThan(plain.body().length * 2 / 3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /v1/experiments  | gzip;q=0
        /v1/experiments  | br
        /health/live     | gzip
        /openapi.yaml    | gzip
        """)
    void answer_thatIsSmallOrNotJsonOrNotTakenPacked_isPlain(String path, String accepted) throws Exception {
        HttpResponse<byte[]> answer = get(path, accepted);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(encoding(answer)).isEmpty();
    }

    @Test
    void problem_toWhoTakesGzip_isPlain() throws Exception {
        HttpResponse<byte[]> answer = get("/v1/experiments/nobody", "gzip");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(encoding(answer)).isEmpty();
    }

    /// Its payload alone would be worth it.
    @Test
    void decision_toWhoTakesGzip_isPlain() throws Exception {
        JsonObject large = Definitions.of("large", "a", "b");
        large.getJsonArray("arms")
                .forEach(arm -> ((JsonObject) arm).put("payload", new JsonObject().put("text", "word ".repeat(600))));
        api.start(large);
        HttpRequest ask = api.request("/v1/decisions")
                .header("Accept-Encoding", "gzip")
                .POST(BodyPublishers.ofString("{\"experiment\":\"large\",\"unit\":\"u\"}"))
                .build();

        HttpResponse<byte[]> answer = Api.client().send(ask, BodyHandlers.ofByteArray());

        assertThat(encoding(answer)).isEmpty();
        assertThat(new JsonObject(new String(answer.body(), UTF_8))
                        .getJsonObject("payload")
                        .getString("text"))
                .hasSize(3_000);
    }

    /// Who reads a packed stream waits for what is not said yet.
    @Test
    void feed_toWhoTakesGzip_isPlain() throws Exception {
        HttpRequest listen =
                api.request("/v1/live").header("Accept-Encoding", "gzip").build();

        HttpResponse<InputStream> feed = Api.client().send(listen, BodyHandlers.ofInputStream());

        try (InputStream events = feed.body()) {
            assertThat(encoding(feed)).isEmpty();
            assertThat(new String(events.readNBytes(4), UTF_8)).matches("(id: |even|data|: .*|retr)");
        }
    }

    private static HttpResponse<byte[]> get(String path, String accepted) throws IOException, InterruptedException {
        HttpRequest request =
                api.request(path).header("Accept-Encoding", accepted).build();
        return Api.client().send(request, BodyHandlers.ofByteArray());
    }

    private static Optional<String> encoding(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Encoding");
    }

    private static String unpacked(byte[] body) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(gzip.readAllBytes(), UTF_8);
        }
    }
}
