package dev.bandolier.loadtest.replay;

import dev.bandolier.loadtest.api.CommandFailure;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The outcomes as CSV, so that somebody else can count again: `row,logged_arm,server_arm,matched,click`, one line a
/// row.
///
/// `matched` and `click` are 0 or 1; `click` is the log's own. The replay's clicks are the lines where both are 1.
final class OutcomeFile implements AutoCloseable {

    private final Path file;
    private final Writer writer;

    /// A new file, in place of one that is there.
    OutcomeFile(Path file) {
        this.file = file;
        try {
            this.writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unwritable(e);
        }
        write("row,logged_arm,server_arm,matched,click\n");
    }

    /// Adds one row.
    void add(Replayer.Outcome outcome) {
        Logged.Row row = outcome.row();
        int matched = outcome.verdict() == Replayer.Verdict.MATCHED ? 1 : 0;
        int click = row.clicked() ? 1 : 0;
        write(row.row() + "," + row.arm() + "," + outcome.arm() + "," + matched + "," + click + "\n");
    }

    private void write(String line) {
        try {
            writer.write(line);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private CommandFailure unwritable(IOException cause) {
        return new CommandFailure("cannot write --out " + file + ": " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }
}
