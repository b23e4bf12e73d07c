package dev.bandolier.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

class MainTest {

    @ParameterizedTest
    @ValueSource(strings = {"shoppers", "replay"})
    void help_ofEachCommand_namesItsOptions(String command) {
        CommandLineRun run = CommandLineRun.of(command, "--help");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("bandolier " + command).contains("--url").contains("--experiment");
    }

    @ParameterizedTest
    @CsvSource({"regret, --policies", "guardrails, --runs", "coverage, --runs", "jmh, --iterations"})
    void help_ofEachBenchmark_namesItsOptions(String command, String option) {
        CommandLineRun run = CommandLineRun.of(command, "--help");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("bandolier " + command).contains(option).doesNotContain("--url");
    }

    @Test
    void help_ofEveryCommand_isText() {
        PrintStream before = System.err;
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
            Main.commands(InstantSource.system()).getSubcommands().values().forEach(CommandLine::getUsageMessage);
        } finally {
            System.setErr(before);
        }

        // Where a text is no sound format, picocli complains to this stream.
        assertThat(complaints.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void commands_withoutCommand_failWithUsage() {
        CommandLineRun run = CommandLineRun.of();

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains("shoppers")
                .contains("shop ")
                .contains("replay")
                .contains("regret")
                .contains("guardrails")
                .contains("coverage")
                .contains("jmh");
    }

    @ParameterizedTest
    @CsvSource({"--rate=0, --rate 0.0 is not above 0", "--for=0s, --for PT0S is not above 0"})
    void shop_withSenselessOption_namesIt(String option, String reason) {
        CommandLineRun run = CommandLineRun.of("shop", option);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains(reason).hasLineCount(1);
    }

    @Test
    void shoppers_withoutServer_sayInOneLineHowToStartOne() throws IOException {
        String url = "http://127.0.0.1:" + freePort();

        CommandLineRun run = CommandLineRun.of("shoppers", "--url", url);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err().strip())
                .isEqualTo("shoppers: no server at " + url
                        + "; start one with ./bandolier serve, or name another with --url");
    }

    @ParameterizedTest
    @CsvSource({
        "--url=127.0.0.1:8080, is no server address",
        "--url=http://127.0.0.1:8080/v1, is no server address",
        "--rate=0, --rate 0.0 is not above 0",
        "--returning=1, --returning 1.0 is not in [0",
        "--batch=1001, --batch 1001 is not in 1..1000",
        "--in-flight=0, --in-flight 0 is not above 0",
        "--connections=0, --connections 0 is not in 1..",
        "--rates=1.5, rate 1.5 is not between 0 and 1",
        "--then-idle=0, --then-idle 0.0 is not above 0",
        "--for=0s, --for PT0S is not above 0"
    })
    void shoppers_withSenselessOption_nameIt(String option, String reason) {
        CommandLineRun run = CommandLineRun.of("shoppers", option);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains(reason).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"60s, PT1M", "1.5s, PT1.5S", "250ms, PT0.25S", "5m, PT5M", "2h, PT2H", "PT2H, PT2H"})
    void duration_inEveryForm_isUnderstood(String text, Duration expected) {
        assertThat(new DurationText().convert(text)).isEqualTo(expected);
    }

    @Test
    void duration_ofUnknownForm_isRefusedWithExamples() {
        assertThat(catchThrowable(() -> new DurationText().convert("a while")))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("60s");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
