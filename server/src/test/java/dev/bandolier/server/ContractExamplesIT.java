package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A running node does what the examples of its contract show, and answers by problems even beside the contract.
final class ContractExamplesIT {

    private static final String JSON = "application/json";

    @TempDir
    private static Path folder;

    private static OpenNode node;
    private static ContractClient client;

    /// The clock says what it says in the examples: their times are sound then.
    @BeforeAll
    static void open() throws IOException {
        node = OpenNode.open(folder, Instant.parse("2026-11-21T10:05:00Z"), Map.of());
        client = new ContractClient(node.address());
    }

    @AfterAll
    static void close() {
        client.close();
        node.close();
    }

    @Test
    void everyExample_ofARequest_isAccepted() {
        for (JsonNode each : examples("POST", "/v1/experiments", JSON)) {
            client.expect(201, "POST", "/v1/experiments", each.toString());
            String one = "/v1/experiments/" + each.get("key").asText();
            client.expect(200, "POST", one + "/start");
            client.expect(200, "GET", one + "/report");
        }
        for (JsonNode each : examples("PATCH", "/v1/experiments/hero-banner", JSON)) {
            client.expect(200, "PATCH", "/v1/experiments/hero-banner", client.ifMatch("hero-banner"), each.toString());
        }
        for (JsonNode each : examples("POST", "/v1/decisions", JSON)) {
            client.expect(200, "POST", "/v1/decisions", each.toString());
        }
        JsonNode sent = ContractClient.value(
                JSON, client.ask("newsletter", "visitor-123").body());
        for (JsonNode each : examples("POST", "/v1/conversions", JSON)) {
            // A token in an example is one of another server.
            String report = each.toString()
                    .replaceAll("d1\\.[A-Za-z0-9_-]+", sent.get("decision").asText());
            assertThat(client.conversions(202, JSON, report).body())
                    .contains("accepted")
                    .doesNotContain("\"status\":\"refused\"");
        }
        for (JsonNode each : examples("POST", "/v1/conversions", "application/x-ndjson")) {
            assertThat(client.conversions(202, "application/x-ndjson", each.asText())
                            .body())
                    .contains("\"accepted\":2");
        }
    }

    @Test
    void everyExample_ofASource_isAccepted() {
        for (JsonNode each : examples("POST", "/v1/sources", JSON)) {
            client.expect(201, "POST", "/v1/sources", each.toString());
        }
        for (JsonNode each : examples("PATCH", "/v1/sources/shop", JSON)) {
            String tag = client.expect(200, "GET", "/v1/sources/shop")
                    .headers()
                    .firstValue("ETag")
                    .orElseThrow();
            client.expect(200, "PATCH", "/v1/sources/shop", Map.of("If-Match", tag), each.toString());
        }
        for (JsonNode each : examples("POST", "/v1/sources/shop/secrets", JSON)) {
            client.expect(201, "POST", "/v1/sources/shop/secrets", each.toString());
        }
    }

    @Test
    void request_besideTheContract_isAnsweredByAProblem() {
        JsonNode problem = client.contract().root().at("/components/schemas/Problem");
        Map<String, Integer> asked = Map.of(
                "PUT /v1/experiments", 405,
                "GET /v1/decisions", 405,
                "POST /v1/live", 405,
                "POST /v1/experiments/x/snapshots", 405,
                "GET /v2", 404);
        asked.forEach((request, status) -> {
            String[] words = request.split(" ", -1);
            HttpResponse<String> answer = client.sendAnything(words[0], words[1], Map.of(), "");

            assertThat(answer.statusCode()).as(request).isEqualTo(status);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
            assertThat(client.contract().faults(problem, ContractClient.value(JSON, answer.body())))
                    .isEmpty();
        });
    }

    @Test
    void textThatCannotBeStored_isRefusedAndNotAFault() {
        String named =
                "{\"key\":\"k\",\"name\":\"\\u0000\",\"arms\":[{\"key\":\"a\",\"control\":true},{\"key\":\"b\"}],"
                        + "\"objective\":{\"metric\":\"m\"}}";

        client.expect(400, "POST", "/v1/experiments", named);
        assertThat(client.sendAnything("GET", "/v1/experiments/%00", Map.of(), "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void baseline_soSmallThatNothingCanBeLearned_isRefusedByName() {
        String unlikely = "{\"key\":\"k\",\"arms\":[{\"key\":\"a\",\"control\":true},{\"key\":\"b\"}],"
                + "\"objective\":{\"metric\":\"m\",\"baseline\":1e-320}}";

        assertThat(client.expect(422, "POST", "/v1/experiments", unlikely).body())
                .contains("\"field\":\"objective.baseline\"");
    }

    private static List<JsonNode> examples(String method, String path, String type) {
        JsonNode content =
                client.contract().operation(method, path).orElseThrow().node().at("/requestBody/content");
        List<JsonNode> examples = ContractDocument.elements(content.path(type).path("examples")).stream()
                .map(each -> each.get("value"))
                .toList();
        assertThat(examples).as("%s %s", method, path).isNotEmpty();
        return examples;
    }
}
