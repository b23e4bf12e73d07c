package dev.bandolier.loadtest.regret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.loadtest.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegretCommandTest {

    private static final String[] SMALL = {
        "regret",
        "--problems",
        "P1,P3",
        "--policies",
        "thompson,uniform,reference-thompson",
        "--seeds",
        "20",
        "--looks",
        "50"
    };

    @TempDir
    private Path folder;

    @Test
    void regret_ofSomePolicies_printsOursBesideThePublished() {
        CommandLineRun run = CommandLineRun.of(SMALL);

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("P1 thompson: 20 of 20 seeds")
                .contains("P1: 5 % and 6 % (Lai-Robbins constant 10.67)")
                .contains("P3: 90 % and 80 % (Lai-Robbins constant 2.25)")
                .contains("10,000 units; conversions lost against always the best arm.")
                .contains("| MABWiser 2.7.4")
                .contains("| VW (vw-jni 9.3.0)")
                .contains("seed 1, 20 seeds")
                .doesNotContain("P2")
                .doesNotContain("top-two  ");
        // Half of the units lose 0.01, half of them 0.1: 50 and 500 give or take 4.5 standard errors of 20 seeds.
        assertThat(regret(run, "uniform", 0)).isBetween(49.4, 50.6);
        assertThat(regret(run, "uniform", 1)).isBetween(494.0, 506.0);
        assertThat(regret(run, "thompson", 1)).isLessThan(100);
    }

    @Test
    void regret_withOut_writesWhatItPrinted() throws IOException {
        Path file = folder.resolve("new/regret.md");
        CommandLineRun run = CommandLineRun.of(with(SMALL, "--seed", "7", "--out", file.toString()));

        assertThat(run.exit()).isZero();
        List<String> page = Files.readAllLines(file);
        assertThat(page)
                .startsWith("# Regret")
                .contains("## P1: 5 % and 6 % (Lai-Robbins constant 10.67)")
                .containsAll(
                        run.out().lines().filter(line -> line.startsWith("|")).toList());
        assertThat(page.get(2))
                .contains("`./bandolier regret --problems P1,P3 ")
                .contains("20 seeds")
                .contains("drawn from 7")
                .contains("Java " + Runtime.version());
    }

    @Test
    void regret_onOneOrSeveralThreads_isTheSame() {
        CommandLineRun one = CommandLineRun.of(with(SMALL, "--threads", "1"));
        CommandLineRun three = CommandLineRun.of(with(SMALL, "--threads", "3"));

        assertThat(numbers(three)).isNotEmpty().isEqualTo(numbers(one));
        assertThat(numbers(CommandLineRun.of(with(SMALL, "--seed", "2")))).isNotEqualTo(numbers(one));
    }

    @ParameterizedTest
    @CsvSource({
        "--problems=P0, --problems: there is no 'P0'; there are P1",
        "--policies=best, --policies: there is no 'best'; there are thompson",
        "--seeds=0, --seeds 0 is not in 1..",
        "--looks=0, --looks 0 is not in 1..",
        "--threads=1000, --threads 1000 is not in 1..256"
    })
    void regret_withSenselessOption_namesIt(String option, String reason) {
        CommandLineRun run = CommandLineRun.of("regret", option);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains(reason).hasLineCount(1);
    }

    @Test
    void regret_withOutThatIsAFolder_saysSo() {
        CommandLineRun run =
                CommandLineRun.of("regret", "--problems=P1", "--policies=uniform", "--seeds=1", "--out=" + folder);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("--out " + folder + " cannot be written").hasLineCount(1);
    }

    private static String[] with(String[] arguments, String... more) {
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }

    /// Rows of ours, without the seconds.
    private static List<String> numbers(CommandLineRun run) {
        return run.out()
                .lines()
                .filter(line ->
                        line.startsWith("| thompson") || line.startsWith("| uniform") || line.startsWith("| reference"))
                .map(line -> line.replaceFirst("[^|]*\\|$", "").replaceAll(" +", " "))
                .toList();
    }

    private static double regret(CommandLineRun run, String policy, int which) {
        return Double.parseDouble(run.out()
                .lines()
                .filter(line -> line.startsWith("| " + policy + " "))
                .skip(which)
                .findFirst()
                .orElseThrow()
                .split("\\|", -1)[4]
                .strip());
    }
}
