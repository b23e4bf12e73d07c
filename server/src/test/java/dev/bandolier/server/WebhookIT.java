package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.Platforms.Message;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Deliveries of platforms over HTTP, on two nodes with one database: what is genuine is learned from, once, and taken
/// back; what is not leaves nothing but a count.
final class WebhookIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final AtomicLong NUMBERS = new AtomicLong(1);

    @AutoClose
    private static Site site;

    private static Api api;
    private static Api other;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
        other = site.node();
        for (Platforms each : Platforms.values()) {
            api.start(Definitions.of(each.kind(), "a", "b"));
            each.setUp(api);
        }
    }

    @ParameterizedTest
    @EnumSource
    void order_isLearned_andItsRefundTakesItBack(Platforms platform) {
        String unit = "visitor of " + platform.kind();
        api.decide(platform.kind(), unit);
        List<String> before = site.books().settled().stored(platform.kind());
        long number = NUMBERS.getAndIncrement();
        Instant now = Instant.now();

        JsonObject order = platform.deliver(api, platform.order(number, unit, now))
                .with(202)
                .json();

        assertThat(order.getInteger("accepted")).as(order.encode()).isEqualTo(1);
        assertThat(order.getJsonArray("items").getJsonObject(0).getString("id")).isEqualTo(platform.id(number));
        assertThat(order.getJsonArray("items").getJsonObject(0).getString("status"))
                .isEqualTo("accepted");
        // Committed when it is answered.
        assertThat(site.sql()
                        .rows(
                                "select metric, value, currency from conversions where source = ? and event_id = ?",
                                platform.kind(),
                                platform.id(number)))
                .containsExactly(List.of("purchase", "4990", "EUR"));
        assertThat(site.books().settled().totals(platform.kind())).containsExactly("1", "1", "1", "4990");

        JsonObject refund = platform.deliver(other, platform.refund(number, unit, now))
                .with(202)
                .json();

        assertThat(refund.getInteger("accepted")).as(refund.encode()).isEqualTo(1);
        assertThat(site.books().settled().totals(platform.kind())).containsExactly("1", "0", "0", "0");
        assertThat(site.books().stored(platform.kind())).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void delivery_tenTimesAtOnceOnTwoNodes_isAcceptedOnce(Platforms platform) {
        long number = NUMBERS.getAndIncrement();
        Message order = platform.order(number, "anybody", Instant.now());

        List<JsonObject> answers = Crowd.each(
                10,
                IntStream.range(0, 10).boxed().toList(),
                i -> platform.deliver(i % 2 == 0 ? api : other, order).with(202).json());

        assertThat(answers.stream()
                        .mapToInt(each -> each.getInteger("accepted"))
                        .sum())
                .isEqualTo(1);
        assertThat(answers.stream()
                        .mapToInt(each -> each.getInteger("duplicates"))
                        .sum())
                .isEqualTo(9);
        assertThat(stored(platform, number)).isEqualTo(1);
    }

    @Test
    void event_thatIsNotSound_isRefusedByNameAndPlace() {
        Platforms platform = Platforms.JSON;
        String token = api.decide("json", "bearer").getString("decision");
        JsonObject order = new JsonObject().put("metric", "purchase").put("decision", token);

        assertThat(item(platform, order.copy().put("id", "t1"))).containsEntry("status", "accepted");
        assertThat(item(platform, order.copy().put("id", "t2").put("unit", "another")))
                .containsEntry("status", "refused")
                .containsEntry("field", "unit")
                .containsEntry("place", "/unit");
        assertThat(item(platform, order.copy().put("id", "t3").put("decision", token + "x")))
                .containsEntry("field", "decision");
        assertThat(item(platform, order.copy())).containsEntry("field", "id");
        String future = Instant.now().plus(Duration.ofMinutes(11)).toString();
        assertThat(item(platform, order.copy().put("id", "t4").put("at", future)))
                .containsEntry("field", "at");
        assertThat(site.sql().column("select event_id from conversions where source = 'json' and event_id like 't_'"))
                .containsExactly("t1");
    }

    /// A delivery that is refused as a whole.
    private record Refused(String what, int status, String reason, String source, Sending sending) {

        @Override
        public String toString() {
            return what;
        }
    }

    @FunctionalInterface
    private interface Sending {
        Api.Answer send(String source);
    }

    static Stream<Refused> refused() {
        Message order = Platforms.STANDARD_WEBHOOKS.order(777, "forger", Instant.now());
        String deep = "[".repeat(40) + "]".repeat(40);
        List<String> typed = new ArrayList<>(signed(order, 0));
        typed.addAll(List.of("Content-Type", "text/plain"));
        return Stream.of(
                new Refused("forged", 401, "signature-wrong", "whole", to -> {
                    List<String> headers = signed(order, 0);
                    return Platforms.post(api, to, order.body().replace("49.90", "99.90"), headers);
                }),
                new Refused(
                        "truncated",
                        401,
                        "signature-wrong",
                        "whole",
                        to -> Platforms.post(api, to, order.body().substring(0, 20), signed(order, 0))),
                new Refused(
                        "unsigned",
                        401,
                        "signature-missing",
                        "whole",
                        to -> Platforms.post(api, to, order.body(), order.headers())),
                new Refused(
                        "stale",
                        401,
                        "stale",
                        "whole",
                        to -> Platforms.post(api, to, order.body(), signed(order, -400))),
                new Refused(
                        "of the future",
                        401,
                        "stale",
                        "whole",
                        to -> Platforms.post(api, to, order.body(), signed(order, 400))),
                new Refused(
                        "too large",
                        413,
                        "too-large",
                        "whole",
                        to -> Platforms.post(api, to, " ".repeat(1 << 20) + order.body(), signed(order, 0))),
                new Refused(
                        "too deep",
                        400,
                        "malformed",
                        "whole",
                        to -> Platforms.post(api, to, deep, signed(order.with(deep), 0))),
                new Refused(
                        "no JSON",
                        400,
                        "malformed",
                        "whole",
                        to -> Platforms.post(api, to, "order=1", signed(order.with("order=1"), 0))),
                new Refused(
                        "wrong type", 415, "media-type", "whole", to -> Platforms.post(api, to, order.body(), typed)),
                new Refused(
                        "disabled",
                        403,
                        "disabled",
                        "switched-off",
                        to -> Platforms.post(api, to, order.body(), signed(order, 0))),
                new Refused(
                        "unknown source",
                        404,
                        "unknown-source",
                        "nobody",
                        to -> Platforms.post(api, to, order.body(), signed(order, 0))));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Refused each) {
        String source = each.source().equals("nobody") ? "nobody" : each.source() + "-" + NUMBERS.getAndIncrement();
        if (!source.equals("nobody")) {
            Platforms.STANDARD_WEBHOOKS.setUp(api, source);
        }
        if (each.source().equals("switched-off")) {
            api.patch("/v1/sources/" + source, "\"1\"", new JsonObject().put("enabled", false))
                    .with(200);
        }
        String counted = source.equals("nobody") ? "" : source;
        long deliveries = counted(counted, "delivery", "");
        long refusals = counted(counted, "refused", each.reason());
        long conversions = site.sql().number("select count(*) from conversions");

        Api.Answer answer = each.sending().send(source);

        assertThat(answer.status()).as(answer.text()).isEqualTo(each.status());
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("reason")).isEqualTo(each.reason());
        assertThat(answer.text()).doesNotContain("forger", Platforms.STANDARD_WEBHOOKS.secret());
        Eventually.holds("counted", SOON, () -> counted(counted, "refused", each.reason()) == refusals + 1);
        assertThat(counted(counted, "delivery", "")).isEqualTo(deliveries + 1);
        assertThat(site.sql().number("select count(*) from conversions")).isEqualTo(conversions);
    }

    @Test
    void secret_rotated_isAcceptedOnEveryNodeInAMoment_andTheOldOneUntilItExpires() {
        Platforms platform = Platforms.JSON;
        platform.setUp(api, "rotating");
        Message first = platform.order(NUMBERS.getAndIncrement(), "anybody", Instant.now());
        assertThat(send(other, "rotating", first, platform.secret())).isEqualTo(202);
        String path = "/v1/sources/rotating/secrets";
        String fresh = api.post(path, "{\"overlap\":\"PT1H\"}").with(201).json().getString("secret");

        Message second = platform.order(NUMBERS.getAndIncrement(), "anybody", Instant.now());
        // Before the other node refuses, it reads again, unless it has done so within 100 ms.
        Eventually.holds("the other node knows it", SOON, () -> send(other, "rotating", second, fresh) == 202);
        assertThat(send(other, "rotating", second, platform.secret())).isEqualTo(202);
        assertThat(send(other, "rotating", second, fresh + "x")).isEqualTo(401);

        String old = api.get("/v1/sources/rotating")
                .json()
                .getJsonArray("secrets")
                .getJsonObject(0)
                .getString("id");
        api.send("DELETE", path + "/" + old, BodyPublishers.noBody()).with(204);
        assertThat(send(api, "rotating", second, platform.secret())).isEqualTo(401);
        Eventually.holds("the other node knows", SOON, () -> send(other, "rotating", second, platform.secret()) == 401);
        assertThat(send(other, "rotating", second, fresh)).isEqualTo(202);
    }

    @Test
    void handshake_ofCloudEvents_echoesWhatIsAsked_andOthersAreNotAsked() {
        Api.Answer asked =
                options("cloudevents", "WebHook-Request-Origin", "shop.example", "WebHook-Request-Rate", "120");
        assertThat(asked.with(200).header("WebHook-Allowed-Origin")).contains("shop.example");
        assertThat(asked.header("WebHook-Allowed-Rate")).contains("120");
        assertThat(asked.header("Allow")).contains("POST, OPTIONS");
        assertThat(options("cloudevents", "WebHook-Request-Origin", "shop.example")
                        .header("WebHook-Allowed-Rate"))
                .contains("*");
        assertThat(options("cloudevents").with(200).header("WebHook-Allowed-Origin"))
                .isEmpty();
        assertThat(options("stripe", "WebHook-Request-Origin", "x").with(405).header("Allow"))
                .contains("POST");
        options("nobody").with(404);
        for (String method : List.of("GET", "HEAD", "PUT")) {
            Api.Answer answer = api.send(method, "/v1/webhooks/stripe", BodyPublishers.noBody())
                    .with(405);
            assertThat(answer.header("Allow")).contains("POST, OPTIONS");
        }
    }

    private static Api.Answer options(String source, String... headers) {
        return api.send("OPTIONS", "/v1/webhooks/" + source, BodyPublishers.noBody(), headers);
    }

    private static List<String> signed(Message message, int secondsFromNow) {
        return Platforms.STANDARD_WEBHOOKS.sign(message, Instant.now().plusSeconds(secondsFromNow));
    }

    private static int send(Api node, String source, Message message, String secret) {
        return Platforms.post(node, source, message.body(), Platforms.JSON.sign(message, Instant.now(), secret))
                .status();
    }

    private static Map<String, Object> item(Platforms platform, JsonObject event) {
        return platform.deliver(api, new Message(event.encode()))
                .with(202)
                .json()
                .getJsonArray("items")
                .getJsonObject(0)
                .getMap();
    }

    private static long stored(Platforms platform, long number) {
        return site.sql()
                .number(
                        "select count(*) from conversions where source = ? and event_id = ?",
                        platform.kind(),
                        platform.id(number));
    }

    private static long counted(String source, String what, String reason) {
        return site.sql()
                .number(
                        "select coalesce(sum(count), 0) from receipts where source = ? and what = ? and reason = ?",
                        source,
                        what,
                        reason);
    }
}
