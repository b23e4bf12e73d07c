package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bandolier.server.ContractDocument.Operation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Sends requests to a node and holds every answer, and every request that succeeds, against the contract.
final class ContractClient implements AutoCloseable {

    private static final String JSON_TYPE = "application/json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ContractDocument contract = ContractDocument.read();
    private final Set<String> seen = new TreeSet<>();
    private final String address;

    ContractClient(String address) {
        this.address = address;
    }

    /// Every kind of answer that was seen, as in `POST /v1/decisions 200 application/json`.
    Set<String> seen() {
        return seen;
    }

    ContractDocument contract() {
        return contract;
    }

    /// Sends a request; the answer has this status and is as the contract says, or this fails.
    HttpResponse<String> expect(int status, String method, String target, Map<String, String> headers, String body) {
        HttpResponse<String> answer = send(method, target, headers, body);
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, target, answer.body())
                .isEqualTo(status);
        return answer;
    }

    HttpResponse<String> expect(int status, String method, String target, String body) {
        return expect(status, method, target, Map.of(), body);
    }

    HttpResponse<String> expect(int status, String method, String target) {
        return expect(status, method, target, "");
    }

    /// The header that names the current revision of an experiment.
    Map<String, String> ifMatch(String experiment) {
        HttpResponse<String> now = expect(200, "GET", "/v1/experiments/" + experiment);
        return Map.of("If-Match", now.headers().firstValue("ETag").orElseThrow());
    }

    HttpResponse<String> conversions(int status, String type, String body) {
        return expect(status, "POST", "/v1/conversions", Map.of("Content-Type", type), body);
    }

    HttpResponse<String> ask(String experiment, String unit) {
        return expect(
                200, "POST", "/v1/decisions", "{\"experiment\":\"" + experiment + "\",\"unit\":\"" + unit + "\"}");
    }

    private HttpResponse<String> send(String method, String target, Map<String, String> headers, String body) {
        String path = target.replaceAll("\\?.*", "");
        Operation operation = contract.operation(method, path)
                .orElseThrow(() -> new AssertionError("the contract has no " + method + " " + path));
        HttpResponse<String> answer = sendAnything(method, target, headers, body);
        check(operation, answer);
        if (answer.statusCode() < 300 && !body.isEmpty()) {
            String type = headers.getOrDefault("Content-Type", JSON_TYPE);
            JsonNode schema =
                    operation.node().at("/requestBody/content").path(type).path("schema");
            assertThat(contract.faults(schema, value(type, body)))
                    .as("%s accepted %s", operation.name(), body)
                    .isEmpty();
        }
        return answer;
    }

    /// Sends a request that the contract need not know.
    HttpResponse<String> sendAnything(String method, String target, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + target))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + target, e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private void check(Operation operation, HttpResponse<String> answer) {
        JsonNode responses = operation.node().get("responses");
        String status = Integer.toString(answer.statusCode());
        String said = operation.name() + " " + status + " " + answer.body();
        String declared = responses.has(status) ? status : "default";
        assertThat(responses.has(declared)).as(said).isTrue();
        JsonNode response = contract.resolve(responses.get(declared));
        checkHeaders(said, response, answer);
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (type.isEmpty()) {
            assertThat(response.has("content")).as(said).isFalse();
            assertThat(answer.body()).as(said).isEmpty();
        } else {
            JsonNode schema = response.path("content").path(type).path("schema");
            assertThat(schema.isMissingNode()).as("%s as %s", said, type).isFalse();
            assertThat(contract.faults(schema, value(type, answer.body())))
                    .as(said)
                    .isEmpty();
        }
        seen.add((operation.name() + " " + declared + " " + type).strip());
    }

    private void checkHeaders(String said, JsonNode response, HttpResponse<String> answer) {
        response.path("headers").properties().forEach(each -> {
            JsonNode header = contract.resolve(each.getValue());
            Optional<String> value = answer.headers().firstValue(each.getKey());
            assertThat(value).as("%s: %s", said, each.getKey()).isPresent();
            assertThat(contract.faults(header.get("schema"), TextNode.valueOf(value.orElseThrow())))
                    .as("%s: %s", said, each.getKey())
                    .isEmpty();
        });
    }

    /// The value of a body: parsed if it is JSON, else the text.
    static JsonNode value(String type, String body) {
        try {
            boolean json = type.equals(JSON_TYPE) || type.endsWith("+json");
            return json ? ContractDocument.JSON.readTree(body) : TextNode.valueOf(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(type + ": " + body, e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
