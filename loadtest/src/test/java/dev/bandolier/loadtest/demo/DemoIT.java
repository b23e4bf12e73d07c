package dev.bandolier.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The demo as people start it, with a short history: a server and its shoppers, two processes.
final class DemoIT {

    private static final Path ROOT = Path.of(System.getProperty("bandolier.root"));
    private static final String SERVES = "Bandolier serves ";
    private static final int DAYS = 4;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path data;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void demo_livesThroughDays_andIsThenLiveWithThem() throws Exception {
        try (Demo demo = new Demo(data)) {
            String serves = demo.until(SERVES);
            String address = serves.substring(SERVES.length(), serves.indexOf(" (Ctrl-C"));
            demo.until("Living through 4 days");
            assertThat(get(address, "v1/experiments").getJsonArray("experiments"))
                    .isNotNull();
            assertThat(demo.until("lived through all of it"))
                    .contains(" 0 failed")
                    .contains(" 0 refused");
            demo.until("now it is live");

            checkHistory(address, Programme.HERO);
            checkHistory(address, Programme.OFFERS);
            JsonArray segments = get(address, "v1/experiments/" + Programme.OFFERS)
                    .getJsonObject("snapshot")
                    .getJsonArray("segments");
            assertThat(segments).hasSizeGreaterThanOrEqualTo(2);
            assertThat(get(address, "v1/experiments/" + Programme.CHECKOUT).getString("state"))
                    .isEqualTo("running");
            assertThat(get(address, "v1/sources").getJsonArray("sources").encode())
                    .contains(Payments.SOURCE);
        }
        try (Demo again = new Demo(data)) {
            again.until("has a history, which goes on");
            again.until("the experiments are there already");
            again.until("now it is live");
        }
    }

    /// From the first day to the present, which begins with a snapshot as every day does, as soon as somebody learns; on a
    /// machine that is busy the days between may have none.
    private void checkHistory(String address, String key) throws Exception {
        List<Instant> at = snapshots(address, key);
        while (Duration.between(at.getFirst(), at.getLast()).compareTo(Duration.ofDays(DAYS - 1)) < 0) {
            Thread.sleep(100);
            at = snapshots(address, key);
        }
        assertThat(at).as(key).isSorted();
        assertThat(at.getFirst()).as(key).isBefore(Instant.now().minus(Duration.ofHours(24 * DAYS - 1)));
        assertThat(at.getLast()).as(key).isBeforeOrEqualTo(Instant.now());
    }

    private List<Instant> snapshots(String address, String key) throws Exception {
        return get(address, "v1/experiments/" + key + "/snapshots?points=100").getJsonArray("snapshots").stream()
                .map(each -> Instant.parse(((JsonObject) each).getString("at")))
                .toList();
    }

    private JsonObject get(String address, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
        return new JsonObject(client.send(request, BodyHandlers.ofString()).body());
    }

    /// A demo that runs; closing it ends it as Ctrl-C does.
    private static final class Demo implements AutoCloseable {

        private final Process process;
        private final BufferedReader out;
        private final List<String> heard = new ArrayList<>();

        Demo(Path data) throws IOException {
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dbandolier.loadtest=" + ROOT.resolve("loadtest/target/bandolier-loadtest.jar"),
                    "-jar",
                    ROOT.resolve("server/target/bandolier-server.jar").toString(),
                    "demo",
                    "--port=0",
                    "--data=" + data,
                    "--days=" + DAYS,
                    "--within=12",
                    "--rate=60",
                    "--stay");
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("BANDOLIER_") || name.equals("DATABASE_URL"));
            process = builder.start();
            out = process.inputReader();
        }

        /// The next line that contains this.
        String until(String text) throws IOException {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                heard.add(line);
                if (line.contains(text)) {
                    return line;
                }
            }
            throw new AssertionError("'" + text + "' was not said: " + heard);
        }

        @Override
        public void close() {
            process.destroy();
            boolean ended = process.onExit()
                            .completeOnTimeout(null, 30, TimeUnit.SECONDS)
                            .join()
                    != null;
            if (!ended) {
                process.destroyForcibly();
                throw new AssertionError("the demo did not end");
            }
        }
    }
}
