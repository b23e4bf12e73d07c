package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A running node, held against its contract: each answer that the contract promises is provoked.
final class ContractIT {

    private static final String TOUR = """
        {"key":"tour","arms":[{"key":"a","control":true},{"key":"b","payload":{"x":1}}],\
        "objective":{"metric":"sale","currency":"EUR","cap":"99.00"},"holdout":0,"warmUp":0,\
        "segments":{"attribute":"device","values":["mobile","desktop"]}}\
        """;

    private static final String TRAFFIC = "{\"traffic\":{\"unitsPerDay\":5000},";

    private static final String WARM = "\"prior\":{\"kind\":\"warm-start\",\"experiment\":\"tour\"},";

    private static final String REVENUE = """
        {"key":"income","arms":[{"key":"a","control":true},{"key":"b"}],\
        "objective":{"metric":"order","kind":"revenue","currency":"EUR"}}\
        """;

    private static final String SOURCE = "{\"key\":\"shop\",\"kind\":\"standard-webhooks\"}";

    private static final String TILL = """
        {"key":"till","kind":"json","options":{"signature":"bearer"},"secret":"a-secret-of-sixteen"}\
        """;

    private static final Map<String, String> KNOWN =
            Map.of("Content-Type", "application/json", "Authorization", "Bearer a-secret-of-sixteen");

    private static final String EVEN = "{\"shares\":{\"a\":0.5,\"b\":0.5}}";

    private static final String KILL_SWITCH = "/v1/kill-switch";

    private static final String ENGAGE = "{\"reason\":\"the checkout is broken\"}";

    /// Answers that need more than a request to provoke: a fault of the server, or thousands of requests at once.
    private static final List<String> NOT_PROVOKED = List.of(
            "default application/problem+json",
            "GET /v1/experiments 503 application/problem+json",
            "GET /v1/experiments/{key}/report 503 application/problem+json",
            "GET /v1/live 200 text/event-stream",
            "GET /health/live 503 application/problem+json",
            "GET /health/ready 503 application/problem+json",
            "GET /openapi.yaml 503 application/problem+json");

    @TempDir
    private Path folder;

    private OpenNode node;
    private ContractClient client;

    @BeforeEach
    void open() throws IOException {
        Map<String, String> limits = Map.of("BANDOLIER_EVENT_LOOPS", "1", "BANDOLIER_LIVE_READERS_MAX", "1");
        node = OpenNode.open(folder, Instant.parse("2026-11-21T10:05:00Z"), limits);
        client = new ContractClient(node.address());
    }

    @AfterEach
    void close() {
        client.close();
        node.close();
    }

    @Test
    void everyAnswer_thatTheContractPromises_isGivenAsPromised() throws IOException {
        tourOfPreviews("/v1/previews");
        tourOfExperiments("/v1/experiments", "/v1/experiments/tour");
        tourOfDecisions();
        tourOfConversions();
        tourOfGuardrails();
        tourOfQuarantines();
        tourOfSources("/v1/sources", "/v1/sources/shop");
        tourOfReplays();
        tourOfWebhooks("/v1/webhooks/till", "/v1/sources/till");
        tourOfTheFeed();
        tourOfTheEnd();
        node.loseDatabase();
        tourWithoutDatabase();

        Set<String> promised = promised();
        promised.removeAll(client.seen());
        promised.removeIf(each -> NOT_PROVOKED.stream().anyMatch(each::endsWith));
        assertThat(promised).as("never provoked").isEmpty();
    }

    private void tourOfPreviews(String previews) {
        client.expect(200, "POST", previews, TRAFFIC + TOUR.substring(1));
        client.expect(400, "POST", previews, "[1]");
        client.expect(413, "POST", previews, " ".repeat(1 << 20) + TOUR);
        client.expect(422, "POST", previews, TOUR);
    }

