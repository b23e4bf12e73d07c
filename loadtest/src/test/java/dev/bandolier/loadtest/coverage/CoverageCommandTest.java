package dev.bandolier.loadtest.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.loadtest.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageCommandTest {

    @TempDir
    private Path folder;

    @Test
    void coverage_withOut_writesWhatItPrinted() throws IOException {
        Path file = folder.resolve("new/coverage.md");

        CommandLineRun run = CommandLineRun.of(
                "coverage", "--runs", "3", "--problems", "C1,C4", "--seed", "5", "--out", file.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("C4 weekends x 2.25, the third arm +20 %: 3 runs")
                .contains("seed 5, 3 runs")
                .doesNotContain("C2");
        List<String> page = Files.readAllLines(file);
        assertThat(page.getFirst()).startsWith("# Coverage");
        assertThat(page).containsAll(rows(run));
        assertThat(page.get(2))
                .contains("`./bandolier coverage --runs 3 --problems C1,C4 ")
                .contains("drawn from 5");
        assertThat(rows(run)).hasSize(4 * 4);
    }

    @Test
    void coverage_onOneOrSeveralThreads_isTheSame() {
        CommandLineRun one = CommandLineRun.of("coverage", "--runs=3", "--problems=C5", "--threads=1");
        CommandLineRun three = CommandLineRun.of("coverage", "--runs=3", "--problems=C5", "--threads=3");
        CommandLineRun other = CommandLineRun.of("coverage", "--runs=3", "--problems=C5", "--seed=2");

        assertThat(rows(three)).isNotEmpty().isEqualTo(rows(one)).isNotEqualTo(rows(other));
    }

    @ParameterizedTest
    @CsvSource({
        "--problems=C0, --problems: there is no 'C0'; there are C1",
        "--runs=0, --runs 0 is not in 1..",
        "--threads=1000, --threads 1000 is not in 1..256"
    })
    void coverage_withSenselessOption_namesIt(String option, String reason) {
        CommandLineRun run = CommandLineRun.of("coverage", option);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains(reason).hasLineCount(1);
    }

    private static List<String> rows(CommandLineRun run) {
        return run.out().lines().filter(line -> line.startsWith("|")).toList();
    }
}
