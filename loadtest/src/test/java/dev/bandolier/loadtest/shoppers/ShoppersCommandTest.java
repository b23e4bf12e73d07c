package dev.bandolier.loadtest.shoppers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.loadtest.CommandLineRun;
import dev.bandolier.loadtest.StubServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShoppersCommandTest {

    /// Even visitors see the first arm, odd ones the second.
    private static final StubServer.Rule ALTERNATE =
            (unit, _) -> Integer.parseInt(unit.substring(unit.lastIndexOf('-') + 1)) % 2 == 0 ? "classic" : "video";

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void shoppers_ofACertainWorld_convertAsTheServerSaw(int batch) {
        try (StubServer server = new StubServer(ALTERNATE)) {
            CommandLineRun run = shop(server, "--rates", "0,1", "--delay", "50ms", "--batch", String.valueOf(batch));

            assertThat(run.err()).isEmpty();
            assertThat(run.exit()).isZero();
            List<String> units =
                    server.asks().stream().map(ask -> ask.getString("unit")).toList();
            long fresh = units.stream().distinct().count();
            List<String> buyers = units.stream()
                    .distinct()
                    .filter(unit -> ALTERNATE.arm(unit, true).equals("video"))
                    .toList();
            assertThat(server.conversions().stream().map(conversion -> conversion.getString("unit")))
                    .containsExactlyInAnyOrderElementsOf(buyers);
            assertThat(server.conversions().stream().map(conversion -> conversion.getString("id")))
                    .doesNotHaveDuplicates();
            assertThat(run.out())
                    .contains("true rates (the server does not know them): classic 0.00 %, video 100.00 %")
                    .contains("%,d came, %,d new and %,d known answered, 0 failed, 0 turned away"
                            .formatted(units.size(), fresh, units.size() - fresh))
                    .contains("0 saw another arm than before")
                    .contains("%,d sent: accepted %<,d; 0 sent again, 0 still open".formatted(buyers.size()))
                    .containsPattern("202 to learned +p50 .* \\(" + buyers.size() + "\\); 0 not covered")
                    .contains("an even split would have lost %.1f".formatted(fresh / 2.0))
                    .contains("allocated " + fresh);
        }
    }

    @Test
    void shoppers_ofANewExperiment_createAndStartTheDemo() {
        try (StubServer server = new StubServer((_, _) -> "offer")) {
            CommandLineRun run = shop(server, "--rates", "0.1,0.2,0.3");

            assertThat(run.exit()).isZero();
            JsonObject created = server.experiment("demo");
            assertThat(created.getString("state")).isEqualTo("running");
            assertThat(created.getJsonArray("arms").stream().map(arm -> ((JsonObject) arm).getString("key")))
                    .containsExactly("classic", "video", "offer");
            assertThat(created.getJsonObject("objective").getString("window")).isEqualTo("PT10M");
            assertThat(created.getJsonObject("guardrails"))
                    .isEqualTo(JsonObject.of("harm", JsonObject.of("window", "PT1M")));
            assertThat(run.out()).contains("offer got 100.0 % of the last 10 % of decisions");
        }
    }

    @Test
    void shoppers_warmingUp_leaveNoTrace() {
        try (StubServer server = new StubServer(ALTERNATE)) {
            CommandLineRun run = shop(server, "--rates", "0,1", "--warm-up", "500ms");

            long rehearsals = server.asks().stream()
                    .filter(ask -> !ask.getBoolean("record", true))
                    .count();
            assertThat(rehearsals).isPositive();
            assertThat(server.asks())
                    .allMatch(ask -> ask.getBoolean("record", true)
                            != ask.getString("unit").startsWith("rehearsal-"));
            assertThat(run.out()).contains("%,d came".formatted(server.asks().size() - rehearsals));
        }
    }

    @Test
    void shoppers_withoutAnswers_failAndCountTheKinds() {
        try (StubServer server = new StubServer((_, _) -> "classic")) {
            server.failEvery(10);
            CommandLineRun run = shop(server, "--rates", "0,0");

            assertThat(run.exit()).isEqualTo(1);
            int failed = server.asks().size() / 10;
            assertThat(run.out()).contains("HTTP 500 told to fail " + failed).contains(failed + " failed");
        }
    }

    @Test
    void shoppers_beyondTheLimitInFlight_areTurnedAwayAndCounted() {
        try (StubServer server = new StubServer((_, _) -> "classic")) {
            server.answerAfterMillis(200);
            CommandLineRun run = shop(server, "--rates", "0,0", "--in-flight", "5");

            assertThat(run.exit()).isEqualTo(1);
            Matcher counts =
                    Pattern.compile("([\\d,]+) came, .* ([\\d,]+) turned away").matcher(run.out());
            assertThat(counts.find()).isTrue();
            assertThat(number(counts.group(1)) - number(counts.group(2)))
                    .isEqualTo(server.asks().size());
            assertThat(number(counts.group(2))).isPositive();
        }
    }

    @Test
    void shoppers_whenStorageIsDown_sendTheSameConversionsAgain() {
        try (StubServer server = new StubServer((_, _) -> "classic")) {
            server.failFirstConversions(3);
            CommandLineRun run = shop(server, "--rates", "0.2,0");

            assertThat(run.exit()).isZero();
            assertThat(run.out()).contains("3 sent again, 0 still open").contains("errors HTTP 503 3");
            assertThat(server.conversions().stream().map(conversion -> conversion.getString("id")))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void shoppers_whenTheLiveFeedBreaks_subscribeAgainWhereItLeftOff() {
        try (StubServer server = new StubServer((_, _) -> "classic")) {
            CompletableFuture<CommandLineRun> running = CompletableFuture.supplyAsync(
                    () -> shop(server, "--rates", "1,0", "--delay", "10ms", "--for", "2s"));
            while (server.conversions().size() < 20) {
                Thread.onSpinWait();
            }
            server.breakFeeds();

            CommandLineRun run = running.join();
            assertThat(run.exit()).isZero();
            assertThat(run.out()).contains("broke 1 times").contains("0 not covered yet");
            assertThat(server.resumedFrom()).hasSize(1);
        }
    }

    @Test
    void shoppers_whoseArmAGuardrailPauses_areCountedApartAndToldOf() {
        AtomicBoolean paused = new AtomicBoolean();
        StubServer.Rule rule = (unit, recorded) -> paused.get() ? "classic" : ALTERNATE.arm(unit, recorded);
        try (StubServer server = new StubServer(rule)) {
            CompletableFuture<CommandLineRun> running = CompletableFuture.supplyAsync(
                    () -> shop(server, "--rates", "1,0", "--delay", "10ms", "--for", "2s", "--returning", "0.5"));
            while (server.conversions().size() < 20) {
                Thread.onSpinWait();
            }
            paused.set(true);
            server.pause("video", "'video' was paused after 7 visitors");

            CommandLineRun run = running.join();
            assertThat(run.exit()).isZero();
            assertThat(run.out())
                    .containsPattern(
                            "known visitors +0 saw another arm than before, and [1-9]\\d* whose arm was paused")
                    .containsPattern("guardrails +'video' was paused after 7 visitors; \\d+ visitors saw it in all");
        }
    }

    @Test
    void shoppers_ofHarmlessArms_sayThatNoneWasPaused() {
        try (StubServer server = new StubServer(ALTERNATE)) {
            assertThat(shop(server, "--rates", "0.2,0.2").out())
                    .containsPattern("guardrails +paused no arm")
                    .contains("0 saw another arm than before\n");
        }
    }

    @Test
    void shoppers_ofAnUnfitExperiment_sayWhy() {
        try (StubServer server = new StubServer((_, _) -> "classic")) {
            JsonObject other = new JsonObject()
                    .put("key", "demo")
                    .put("state", "ended")
                    .put("objective", JsonObject.of("metric", "purchase"))
                    .put("arms", JsonArray.of(JsonObject.of("key", "a"), JsonObject.of("key", "b")));
            server.put(other);
            assertThat(shop(server, "--rates", "0,0").err()).contains("experiment 'demo' is ended; resume it");

            other.put("state", "running");
            assertThat(shop(server).err())
                    .contains("has 2 arms [a, b], but --rates names 4")
                    .hasLineCount(1);
        }
    }

    private static CommandLineRun shop(StubServer server, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "shoppers",
                "--url",
                server.url(),
                "--rate",
                "200",
                "--warm-up",
                "0s",
                "--for",
                "1s",
                "--delay",
                "100ms"));
        for (int i = 0; i < more.length; i++) {
            int there = arguments.indexOf(more[i]);
            if (i % 2 == 0 && there != -1) {
                arguments.subList(there, there + 2).clear();
            }
            arguments.add(more[i]);
        }
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private static long number(String text) {
        return Long.parseLong(text.replace(",", ""));
    }
}
