package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// A reader of the live feed that holds every event against the contract.
final class ContractFeed implements AutoCloseable {

    private static final int SILENCE_MILLIS_MAX = 20_000;

    private final ContractDocument contract;
    private final JsonNode events;
    private final BufferedReader lines;

    ContractFeed(ContractDocument contract, String address) throws IOException {
        this.contract = contract;
        HttpURLConnection feed =
                (HttpURLConnection) URI.create(address + "/v1/live").toURL().openConnection();
        feed.setReadTimeout(SILENCE_MILLIS_MAX);
        assertThat(feed.getResponseCode()).isEqualTo(200);
        this.lines = new BufferedReader(new InputStreamReader(feed.getInputStream(), StandardCharsets.UTF_8));
        this.events = contract.operation("GET", "/v1/live")
                .orElseThrow()
                .node()
                .at("/responses/200/content")
                .path(feed.getContentType())
                .path("x-events");
        assertThat(events.size()).isEqualTo(7);
    }

    /// Reads until each kind of event that the contract names has come.
    ///
    /// @param news makes something to learn: done again with all that was learned, until each kind has come
    void awaitEveryKind(Runnable news) throws IOException {
        Set<String> kinds = new HashSet<>();
        String kind = "";
        while (kinds.size() < events.size()) {
            String line = lines.readLine();
            if (line.startsWith("event: ")) {
                kind = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                JsonNode data = ContractClient.value("application/json", line.substring("data: ".length()));
                assertThat(contract.faults(events.get(kind), data)).as(line).isEmpty();
                kinds.add(kind);
                if (kind.equals("learned") && kinds.size() < events.size()) {
                    news.run();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