    private void tourOfExperiments(String all, String one) {
        client.expect(201, "POST", all, TOUR);
        client.expect(409, "POST", all, TOUR);
        client.expect(400, "POST", all, "[1]");
        client.expect(413, "POST", all, " ".repeat(1 << 20) + TOUR);
        client.expect(422, "POST", all, "{\"key\":\"no arms\"}");
        client.expect(200, "GET", all);
        client.expect(200, "GET", one);
        client.expect(404, "GET", all + "/none");
        client.expect(200, "PATCH", one, client.ifMatch("tour"), "{\"name\":\"A tour\"}");
        client.expect(428, "PATCH", one, "{}");
        client.expect(412, "PATCH", one, Map.of("If-Match", "\"1\""), "{}");
        client.expect(400, "PATCH", one, client.ifMatch("tour"), "{");
        client.expect(413, "PATCH", one, client.ifMatch("tour"), " ".repeat(1 << 20) + "{}");
        client.expect(422, "PATCH", one, client.ifMatch("tour"), "{\"key\":\"other\"}");
        client.expect(404, "PATCH", all + "/none", client.ifMatch("tour"), "{}");
        client.expect(409, "GET", one + "/report");
        client.expect(404, "GET", all + "/none/report");
        client.expect(409, "POST", one + "/thaw");
        client.expect(409, "POST", one + "/what-if", EVEN);
        client.expect(201, "POST", all, REVENUE);
        client.expect(422, "POST", all + "/income/start");
        for (String verb : List.of("start", "pause", "resume", "thaw", "arms/b/pause", "arms/b/resume")) {
            verb(one, verb);
        }
        for (String verb : List.of("start", "resume")) {
            client.expect(409, "POST", one + "/" + verb);
        }
        client.expect(409, "DELETE", one);
        client.expect(404, "POST", one + "/arms/none/pause");
        client.expect(200, "GET", one + "/snapshots?points=2");
        client.expect(200, "GET", "/v1/sparks?points=2&days=1");
        client.expect(422, "GET", "/v1/sparks?points=1");
        client.expect(200, "GET", one + "/report");
        tourOfWhatIfs(one + "/what-if", all + "/none/what-if");
        client.expect(404, "GET", all + "/none/snapshots");
        client.expect(422, "GET", one + "/snapshots?from=%2B10000-01-01T00:00:00Z");
        tourOfHistory(one, all + "/none");
    }

    private void tourOfHistory(String one, String none) {
        client.expect(200, "GET", one + "/timeline?limit=3");
        client.expect(200, "GET", one + "/timeline?kinds=action");
        client.expect(422, "GET", one + "/timeline?before=yesterday");
        client.expect(404, "GET", none + "/timeline");
        client.expect(200, "GET", one + "/feed?minutes=600");
        client.expect(422, "GET", one + "/feed?minutes=0");
        client.expect(404, "GET", none + "/feed");
    }

    private void tourOfWhatIfs(String path, String none) {
        client.expect(200, "POST", path, EVEN);
        client.expect(200, "POST", path, "{\"policy\":{\"kind\":\"top-two\"},\"floor\":0.1}");
        client.expect(400, "POST", path, "{");
        client.expect(404, "POST", none, EVEN);
        client.expect(413, "POST", path, " ".repeat(1 << 20) + EVEN);
        client.expect(422, "POST", path, "{\"shares\":{\"a\":0.5}}");
    }

    /// A verb, at the wrong revision, for no experiment, and with an ETag that is none; then as it should be.
    private void verb(String one, String verb) {
        client.expect(412, "POST", one + "/" + verb, Map.of("If-Match", "\"999\""), "");
        client.expect(400, "POST", one + "/" + verb, Map.of("If-Match", "three"), "");
        client.expect(404, "POST", "/v1/experiments/none/" + verb);
        client.expect(200, "POST", one + "/" + verb, client.ifMatch("tour"), "");
    }

