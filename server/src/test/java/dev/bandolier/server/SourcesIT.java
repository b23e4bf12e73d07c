package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.Api.Answer;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.Source;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sources as their owners set them up: created, changed, deleted, and given other secrets, on either of two nodes.
final class SourcesIT {

    private static final String ALL = "/v1/sources";

    @AutoClose
    private static Site site;

    private static Api one;
    private static Api other;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        one = site.node();
        other = site.node();
    }

    @Test
    void source_created_isShownWithItsDefaults() {
        JsonObject created = create("plain", "standard-webhooks");

        assertThat(created.getString("secret")).startsWith("whsec_").hasSizeGreaterThan(32);
        assertThat(created.getBoolean("enabled")).isTrue();
        assertThat(created.getJsonObject("options")).isEmpty();
        assertThat(created.getString("address")).isEqualTo("/v1/webhooks/plain");
        assertThat(created.getLong("revision")).isEqualTo(1);
        assertThat(created.getString("changedAt")).isEqualTo(created.getString("createdAt"));
        JsonObject secret = created.getJsonArray("secrets").getJsonObject(0);
        assertThat(created.getString("secret")).endsWith(secret.getString("hint"));
        assertThat(secret.getString("hint")).hasSize(4);
        assertThat(secret.containsKey("expiresAt")).isFalse();
        created.remove("secret");
        assertThat(other.get(ALL + "/plain").with(200).json()).isEqualTo(created);
        assertThat(listed(other)).contains(created);
    }

    @Test
    void created_saysWhereItIsAndIsNotKeptByCaches() {
        Answer answer = one.post(ALL, body("where", "json").encode()).with(201);

        assertThat(answer.header("Location")).hasValue("/v1/sources/where");
        assertThat(answer.header("ETag")).hasValue("\"1\"");
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        assertThat(one.post(ALL + "/where/secrets").with(201).header("Cache-Control"))
                .hasValue("no-store");
    }

    @Test
    void source_changedOnOneNode_isChangedOnTheOther() {
        create("switch", "json");
        JsonObject off = new JsonObject().put("enabled", false).put("options", new JsonObject());
        Answer changed = one.patch(ALL + "/switch", "\"1\"", off).with(200);

        assertThat(changed.header("ETag")).hasValue("\"2\"");
        assertThat(other.get(ALL + "/switch").json()).isEqualTo(changed.json());
        assertThat(changed.json().getBoolean("enabled")).isFalse();
        other.patch(ALL + "/switch", "\"1\"", off).with(412);
        JsonObject on = other.patch(ALL + "/switch", "\"2\"", new JsonObject().put("enabled", null))
                .with(200)
                .json();
        assertThat(on.getBoolean("enabled")).isTrue();
        assertThat(on.getLong("revision")).isEqualTo(3);
    }

    @Test
    void key_ofADeletedSource_isFreeAgain() {
        create("again", "json");
        one.send("DELETE", ALL + "/again", BodyPublishers.noBody(), "If-Match", "\"2\"")
                .with(412);
        delete("/again").with(204);

        other.get(ALL + "/again").with(404);
        delete("/again").with(404);
        assertThat(site.sql()
                        .number("select count(*) from source_secrets x join sources s on s.id = x.source"
                                + " where s.key = 'again'"))
                .isZero();
        assertThat(create("again", "segment").getLong("revision")).isEqualTo(1);
        assertThat(site.sql().number("select count(*) from sources where key = 'again'"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"kind":"json"}                                                        | key
        {"key":"","kind":"json"}                                               | key
        {"key":"a b","kind":"json"}                                            | key
        {"key":"api","kind":"json"}                                            | key
        {"key":1,"kind":"json"}                                                | key
        {"key":"x"}                                                            | kind
        {"key":"x","kind":"fax"}                                               | kind
        {"key":"x","kind":"json","enabled":"yes"}                              | enabled
        {"key":"x","kind":"json","options":[]}                                 | options
        {"key":"x","kind":"json","options":{"colour":"red"}}                   | options.colour
        {"key":"x","kind":"json","secret":1}                                   | secret
        {"key":"x","kind":"json","secret":"short"}                             | secret
        {"key":"x","kind":"json","secret":"a tab\\tin sixteen characters"}     | secret
        {"key":"x","kind":"standard-webhooks","secret":"sixteen or more of them"} | secret
        {"key":"x","kind":"stripe"}                                            | secret
        {"key":"x","kind":"shopify","secret":null}                             | secret
        {"key":"x","kind":"json","revision":1}                                 | revision
        """)
    void source_withAWrongField_isRefusedByItsName(String body, String field) {
        JsonArray errors = one.post(ALL, body).with(422).json().getJsonArray("errors");

        assertThat(errors).hasSize(1);
        assertThat(errors.getJsonObject(0).getString("field")).isEqualTo(field);
        one.get(ALL + "/x").with(404);
    }

    @Test
    void source_withSeveralWrongFields_isRefusedWithAllOfThem() {
        String body = "{\"key\":\"?\",\"kind\":\"stripe\",\"options\":{\"colour\":1},\"secret\":\"short\",\"x\":1}";
        JsonArray errors = one.post(ALL, body).with(422).json().getJsonArray("errors");

        assertThat(fields(errors)).containsExactlyInAnyOrder("key", "options.colour", "secret", "x");
        String huge = body("huge", "json")
                .put("options", new JsonObject().put("colour", "x".repeat(16_384)))
                .encode();
        assertThat(fields(one.post(ALL, huge).with(422).json().getJsonArray("errors")))
                .containsExactly("options");
    }

    @Test
    void change_withAWrongField_changesNothing() {
        create("firm", "json");
        for (String wrong : List.of("key", "kind", "secret", "revision")) {
            JsonObject body = new JsonObject().put(wrong, "json").put("enabled", false);
            JsonArray errors =
                    one.patch(ALL + "/firm", "\"1\"", body).with(422).json().getJsonArray("errors");
            assertThat(fields(errors)).containsExactly(wrong);
        }
        JsonObject odd = new JsonObject().put("options", new JsonObject().put("colour", 1));
        assertThat(fields(
                        one.patch(ALL + "/firm", "\"1\"", odd).with(422).json().getJsonArray("errors")))
                .containsExactly("options.colour");
        one.send("PATCH", ALL + "/firm", BodyPublishers.ofString("{}")).with(428);
        one.patch(ALL + "/firm", "one", new JsonObject()).with(400);
        one.patch(ALL + "/none", "\"1\"", new JsonObject()).with(404);
        assertThat(one.get(ALL + "/firm").json().getLong("revision")).isEqualTo(1);
    }

    @Test
    void rotation_withAnOverlap_hasTwoValidSecretsUntilItEnds() {
        String first = idOf(create("turning", "json"));
        Answer added =
                one.post(ALL + "/turning/secrets", "{\"overlap\":\"PT2S\"}").with(201);
        Instant end = Instant.parse(secrets(other, "turning").getJsonObject(0).getString("expiresAt"));

        assertThat(added.json().getString("secret")).hasSizeGreaterThan(16);
        assertThat(ids("turning")).containsExactly(first, added.json().getString("id"));
        assertThat(Duration.between(Instant.parse(added.json().getString("addedAt")), end))
                .isEqualTo(Duration.ofSeconds(2));
        String conflict = other.post(ALL + "/turning/secrets").with(409).json().getString("detail");
        assertThat(conflict).contains(first);
        Eventually.holds(
                "the first secret has expired",
                Duration.ofSeconds(10),
                () -> ids("turning").size() == 1);
        assertThat(Instant.now()).isAfterOrEqualTo(end);
        assertThat(ids("turning")).containsExactly(added.json().getString("id"));
        removeSecret("turning", first).with(404);
        removeSecret("turning", added.json().getString("id")).with(409);
        other.post(ALL + "/turning/secrets").with(201);
        assertThat(site.sql().number("select count(*) from source_secrets where id = ?", UUID.fromString(first)))
                .isZero();
        assertThat(one.get(ALL + "/turning").json().getLong("revision")).isEqualTo(3);
    }

    @Test
    void rotation_withoutAnOverlap_leavesOne() {
        create("hasty", "stripe", "whsec_of-the-old-endpoint");
        one.post(ALL + "/hasty/secrets", "{\"overlap\":\"PT0S\"}").with(422);
        JsonObject added = one.post(
                        ALL + "/hasty/secrets", "{\"overlap\":\"PT0S\",\"secret\":\"whsec_of-the-new-endpoint\"}")
                .with(201)
                .json();

        assertThat(added.fieldNames()).containsExactlyInAnyOrder("id", "hint", "addedAt");
        assertThat(ids("hasty")).containsExactly(added.getString("id"));
        for (String wrong : List.of("P31D", "PT-1S", "a day")) {
            String body = "{\"secret\":\"whsec_of-the-new-endpoint\",\"overlap\":\"" + wrong + "\"}";
            assertThat(fields(one.post(ALL + "/hasty/secrets", body)
                            .with(422)
                            .json()
                            .getJsonArray("errors")))
                    .containsExactly("overlap");
        }
    }

    @Test
    void rotation_takenBack_leavesTheFirstForGood() {
        String first = idOf(create("doubtful", "json"));
        String second = one.post(ALL + "/doubtful/secrets").with(201).json().getString("id");
        assertThat(secrets(one, "doubtful").getJsonObject(0).containsKey("expiresAt"))
                .isTrue();
        removeSecret("doubtful", second).with(204);

        assertThat(ids("doubtful")).containsExactly(first);
        assertThat(secrets(one, "doubtful").getJsonObject(0).containsKey("expiresAt"))
                .isFalse();
        removeSecret("doubtful", first).with(409);
        removeSecret("doubtful", "nonsense").with(404);
        one.send("POST", ALL + "/doubtful/secrets", BodyPublishers.noBody(), "If-Match", "\"1\"")
                .with(412);
        one.post(ALL + "/none/secrets").with(404);
    }

    @Test
    void manyAtOnce_createOneKey_oneDoes() {
        List<Integer> answers = Crowd.each(
                8,
                IntStream.range(0, 16).boxed().toList(),
                i -> (i % 2 == 0 ? one : other)
                        .post(ALL, body("contested", "json").encode())
                        .status());

        assertThat(answers).containsOnlyOnce(201).containsOnly(201, 409);
        assertThat(site.sql().number("select count(*) from sources where key = 'contested'"))
                .isEqualTo(1);
        assertThat(ids("contested")).hasSize(1);
    }

    @Test
    void manyAtOnce_addASecret_oneDoes() {
        create("crowded", "json");
        List<Integer> answers = Crowd.each(
                8,
                IntStream.range(0, 16).boxed().toList(),
                i -> (i % 2 == 0 ? one : other).post(ALL + "/crowded/secrets").status());

        assertThat(answers).containsOnlyOnce(201).isSubsetOf(201, 409, 412);
        assertThat(ids("crowded")).hasSize(2);
    }

    @Test
    void sources_beyondTheMost_areRefused() {
        try (Site small = Site.fresh()) {
            Api node = small.node(Map.of("BANDOLIER_SOURCES_MAX", "3"));
            List<Integer> answers = Crowd.each(
                    8,
                    Crowd.units("s", 12),
                    key -> node.post(ALL, body(key, "json").encode()).status());

            assertThat(answers).containsOnly(201, 409);
            assertThat(listed(node)).hasSize(3);
            String free = listed(node).getFirst().getString("key");
            node.send("DELETE", ALL + "/" + free, BodyPublishers.noBody()).with(204);
            node.post(ALL, body("free", "json").encode()).with(201);
            assertThat(node.post(ALL, body("more", "json").encode()).with(409).text())
                    .contains("BANDOLIER_SOURCES_MAX");
        }
    }

    @Test
    void everyChange_isInTheAuditLog() {
        create("watched", "json");
        one.patch(ALL + "/watched", "\"1\"", new JsonObject().put("enabled", false))
                .with(200);
        String added = one.send("POST", ALL + "/watched/secrets", BodyPublishers.noBody(), "Bandolier-Actor", "kim")
                .with(201)
                .json()
                .getString("id");
        removeSecret("watched", added).with(204);
        delete("/watched").with(204);

        assertThat(site.sql().rows("select action, actor from audit where detail ->> 'source' = 'watched' order by id"))
                .containsExactly(
                        List.of("create-source", "api"),
                        List.of("change-source", "api"),
                        List.of("add-secret", "kim"),
                        List.of("delete-secret", "api"),
                        List.of("delete-source", "api"));
        assertThat(site.sql().column("select note from audit where detail ->> 'source' = 'watched' order by id"))
                .element(1)
                .isEqualTo("disabled source 'watched'");
    }

    @Test
    void sources_readFromTheTable_areThoseOfTheApi() {
        create("stored", "cloudevents");
        one.post(ALL + "/stored/secrets").with(201);
        Ledger ledger = site.ledger();
        Source stored = ledger.sources().find(ledger.pool(), "stored").orElseThrow();

        assertThat(ledger.sources().all(ledger.pool()))
                .contains(stored)
                .isSortedAccordingTo((a, b) -> a.key().compareTo(b.key()));
        assertThat(stored.secrets()).extracting(each -> each.id().toString()).isEqualTo(ids("stored"));
        assertThat(stored.secrets().getFirst().expiresAt()).isPresent();
        assertThat(ledger.sources().find(ledger.pool(), "none")).isEmpty();
    }

    private static JsonObject body(String key, String kind) {
        return new JsonObject().put("key", key).put("kind", kind);
    }

    private static JsonObject create(String key, String kind) {
        return one.post(ALL, body(key, kind).encode()).with(201).json();
    }

    private static void create(String key, String kind, String secret) {
        JsonObject created = one.post(ALL, body(key, kind).put("secret", secret).encode())
                .with(201)
                .json();
        assertThat(created.containsKey("secret")).isFalse();
    }

    private static Answer delete(String source) {
        return one.send("DELETE", ALL + source, BodyPublishers.noBody());
    }

    private static Answer removeSecret(String source, String id) {
        return other.send("DELETE", ALL + "/" + source + "/secrets/" + id, BodyPublishers.noBody());
    }

    private static List<JsonObject> listed(Api node) {
        return node.get(ALL).with(200).json().getJsonArray("sources").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static JsonArray secrets(Api node, String source) {
        return node.get(ALL + "/" + source).with(200).json().getJsonArray("secrets");
    }

    private static List<String> ids(String source) {
        return secrets(other, source).stream()
                .map(each -> ((JsonObject) each).getString("id"))
                .toList();
    }

    private static String idOf(JsonObject created) {
        return created.getJsonArray("secrets").getJsonObject(0).getString("id");
    }

    private static List<String> fields(JsonArray errors) {
        return errors.stream()
                .map(each -> ((JsonObject) each).getString("field"))
                .toList();
    }
}
