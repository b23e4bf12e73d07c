package dev.bandolier.loadtest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.loadtest.CommandLineRun;
import dev.bandolier.loadtest.StubServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayCommandTest {

    private static final String LOG = """
        ,timestamp,item_id,click
        0,x,5,1
        1,x,7,1
        2,x,5,0
        3,x,9,1
        4,x,9,0
        5,x,5,1
        6,x,7,0
        """;

    /// What the stub answers for each row, first unrecorded, then recorded.
    private static final List<String> PREVIEWS =
            List.of("item-5", "item-5", "item-5", "item-9", "item-7", "item-5", "item-7");
    private static final List<String> RECORDED = List.of("item-5", "-", "item-5", "item-9", "-", "item-7", "item-7");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void replay_ofAKnownLog_countsWhatTheServerSaw(boolean waiting) throws IOException {
        Path log = Files.writeString(folder.resolve("known.csv"), LOG);
        Path outcomes = folder.resolve("outcomes.csv");
        try (StubServer server =
                new StubServer((unit, recorded) -> (recorded ? RECORDED : PREVIEWS).get(row(unit) - 1))) {
            List<String> arguments = new ArrayList<>(
                    List.of("replay", log.toString(), "--url", server.url(), "--out", outcomes.toString()));
            if (waiting) {
                arguments.add("--wait");
            }
            CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));

            assertThat(run.err()).isEmpty();
            assertThat(run.exit()).isZero();
            assertThat(run.out())
                    .contains("7 rows of 3 items")
                    .contains("4 kept, 1 moved")
                    .contains("2 in the matches; 0 not learned")
                    // Two of four, and four of seven: rates by hand, intervals by Wilson's formula in another program.
                    .contains("50.000 % (95 %: 15.004 .. 84.996; 2 of 4)")
                    .contains("57.143 % (95 %: 25.046 .. 84.178; 4 of 7)")
                    .contains("allocation learnt");
            assertThat(Files.readAllLines(outcomes))
                    .containsExactly(
                            "row,logged_arm,server_arm,matched,click",
                            "1,item-5,item-5,1,1",
                            "2,item-7,item-5,0,1",
                            "3,item-5,item-5,1,0",
                            "4,item-9,item-9,1,1",
                            "5,item-9,item-7,0,0",
                            "6,item-5,item-7,0,1",
                            "7,item-7,item-7,1,0");
            assertThat(server.conversions().stream().map(click -> row(click.getString("unit"))))
                    .containsExactly(1, 4);
            assertThat(server.conversions())
                    .allMatch(click -> click.getString("metric").equals("click"));
            assertThat(rows(server, false)).containsExactly(1, 2, 3, 4, 5, 6, 7);
            assertThat(rows(server, true)).containsExactly(1, 3, 4, 6, 7);
            assertThat(server.asks())
                    .allMatch(ask -> ask.getJsonArray("eligible").equals(JsonArray.of("item-5", "item-7", "item-9")));
        }
    }

    @Test
    void replay_ofANewLog_createsAnExperimentThatHoldsNothingBack() throws IOException {
        Path log = Files.writeString(folder.resolve("some log.csv"), LOG);
        try (StubServer server = new StubServer((_, _) -> "item-5")) {
            CommandLineRun run = CommandLineRun.of(
                    "replay", log.toString(), "--url", server.url(), "--policy", "epsilon-greedy", "--limit", "2");

            assertThat(run.exit()).isZero();
            JsonObject created = server.experiment("replay-some-log");
            assertThat(created.getString("state")).isEqualTo("running");
            assertThat(created.getDouble("floor")).isZero();
            assertThat(created.getDouble("holdout")).isZero();
            assertThat(created.getJsonObject("policy")).isEqualTo(JsonObject.of("kind", "epsilon-greedy"));
            assertThat(created.getJsonArray("arms"))
                    .isEqualTo(JsonArray.of(
                            JsonObject.of("key", "item-5", "control", true),
                            JsonObject.of("key", "item-7", "control", false)));
            assertThat(rows(server, false)).containsExactly(1, 2);
        }
    }

    @Test
    void replay_ofAMalformedLog_namesTheLineBeforeAskingAnything() throws IOException {
        Path log = Files.writeString(folder.resolve("bad.csv"), LOG + "7,x,5,maybe\n");
        try (StubServer server = new StubServer((_, _) -> "item-5")) {
            CommandLineRun strict = CommandLineRun.of("replay", log.toString(), "--url", server.url());
            assertThat(strict.exit()).isEqualTo(1);
            assertThat(strict.err())
                    .contains("line 9, column click: 'maybe' is neither 0 nor 1")
                    .hasLineCount(1);
            assertThat(server.asks()).isEmpty();

            CommandLineRun lenient = CommandLineRun.of("replay", log.toString(), "--url", server.url(), "--skip-bad");
            assertThat(lenient.exit()).isZero();
            assertThat(lenient.out()).contains("1 malformed lines passed over").contains("3 kept, 0 moved");
        }
    }

    @Test
    void replay_whenTheServerFails_namesTheRowAndKeepsTheCounts() throws IOException {
        Path log = Files.writeString(folder.resolve("known.csv"), LOG);
        try (StubServer server = new StubServer((_, _) -> "item-9")) {
            server.failEvery(3);
            CommandLineRun run = CommandLineRun.of("replay", log.toString(), "--url", server.url());

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err())
                    .contains("stopped at row 3: HTTP 500 told to fail")
                    .hasLineCount(1);
            assertThat(run.out()).contains("0 kept, 0 moved");
        }
    }

    @Test
    void replay_whenTheServerChoosesWhatWasNotEligible_stops() throws IOException {
        Path log = Files.writeString(folder.resolve("known.csv"), LOG);
        try (StubServer server = new StubServer((_, _) -> "item-8")) {
            CommandLineRun run = CommandLineRun.of("replay", log.toString(), "--url", server.url());

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).contains("stopped at row 1: the server chose 'item-8', which was not eligible");
        }
    }

    @Test
    void replay_withoutFile_saysSo() {
        CommandLineRun run =
                CommandLineRun.of("replay", folder.resolve("none.csv").toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("no file").hasLineCount(1);
    }

    private static List<Integer> rows(StubServer server, boolean recorded) {
        return server.asks().stream()
                .filter(ask -> ask.getBoolean("record") == recorded)
                .map(ask -> row(ask.getString("unit")))
                .toList();
    }

    private static int row(String unit) {
        return Integer.parseInt(unit.substring(unit.lastIndexOf('-') + 1));
    }
}
