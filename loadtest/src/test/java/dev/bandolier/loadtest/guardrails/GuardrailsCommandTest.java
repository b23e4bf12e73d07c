package dev.bandolier.loadtest.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.loadtest.CommandLineRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardrailsCommandTest {

    @Test
    void guardrails_ofOneProblem_printsItsTable() {
        CommandLineRun run = CommandLineRun.of("guardrails", "--runs", "4", "--problems", "M1");

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("## M1: an arm at half of control")
                .contains("| ab-test ")
                .contains("| budget-alone   |     20 |      95 % |")
                .contains("seed 1, 4 runs")
                .doesNotContain("M2");
        List<String> rows =
                run.out().lines().filter(line -> line.startsWith("|")).toList();
        assertThat(rows).hasSize(10).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.getFirst()));
    }

    @Test
    void guardrails_onOneOrSeveralThreads_isTheSame() {
        CommandLineRun one = CommandLineRun.of("guardrails", "--runs=3", "--problems=M1", "--threads=1");
        CommandLineRun three = CommandLineRun.of("guardrails", "--runs=3", "--problems=M1", "--threads=3");
        CommandLineRun other = CommandLineRun.of("guardrails", "--runs=3", "--problems=M1", "--seed=2");

        assertThat(rows(three)).isNotEmpty().isEqualTo(rows(one)).isNotEqualTo(rows(other));
    }

    @ParameterizedTest
    @CsvSource({
        "--problems=M0, --problems: there is no 'M0'; there are M1",
        "--runs=0, --runs 0 is not in 1..",
        "--threads=1000, --threads 1000 is not in 1..256"
    })
    void guardrails_withSenselessOption_namesIt(String option, String reason) {
        CommandLineRun run = CommandLineRun.of("guardrails", option);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains(reason).hasLineCount(1);
    }

    private static List<String> rows(CommandLineRun run) {
        return run.out().lines().filter(line -> line.startsWith("|")).toList();
    }
}