    private void tourOfDecisions() {
        String path = "/v1/decisions";
        assertThat(client.ask("tour", "u1").body()).contains("\"reason\":\"allocated\"");
        assertThat(client.ask("tour", "u1").body()).contains("\"reason\":\"sticky\"");
        client.expect(200, "POST", path, "{\"experiments\":[\"tour\",\"none\"],\"unit\":\"u1\"}");
        client.expect(200, "POST", path, "{\"experiment\":\"tour\",\"unit\":\"u1\",\"consent\":false}");
        client.expect(200, "POST", path, "{\"experiment\":\"tour\",\"unit\":\"u1\",\"eligible\":[]}");
        client.expect(200, "POST", path, "{\"experiment\":\"tour\",\"unit\":\"u3\",\"record\":false}");
        client.expect(400, "POST", path, "{");
        client.expect(404, "POST", path, "{\"experiment\":\"none\",\"unit\":\"u1\"}");
        client.expect(413, "POST", path, " ".repeat(1 << 17));
        client.expect(422, "POST", path, "{\"experiment\":\"tour\",\"unit\":1}");
    }

    private void tourOfConversions() {
        String json = "application/json";
        String sale = "{\"id\":\"s1\",\"metric\":\"sale\",\"unit\":\"u1\"}";
        assertThat(client.conversions(202, json, sale).body()).contains("accepted");
        assertThat(client.conversions(202, json, sale).body()).contains("duplicate");
        client.conversions(202, json, "[" + sale + "," + sale.replace("s1", "s2") + "]");
        client.conversions(422, json, "[1,{\"id\":2},{\"id\":\"s3\",\"metric\":\"gone\",\"unit\":\"u1\"}]");
        client.conversions(422, json, sale.replace("sale", "gone"));
        client.conversions(202, "application/x-ndjson", sale + "\n\nnonsense\n");
        client.conversions(400, json, "[]");
        client.conversions(413, json, "[" + sale + ("," + sale).repeat(1_000) + "]");
        client.conversions(415, "text/plain", sale);
    }

    private void tourOfGuardrails() {
        client.expect(200, "GET", KILL_SWITCH);
        client.expect(400, "PUT", KILL_SWITCH, "[");
        client.expect(413, "PUT", KILL_SWITCH, " ".repeat(1 << 20) + ENGAGE);
        client.expect(422, "PUT", KILL_SWITCH, "{\"reason\":\"\"}");
        client.expect(400, "PUT", KILL_SWITCH, Map.of("Bandolier-Actor", "guardrail"), ENGAGE);
        client.expect(200, "PUT", KILL_SWITCH, Map.of("Bandolier-Actor", "kim"), ENGAGE);
        assertThat(client.ask("tour", "u1").body()).contains("\"reason\":\"killed\"");
        client.expect(200, "GET", KILL_SWITCH);
        client.expect(400, "DELETE", KILL_SWITCH, Map.of("Bandolier-Actor", "x".repeat(101)), "");
        client.expect(200, "DELETE", KILL_SWITCH);
        client.expect(200, "GET", "/v1/audit?experiment=tour&limit=2");
        client.expect(200, "GET", "/v1/audit?before=2");
        client.expect(422, "GET", "/v1/audit?limit=0");
        client.expect(200, "GET", "/v1/audit?actor=kim&action=kill-switch-engage&text=CHECKOUT");
        client.expect(200, "GET", "/v1/experiments/tour/report");
        client.expect(200, "GET", "/v1/experiments/tour/timeline");
    }

    private void tourOfQuarantines() {
        String all = "/v1/quarantines";
        String origin = "{\"origin\":\"203.0.113.0/24\",\"reason\":\"odd\"}";
        String location = client.expect(201, "POST", all, origin)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        client.expect(409, "POST", all, origin);
        client.expect(201, "POST", all, "{\"source\":\"elsewhere\",\"reason\":\"odd\"}");
        client.expect(422, "POST", all, "{\"origin\":\"x\"}");
        client.expect(400, "POST", all, "{");
        client.expect(413, "POST", all, " ".repeat(1 << 20) + origin);
        client.expect(200, "GET", all);
        client.expect(400, "DELETE", location, Map.of("Bandolier-Actor", "guardrail"), "");
        client.expect(204, "DELETE", location);
        client.expect(404, "DELETE", location);
    }

