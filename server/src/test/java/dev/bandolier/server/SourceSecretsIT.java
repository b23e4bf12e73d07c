package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A secret is shown by the one answer that made it: not by another one, not in a table, not in the log.
final class SourceSecretsIT {

    private static final String ALL = "/v1/sources";
    private static final String GIVEN = "a-secret-given-by-its-owner-7f3a";
    private static final String GIVEN_LATER = "a-secret-given-somewhat-later-9c2e";

    private static final List<String> LINES = Collections.synchronizedList(new ArrayList<>());
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OURS = Logger.getLogger("dev.bandolier");
    private static final Handler HANDLER = new Handler() {
        @Override
        public void publish(LogRecord line) {
            String message = String.valueOf(line.getMessage());
            LINES.add(line.getParameters() == null ? message : MessageFormat.format(message, line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private static Site site;
    private static Api api;

    @BeforeAll
    static void open() {
        ROOT.addHandler(HANDLER);
        OURS.setLevel(Level.ALL);
        HANDLER.setLevel(Level.ALL);
        site = Site.fresh();
        api = site.node();
    }

    @AfterAll
    static void close() {
        OURS.setLevel(null);
        ROOT.removeHandler(HANDLER);
        site.close();
    }

    @Test
    void secrets_afterTheyWereMadeOrGiven_areNowhere() {
        List<String> secrets = new ArrayList<>(List.of(GIVEN, GIVEN_LATER));
        List<String> answers = new ArrayList<>();
        for (String kind : List.of("standard-webhooks", "segment", "cloudevents", "json")) {
            JsonObject made = create(new JsonObject().put("key", "made-" + kind).put("kind", kind));
            secrets.add(made.getString("secret"));
            JsonObject turned =
                    api.post(ALL + "/made-" + kind + "/secrets").with(201).json();
            secrets.add(turned.getString("secret"));
        }
        for (String kind : List.of("stripe", "shopify", "json")) {
            String key = "given-" + kind;
            JsonObject source = new JsonObject().put("key", key).put("kind", kind);
            answers.add(create(source.put("secret", GIVEN)).encode());
            String later = new JsonObject().put("secret", GIVEN_LATER).encode();
            answers.add(api.post(ALL + "/" + key + "/secrets", later).with(201).text());
            answers.add(api.post(ALL + "/" + key + "/secrets", later).with(409).text());
            answers.add(api.patch(ALL + "/" + key, "\"2\"", new JsonObject().put("enabled", false))
                    .with(200)
                    .text());
            // Said in the wrong place, a secret is refused without being repeated.
            answers.add(api.patch(ALL + "/" + key, "\"3\"", new JsonObject().put("secret", GIVEN_LATER))
                    .with(422)
                    .text());
            answers.add(api.post(
                            ALL,
                            source.put("key", "?").put("secret", GIVEN + "\n").encode())
                    .with(422)
                    .text());
            answers.add(api.get(ALL + "/" + key).with(200).text());
        }
        api.send("DELETE", ALL + "/given-json", BodyPublishers.noBody()).with(204);
        answers.add(api.get(ALL).with(200).text());
        answers.add(api.get("/v1/audit?limit=200").with(200).text());

        assertThat(secrets).hasSize(10).doesNotContainNull().doesNotHaveDuplicates();
        for (String secret : secrets) {
            assertThat(answers).noneMatch(each -> each.contains(secret));
            assertThat(LINES).noneMatch(each -> each.contains(secret));
            assertNowhereStored(secret);
        }
        assertThat(String.join("\n", answers)).contains(GIVEN.substring(GIVEN.length() - 4));
        assertThat(site.sql()
                        .rows("select count(*), count(distinct substr(sealed, 1, 12)) from source_secrets x"
                                + " join sources s on s.id = x.source where s.key like 'made-%'"))
                .containsExactly(List.of("8", "8"));
    }

    /// What looks for a secret in tables and in the log finds one that is there.
    @Test
    void theSearch_ofWhatIsThere_findsIt() {
        create(new JsonObject().put("key", "findable").put("kind", "json"));
        OURS.log(Level.FINE, "findable");

        assertThat(places("findable")).contains("sources", "audit");
        assertThat(LINES).contains("findable");
    }

    private static JsonObject create(JsonObject source) {
        return api.post(ALL, source.encode()).with(201).json();
    }

    /// As text, in hexadecimal as Postgres shows bytes, or as the bytes that the text stands for.
    private static void assertNowhereStored(String secret) {
        assertThat(places(secret)).isEmpty();
        assertThat(places(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
        if (secret.startsWith("whsec_")) {
            byte[] bytes = Base64.getDecoder().decode(secret.substring("whsec_".length()));
            assertThat(places(HexFormat.of().formatHex(bytes))).isEmpty();
        }
    }

    private static List<String> places(String text) {
        return site.sql().column("""
            select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
            """).stream()
                .filter(table ->
                        site.sql().number("select count(*) from " + table + " t where strpos(t::text, ?) > 0", text)
                                > 0)
                .toList();
    }
}
