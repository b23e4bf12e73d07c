package dev.bandolier.server.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What Postgres and its programs have written, in a file, read for the reason of a failure.
///
/// @param file      the log
/// @param fromBytes where the present attempt begins
record PostgresLog(Path file, long fromBytes) {

    /// A log above this size is put aside at a start, as `<name>.1`, and the one before that is dropped. Postgres says
    /// little here: a line for each start, stop and failed statement.
    private static final long FILE_BYTES_MAX = 16L << 20;

    private static final int CAUSE_CHARACTERS_MAX = 600;

    /// Words of Postgres, the C library and the loader, and what they mean to an operator. Of several,
    /// the one that was said first is the cause.
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("No space left on device", "The disk is full."),
            Map.entry("Check free disk space", "The disk is full."),
            Map.entry("Disk quota exceeded", "The disk quota is used up."),
            Map.entry("could not bind IPv4 address", "The port was taken by another program."),
            Map.entry(
                    "cannot be run as root",
                    "Postgres refuses to run as root, and this system does not let it have"
                            + " a user namespace (unshare -U). Run as an ordinary user, or set DATABASE_URL."),
            Map.entry(
                    "execution of the PostgreSQL server is not permitted",
                    "Postgres refuses to run as root, and this system does not let it have a user namespace (unshare"
                            + " -U). Run as an ordinary user, or set DATABASE_URL."),
            Map.entry(
                    "error while loading shared libraries",
                    "The Postgres that comes along does not run on this"
                            + " system. Set DATABASE_URL to use one of your own."),
            Map.entry("could not create shared memory segment", "The system has no shared memory left."),
            Map.entry("could not resize shared memory segment", "The system has no shared memory left (/dev/shm)."),
            Map.entry("has wrong ownership", "The data belongs to another user: run as the user that made it."),
            Map.entry(
                    "has invalid permissions",
                    "The data directory must be accessible to its owner alone" + " (chmod 700)."),
            Map.entry("Permission denied", "This user may not read or write the data."),
            Map.entry(
                    "pre-existing shared memory block",
                    "Processes of an earlier Postgres on this data are still" + " ending. Try again in a moment."));

    /// The log to write to from now on.
    static PostgresLog open(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) > FILE_BYTES_MAX) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return new PostgresLog(file, Files.exists(file) ? Files.size(file) : 0);
    }

    /// Whether the text occurs in what was written since the start of this attempt.
    boolean says(String text) throws IOException {
        return recent().contains(text);
    }

    /// Why the attempt failed: the meaning, if it is a known one, and the words of Postgres.
    String reason() throws IOException {
        String text = recent();
        String meaning = MEANINGS.keySet().stream()
                .filter(text::contains)
                .min(Comparator.comparingInt(text::indexOf))
                .map(found -> MEANINGS.get(found) + " ")
                .orElse("");
        List<String> complaints = text.lines()
                .filter(line -> Stream.of("FATAL:", "PANIC:", "error:", "could not", "DETAIL:", "HINT:")
                        .anyMatch(line::contains))
                .toList();
        String words = String.join(" / ", complaints.isEmpty() ? List.of(text.strip()) : complaints);
        return meaning + "Postgres says: "
                + (words.isEmpty() ? "nothing" : words.substring(0, Math.min(words.length(), CAUSE_CHARACTERS_MAX)))
                + " (log: " + file + ")";
    }

    private String recent() throws IOException {
        if (Files.notExists(file)) {
            return "";
        }
        byte[] all = Files.readAllBytes(file);
        int from = (int) Math.min(fromBytes, all.length);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }
}