    private void tourOfSources(String all, String one) {
        client.expect(201, "POST", all, SOURCE);
        client.expect(409, "POST", all, SOURCE);
        client.expect(400, "POST", all, "{");
        client.expect(413, "POST", all, " ".repeat(1 << 20) + SOURCE);
        client.expect(422, "POST", all, "{\"key\":\"api\"}");
        client.expect(200, "GET", all);
        Map<String, String> seen = Map.of(
                "If-Match",
                client.expect(200, "GET", one).headers().firstValue("ETag").orElseThrow());
        client.expect(404, "GET", all + "/none");
        client.expect(428, "PATCH", one, "{}");
        client.expect(400, "PATCH", one, seen, "{");
        client.expect(413, "PATCH", one, seen, " ".repeat(1 << 20) + "{}");
        client.expect(422, "PATCH", one, seen, "{\"kind\":\"json\"}");
        client.expect(404, "PATCH", all + "/none", seen, "{}");
        client.expect(200, "PATCH", one, seen, "{\"enabled\":false}");
        client.expect(412, "PATCH", one, seen, "{\"enabled\":true}");
        tourOfSecrets(one + "/secrets", seen);
        client.expect(400, "DELETE", one, Map.of("If-Match", "x"), "");
        client.expect(412, "DELETE", one, seen, "");
        client.expect(204, "DELETE", one);
        client.expect(404, "DELETE", one);
        client.expect(404, "POST", one + "/secrets");
    }

    private void tourOfSecrets(String secrets, Map<String, String> stale) {
        client.expect(422, "POST", secrets, "{\"overlap\":\"P31D\"}");
        client.expect(400, "POST", secrets, "[");
        client.expect(413, "POST", secrets, " ".repeat(1 << 20) + "{}");
        client.expect(412, "POST", secrets, stale, "{}");
        String added = secrets + "/"
                + ContractClient.value(
                                "application/json",
                                client.expect(201, "POST", secrets, "{\"overlap\":\"PT1H\"}")
                                        .body())
                        .get("id")
                        .asText();
        client.expect(409, "POST", secrets);
        client.expect(400, "DELETE", added, Map.of("If-Match", "x"), "");
        client.expect(412, "DELETE", added, stale, "");
        client.expect(204, "DELETE", added);
        client.expect(404, "DELETE", added);
        String last = client.expect(200, "GET", "/v1/sources").body().replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
        client.expect(409, "DELETE", secrets + "/" + last);
    }

    private void tourOfReplays() {
        String all = "/v1/replays";
        String replay = "{\"source\":\"api\",\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"2020-01-02T00:00:00Z\","
                + "\"metrics\":{\"sales\":\"sale\"},\"reason\":\"renamed\"}";
        // Nobody attributes, so that the first is not finished when the second is asked for.
        node.sql().update("""
            insert into leases (name, holder, until) values ('attribute', gen_random_uuid(), 'infinity')
            on conflict (name) do update set holder = excluded.holder, until = excluded.until
            """);
        String location = client.expect(202, "POST", all, replay)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        client.expect(409, "POST", all, replay);
        node.sql().update("update leases set until = now() where name = 'attribute'");
        client.expect(422, "POST", all, replay.replace("api", "never"));
        client.expect(400, "POST", all, "{");
        client.expect(413, "POST", all, " ".repeat(1 << 20) + replay);
        client.expect(200, "GET", all);
        client.expect(200, "GET", location);
        client.expect(404, "GET", all + "/999");
    }

