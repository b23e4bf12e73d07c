package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The benchmark of the pages runs and says all that it promises; how fast anything was is not looked at.
final class DashboardBenchBrowserIT {

    @Test
    void bench_ofALittle_printsAllItsParts() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        DashboardBench.run(
                new DashboardBench.Plan(12, 30, 2, 1, Duration.ofSeconds(3)),
                new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(" cores, ", "360 snapshots of 12 experiments", " decisions under 30 versions")
                .contains(
                        "| all experiments, `/v1/experiments` | 2 | ",
                        "| all pictures, `/v1/sparks`, first asked | 2 | ")
                .contains("| history of one, ", "| timeline of one, second page | ", "| preview | 2 | ")
                .contains("| report, first asked | 1 | ", "| report, after a new snapshot | 2 | ")
                .contains("| all experiments, first paint | 1 | ", "| all experiments, all drawn (12) | 1 | ")
                .contains("| one experiment, first paint | 1 | ", "| one experiment, all drawn (1) | 1 | ")
                .contains("| all experiments, a snapshot until it is seen | ")
                .contains("| one experiment, a snapshot until it is seen | ")
                .containsPattern("\\| all experiments, [0-9]+ snapshots/s \\| [0-9]")
                .containsPattern("\\| one experiment, [0-9]+ snapshots/s \\| [0-9]");
    }
}
