package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A reader of the live feed on a bad line: how everything stands is more than it can take at once.
@Timeout(120)
final class SlowReaderIT {

    private static final int LARGE_ONES = 20;
    private static final int BUFFER_BYTES = 8 * 1_024;

    @Test
    void reader_thatIsStillToldHowThingsStand_isNotCutOffAndMissesNothing() throws IOException {
        try (Site site = Site.fresh()) {
            Api api = site.node(Map.of("BANDOLIER_LIVE_BACKLOG_BYTES", "16384"));
            Crowd.units("large-", LARGE_ONES).forEach(key -> api.start(large(key)));
            api.start(Definitions.of("small", "a", "b"));

            try (Socket socket = slow(api)) {
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), BUFFER_BYTES);
                assertThat(lines.readLine()).contains("200");
                for (int i = 0; i < 5; i++) {
                    api.command("small/pause");
                    api.command("small/resume");
                }
                // Whoever wanted to cut it off has had the time.
                Eventually.pause(Duration.ofMillis(500));
                api.command("small/end");

                long told = 0;
                String line = lines.readLine();
                while (line != null && !line.contains("\"state\":\"ended\"")) {
                    told += line.length();
                    line = lines.readLine();
                }
                assertThat(line).as("after %s characters", told).isNotNull();
                assertThat(told).as("more than any buffer on the way holds").isGreaterThan(8_000_000);
            }
        }
    }

    private static Socket slow(Api api) throws IOException {
        URI address = api.request("/v1/live").GET().build().uri();
        Socket socket = new Socket();
        socket.setReceiveBufferSize(BUFFER_BYTES);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        socket.getOutputStream()
                .write("GET /v1/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /// An experiment that it takes half a megabyte to tell about.
    private static JsonObject large(String key) {
        List<String> arms = Crowd.units("arm-", 100);
        JsonObject definition = Definitions.of(key, arms.toArray(String[]::new));
        return definition
                .put("policy", new JsonObject().put("kind", "uniform"))
                .put("floor", 0)
                .put(
                        "segments",
                        new JsonObject()
                                .put("attribute", "device")
                                .put("values", new JsonArray(Crowd.units("device-", 20))));
    }
}
