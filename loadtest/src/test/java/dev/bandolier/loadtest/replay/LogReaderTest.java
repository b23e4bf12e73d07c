package dev.bandolier.loadtest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandolier.loadtest.api.CommandFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogReaderTest {

    @TempDir
    private Path folder;

    @Test
    void next_columnsInAnyOrder_areFoundByName() {
        Path file = write("log.csv", "click,\"note, quoted\",item_id\n1,\"a, \"\"b\"\"\",7\n\n0,,12\n");

        assertThat(read(file)).containsExactly(new Logged.Row(1, 7, true), new Logged.Row(3, 12, false));
    }

    @Test
    void next_gzipped_readsTheSame() throws IOException {
        String text = "item_id,click\n1,0\n2,1\n";
        Path zipped = folder.resolve("log.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read(zipped)).isEqualTo(read(write("log.csv", text)));
    }

    @ParameterizedTest
    @CsvSource({
        "'x,0', item_id, 'line 3, column item_id: ''x'' is no item number'",
        "'5,2', click, 'line 3, column click: ''2'' is neither 0 nor 1'",
        "'5', click, 'line 3, column click: missing, the line has only 1 columns'",
        "'-5,0', item_id, 'line 3, column item_id: ''-5'' is no item number'"
    })
    void next_malformedLine_namesLineAndColumn(String bad, String column, String message) {
        List<Logged> lines = read(write("log.csv", "item_id,click\n1,0\n" + bad + "\n2,1\n"));

        assertThat(lines.get(1)).isInstanceOfSatisfying(Logged.Malformed.class, malformed -> {
            assertThat(malformed.column()).isEqualTo(column);
            assertThat(malformed).hasToString(message);
        });
        assertThat(lines.get(2)).isEqualTo(new Logged.Row(3, 2, true));
    }

    @Test
    void open_whatIsNoLog_saysWhatIsMissing() {
        assertThatThrownBy(() -> LogReader.open(folder.resolve("none.csv")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("no file")
                .hasMessageContaining("item_id and click");
        assertThatThrownBy(() -> LogReader.open(write("a.csv", "item,click\n")))
                .hasMessageContaining("has no column item_id; its header is item,click");
        assertThatThrownBy(() -> LogReader.open(write("b.csv", ""))).hasMessageContaining("is empty");
        assertThatThrownBy(() -> LogReader.open(write("c.csv.gz", "item_id,click\n")))
                .hasMessageContaining("is not gzipped");
    }

    @Test
    void scan_ofALog_countsRowsClicksAndItems() {
        Path file = write("log.csv", "item_id,click\n12,0\n7,1\nx,0\n12,1\n3,1\n");

        assertThat(LogScan.of(file, Long.MAX_VALUE, true)).isEqualTo(new LogScan(List.of(3, 7, 12), 4, 3, 1));
        assertThat(LogScan.of(file, 2, false)).isEqualTo(new LogScan(List.of(7, 12), 2, 1, 0));
        assertThatThrownBy(() -> LogScan.of(file, Long.MAX_VALUE, false))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("line 4, column item_id")
                .hasMessageContaining("--skip-bad");
    }

    @ParameterizedTest
    @CsvSource({
        "/a/random-men.csv.gz, replay-random-men",
        "plain.csv, replay-plain",
        "Über uns.csv, replay--ber-uns",
        "noending, replay-noending"
    })
    void key_ofAFile_isAValidKey(Path file, String key) {
        assertThat(ReplayExperiment.key(file)).isEqualTo(key);
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Logged> read(Path file) {
        List<Logged> lines = new ArrayList<>();
        try (LogReader reader = LogReader.open(file)) {
            for (Optional<Logged> next = reader.next(); next.isPresent(); next = reader.next()) {
                lines.add(next.get());
            }
        }
        return lines;
    }
}