    private void tourOfWebhooks(String address, String source) {
        client.expect(201, "POST", "/v1/sources", TILL);
        client.expect(201, "POST", "/v1/sources", TILL.replace("till", "events").replace("json", "cloudevents"));
        String sale = "{\"id\":\"w1\",\"metric\":\"sale\",\"unit\":\"u1\"}";
        client.expect(202, "POST", address, KNOWN, "[" + sale + ",{\"id\":\"w2\"}," + sale + "]");
        client.expect(400, "POST", address, KNOWN, "{");
        client.expect(401, "POST", address, sale);
        client.expect(404, "POST", "/v1/webhooks/none", sale);
        client.expect(413, "POST", address, KNOWN, " ".repeat(1 << 20) + sale);
        Map<String, String> text = new HashMap<>(KNOWN);
        text.put("Content-Type", "text/plain");
        client.expect(415, "POST", address, text, sale);
        Map<String, String> asking = Map.of("WebHook-Request-Origin", "shop.example");
        client.expect(200, "OPTIONS", "/v1/webhooks/events", asking, "");
        client.expect(404, "OPTIONS", "/v1/webhooks/none", asking, "");
        client.expect(405, "OPTIONS", address, asking, "");
        client.expect(200, "POST", source + "/dry-run", "{\"body\":" + sale + "}");
        client.expect(400, "POST", source + "/dry-run", "{");
        client.expect(404, "POST", "/v1/sources/none/dry-run", "{\"body\":" + sale + "}");
        client.expect(413, "POST", source + "/dry-run", " ".repeat(1 << 20) + "{\"body\":" + sale + "}");
        client.expect(422, "POST", source + "/dry-run", "{}");
        client.expect(200, "PATCH", source, Map.of("If-Match", "\"1\""), "{\"enabled\":false}");
        client.expect(403, "POST", address, KNOWN, sale);
        client.expect(200, "GET", source + "/reconciliation?days=1");
        client.expect(404, "GET", "/v1/sources/none/reconciliation");
        client.expect(422, "GET", source + "/reconciliation?days=0");
        client.expect(200, "GET", "/v1/reconciliation");
        client.expect(422, "GET", "/v1/reconciliation?days=91");
        client.expect(200, "PATCH", source, Map.of("If-Match", "\"2\""), "{\"enabled\":true}");
        client.expect(202, "POST", address, KNOWN, sale);
    }

    private void tourOfTheFeed() throws IOException {
        try (ContractFeed feed = new ContractFeed(client.contract(), node.address())) {
            client.expect(503, "GET", "/v1/live");
            client.expect(200, "POST", "/v1/experiments/tour/pause");
            client.expect(200, "POST", "/v1/experiments/tour/resume");
            Runnable sale = () -> client.conversions(202, "application/json", "{\"metric\":\"sale\",\"unit\":\"u1\"}");
            sale.run();
            client.expect(200, "PUT", KILL_SWITCH, ENGAGE);
            client.expect(200, "DELETE", KILL_SWITCH);
            Planted planted = new Planted(node.sql());
            AtomicInteger sales = new AtomicInteger();
            feed.awaitEveryKind(() -> {
                sale.run();
                // Only now and then: what has changed under a snapshot that stays is shown once a second.
                if (sales.getAndIncrement() % 40 == 0) {
                    planted.verdicts("tour", Planted.EVERY_KIND);
                }
            });
        }
    }

    private void tourOfTheEnd() {
        String one = "/v1/experiments/tour";
        verb(one, "end");
        client.expect(409, "POST", one + "/end");
        client.expect(409, "POST", one + "/pause");
        client.expect(412, "DELETE", one, Map.of("If-Match", "\"1\""), "");
        client.expect(400, "DELETE", one, Map.of("If-Match", "x"), "");
        client.expect(204, "DELETE", one);
        client.expect(404, "DELETE", one);
        client.expect(404, "POST", one + "/arms/b/resume");
        for (String path : List.of("/health/live", "/health/ready", "/openapi.yaml")) {
            client.expect(200, "GET", path);
        }
        client.expect(201, "POST", "/v1/experiments", TOUR);
        client.expect(200, "POST", one + "/start");
    }

