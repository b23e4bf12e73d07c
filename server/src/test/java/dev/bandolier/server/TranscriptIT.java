package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first experiment of README.md does what is printed there.
final class TranscriptIT {

    private static final String ADDRESS = "http://127.0.0.1:8080";

    @TempDir
    private Path folder;

    @Test
    void commands_ofTheReadme_printWhatItSays() throws Exception {
        String readme = Files.readString(Path.of(System.getProperty("bandolier.root"), "README.md"));
        List<String> differences = new ArrayList<>();
        try (OpenNode node = OpenNode.open(folder, Instant.now(), Map.of())) {
            for (Transcript.Step step : Transcript.in(readme).steps()) {
                differences.addAll(step.differences(run(step.command().replace(ADDRESS, node.address()))));
            }
        }
        assertThat(differences).isEmpty();
    }

    private List<String> run(String command) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        bash.getOutputStream().close();
        String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).as(command).isTrue();
        return printed.lines().toList();
    }
}
