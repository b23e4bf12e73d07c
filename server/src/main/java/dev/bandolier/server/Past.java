package dev.bandolier.server;

import dev.bandolier.bandits.simulation.FastForward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The past that a demo lives through before it is live, once for each data folder: what was lived through is never
/// gone back behind.
final class Past {

    /// Empty file in the data folder, as long as the past is still to come. Its absence beside a database says that it is
    /// not: this folder has been used, by an earlier demo or by something else.
    private static final String TO_COME = "history-to-come";

    private final Path marker;
    private final InstantSource real;
    private final Duration length;
    private final Duration race;
    private final FastForward clock;
    private final String why;

    private Past(Path marker, InstantSource real, Duration length, Duration race, String why) {
        this.marker = marker;
        this.real = real;
        this.length = length;
        this.race = race;
        this.clock = new FastForward(real, length, race);
        this.why = why;
    }

    /// The past of a demo with these settings; to be called before its database is started.
    ///
    /// @param days   how long it is to be, 0 for none
    /// @param within seconds to live through it
    /// @throws IllegalArgumentException if that cannot be
    static Past of(Settings settings, int days, int within) throws IOException {
        if (days < 0 || days > 90 || within < 5 || within > 3600) {
            throw new IllegalArgumentException("--days is 0 to 90 and --within 5 to 3600 seconds");
        }
        Path data = settings.database().data();
        Path marker = data.resolve(TO_COME);
        InstantSource real = settings.clock();
        Duration race = Duration.ofSeconds(within);
        if (days == 0) {
            return new Past(marker, real, Duration.ZERO, race, "No history is lived through.");
        }
        if (settings.database().url().isPresent()) {
            return new Past(
                    marker,
                    real,
                    Duration.ZERO,
                    race,
                    "No history is lived through: this database may hold what happened after that.");
        }
        if (Files.exists(data.resolve("postgres")) && !Files.exists(marker)) {
            return new Past(
                    marker,
                    real,
                    Duration.ZERO,
                    race,
                    data + " has a history, which goes on; remove the folder to begin anew.");
        }
        Files.createDirectories(data);
        Files.write(marker, List.of());
        return new Past(marker, real, Duration.ofDays(days), race, "");
    }

    /// The clock of the node.
    InstantSource clock() {
        return clock;
    }

    /// What is about to happen, in a sentence.
    String announce() {
        return length.isZero()
                ? why
                : "Living through " + length.toDays() + " days within " + race.toSeconds()
                        + " seconds; watch it at that address, or come back when it is live.";
    }

    /// What the shoppers are told of it, as options of theirs.
    List<String> options() {
        return length.isZero() ? List.of() : List.of("--past", length.toString(), "--within", race.toString());
    }

    /// Lets it begin now, by the real clock; not to be called if there is none.
    Instant begin() throws IOException {
        Instant begins = real.instant();
        Files.deleteIfExists(marker);
        clock.begin(begins);
        return begins;
    }
}