    private void tourWithoutDatabase() {
        String one = "/v1/experiments/tour";
        assertThat(client.ask("tour", "new").body()).contains("\"reason\":\"fallback\"");
        client.expect(503, "POST", "/v1/experiments", TOUR);
        client.expect(
                503,
                "POST",
                "/v1/previews",
                TRAFFIC + TOUR.replace("\"tour\",", "\"later\"," + WARM).substring(1));
        client.expect(503, "GET", one);
        client.expect(503, "GET", one + "/snapshots");
        client.expect(503, "POST", one + "/what-if", EVEN);
        client.expect(503, "GET", one + "/timeline");
        client.expect(503, "GET", one + "/feed?minutes=61");
        client.expect(503, "PATCH", one, Map.of("If-Match", "\"2\""), "{}");
        client.expect(503, "DELETE", one);
        for (String verb : List.of("start", "pause", "resume", "end", "thaw", "arms/b/pause", "arms/b/resume")) {
            client.expect(503, "POST", one + "/" + verb);
        }
        client.conversions(503, "application/json", "{\"metric\":\"sale\",\"unit\":\"u1\"}");
        client.expect(503, "GET", "/v1/audit");
        client.expect(503, "GET", "/v1/sparks?points=3");
        client.expect(503, "GET", KILL_SWITCH);
        client.expect(503, "PUT", KILL_SWITCH, ENGAGE);
        client.expect(503, "DELETE", KILL_SWITCH);
        client.expect(503, "GET", "/v1/quarantines");
        client.expect(503, "POST", "/v1/quarantines", "{\"source\":\"x\",\"reason\":\"odd\"}");
        client.expect(503, "DELETE", "/v1/quarantines/1");
        client.expect(503, "GET", "/v1/replays");
        client.expect(503, "GET", "/v1/replays/1");
        client.expect(
                503,
                "POST",
                "/v1/replays",
                "{\"source\":\"x\",\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"2020-01-02T00:00:00Z\",\"reason\":\"odd\"}");
        client.expect(503, "POST", "/v1/webhooks/till", KNOWN, "{\"id\":\"w9\",\"metric\":\"sale\",\"unit\":\"u1\"}");
        client.expect(503, "POST", "/v1/sources/till/dry-run", "{\"body\":{}}");
        client.expect(503, "GET", "/v1/reconciliation");
        client.expect(503, "GET", "/v1/sources/till/reconciliation");
        client.expect(503, "OPTIONS", "/v1/webhooks/none");
        client.expect(503, "GET", "/health/ready");
        sourcesWithoutDatabase("/v1/sources", "/v1/sources/shop");
    }

    private void sourcesWithoutDatabase(String all, String one) {
        client.expect(503, "GET", all);
        client.expect(503, "POST", all, SOURCE);
        client.expect(503, "GET", one);
        client.expect(503, "PATCH", one, Map.of("If-Match", "\"2\""), "{}");
        client.expect(503, "DELETE", one);
        client.expect(503, "POST", one + "/secrets");
        client.expect(503, "DELETE", one + "/secrets/1");
    }

    /// Every kind of answer that the contract promises, as [ContractClient#seen] names them.
    private Set<String> promised() {
        Set<String> promised = new TreeSet<>();
        for (ContractDocument.Operation operation : client.contract().operations()) {
            operation.node().get("responses").properties().forEach(each -> {
                JsonNode content = client.contract().resolve(each.getValue()).path("content");
                String answer = operation.name() + " " + each.getKey();
                if (content.isMissingNode()) {
                    promised.add(answer);
                }
                content.fieldNames().forEachRemaining(type -> promised.add(answer + " " + type));
            });
        }
        return promised;
    }
}
