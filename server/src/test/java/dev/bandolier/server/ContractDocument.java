package dev.bandolier.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/// The contract as a test reads it: operations by method and path, and schemas that values are held against.
public final class ContractDocument {

    /// Reads values to hold against it.
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete", "head", "options");
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final JsonNode root;

    /// A method and a path, and what the contract says of them.
    record Operation(String method, String path, JsonNode node) {

        /// The text that names it, as in `GET /v1/live`.
        String name() {
            return method + " " + path;
        }

        boolean takes(String someMethod, String somePath) {
            return method.equals(someMethod) && somePath.matches(path.replaceAll("\\{[a-z]+}", "[^/]+"));
        }
    }

    private ContractDocument(JsonNode root) {
        this.root = root;
    }

    /// The contract that the server answers by.
    public static ContractDocument read() {
        try (InputStream in = ContractDocument.class.getResourceAsStream("/openapi.yaml")) {
            Object yaml = new Yaml().load(in);
            return new ContractDocument(JSON.valueToTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All of it.
    public JsonNode root() {
        return root;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(each -> METHODS.contains(each.getKey()))
                        .forEach(each -> operations.add(new Operation(
                                each.getKey().toUpperCase(Locale.ROOT), path.getKey(), each.getValue()))));
        return operations;
    }

    Optional<Operation> operation(String method, String path) {
        return operations().stream().filter(each -> each.takes(method, path)).findFirst();
    }

    /// The node itself, or what its `$ref` points to.
    JsonNode resolve(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isMissingNode()
                ? node
                : resolve(root.at(reference.asText().substring(1)));
    }

    /// Every `$ref` of the document.
    List<String> references() {
        return root.findValuesAsText("$ref");
    }

    /// What is wrong with a value, held against a schema of this document; nothing if it fits.
    public List<String> faults(JsonNode schema, JsonNode value) {
        ObjectNode whole = JSON.createObjectNode();
        whole.putArray("allOf").add(schema);
        whole.set("components", root.get("components"));
        return texts(SCHEMAS.getSchema(whole, STRICT).validate(value));
    }

    /// What is wrong with a schema as such.
    static List<String> faultsOfSchema(JsonNode schema) {
        return texts(
                SCHEMAS.getSchema(SchemaLocation.of(SchemaId.V202012), STRICT).validate(schema));
    }

    static List<JsonNode> elements(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false).toList();
    }

    private static List<String> texts(Set<ValidationMessage> messages) {
        return messages.stream().map(ValidationMessage::toString).toList();
    }
}
