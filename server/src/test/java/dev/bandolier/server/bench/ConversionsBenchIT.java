package dev.bandolier.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The benchmark runs and says all that it promises; how fast anything was is not looked at.
final class ConversionsBenchIT {

    @Test
    void bench_runsForAMoment_printsAllItsParts() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ConversionsBench.run(
                new ConversionsBench.Plan(1, Duration.ofMillis(300), 100),
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("fdatasync before: p50 ", "fdatasync after: p50 ", " cores, ", ", load average ")
                .contains("| 1 by token, committed | ", "| 1 by token, no database | ")
                .contains("| 1 by unit, committed | ", "| 1 by unit, no database | ")
                .contains("| 100 by token, committed | ", "| 100 by unit, committed | ")
                .contains("| 100 by token, committed, attributed elsewhere | ")
                .contains("| bare `unnest`, 1 statement at a time | ", "| bare `unnest`, 2 statements at a time | ")
                .contains("at half its rate | ", "sent more than 0.5 ms late: ")
                .containsPattern("1 per request by unit, committed / no database \\(at least 0.35\\): [0-9]")
                .containsPattern("100 per request by unit / bare unnest, 1 at a time \\(at least 0.5\\): [0-9]");
    }
}
