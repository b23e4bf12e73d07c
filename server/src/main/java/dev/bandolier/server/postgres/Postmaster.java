package dev.bandolier.server.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The main process of the Postgres that serves a cluster, as its `postmaster.pid` names it.
///
/// @param cluster the directory of the database cluster
/// @param pid     the process id in the file
record Postmaster(Path cluster, long pid) {

    /// What the process with that id is.
    enum Identity {
        /// Not there.
        GONE,
        /// A Postgres that serves this cluster.
        OURS,
        /// Some other process that was given the same id since.
        ANOTHER,
        /// Not to be found out.
        UNKNOWN
    }

    private static final String FILE = "postmaster.pid";
    private static final int LINE_PID = 0;
    private static final int LINE_PORT = 3;
    private static final int LINE_STATUS = 7;

    private static final long POLL_MILLIS = 10;

    /// How long a fast shutdown may take, most of it a checkpoint, and then an immediate one.
    private static final Duration FAST_MAX = Duration.ofSeconds(60);
    private static final Duration IMMEDIATE_MAX = Duration.ofSeconds(10);

    /// The process that the cluster's file names, if there is such a file.
    static Optional<Postmaster> of(Path cluster) throws IOException {
        List<String> lines = lines(cluster);
        return lines.isEmpty() || !lines.get(LINE_PID).matches("-?[0-9]{1,18}")
                ? Optional.empty()
                // A standalone backend writes its id with a minus.
                : Optional.of(new Postmaster(cluster, Math.abs(Long.parseLong(lines.get(LINE_PID)))));
    }

    /// Whether the server on that port takes connections.
    boolean ready(int port) throws IOException {
        List<String> lines = lines(cluster);
        return lines.size() > LINE_STATUS
                && lines.get(LINE_PORT).equals(Integer.toString(port))
                && lines.get(LINE_STATUS).startsWith("ready");
    }

    Identity identity() {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return Identity.GONE;
        }
        return arguments(process.get())
                .map(arguments -> serves(arguments) ? Identity.OURS : Identity.ANOTHER)
                .orElse(Identity.UNKNOWN);
    }

    /// Ends the server: first fast (clients are disconnected, a checkpoint is written), then, if that takes over a
    /// minute, immediately (the next start recovers). Either way no commit is lost.
    ///
    /// @throws UnusableDatabase if it is still there after that
    void stop() throws IOException, InterruptedException {
        signal("INT");
        if (!awaitEnd(FAST_MAX)) {
            signal("QUIT");
            if (!awaitEnd(IMMEDIATE_MAX)) {
                throw new UnusableDatabase("The Postgres of " + cluster + ", process " + pid
                        + ", does not end. End it by hand and start again.");
            }
        }
    }

    /// Removes the file of a process that is gone or another one. Postgres does so itself, but only if the id is free.
    void forget() throws IOException {
        Files.deleteIfExists(cluster.resolve(FILE));
    }

    private boolean awaitEnd(Duration atMost) throws IOException, InterruptedException {
        for (long waited = 0; waited < atMost.toMillis(); waited += POLL_MILLIS) {
            // The file goes last. It counts too, as a process that nobody reaps stays visible in a container.
            if (identity() != Identity.OURS || Files.notExists(cluster.resolve(FILE))) {
                return true;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return false;
    }

    /// Sends a signal through the shell, whose built-in `kill` is there even where the program is not.
    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private boolean serves(List<String> arguments) {
        if (arguments.isEmpty() || !arguments.getFirst().matches(".*postgres(\\.exe)?")) {
            return false;
        }
        int option = arguments.indexOf("-D");
        boolean named = option >= 0 && option + 1 < arguments.size() && same(Path.of(arguments.get(option + 1)));
        // It works in its cluster, wherever that was moved to since.
        return named || same(Path.of("/proc/" + pid + "/cwd"));
    }

    private boolean same(Path directory) {
        try {
            return Files.isSameFile(directory, cluster);
        } catch (IOException | SecurityException unreadable) {
            return false;
        }
    }

    /// The command line; an empty one is that of a process that has ended but was not reaped.
    private static Optional<List<String>> arguments(ProcessHandle process) {
        Path file = Path.of("/proc/" + process.pid() + "/cmdline");
        try {
            if (Files.isReadable(file)) {
                String line = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                return Optional.of(Arrays.stream(line.split("\0"))
                        .filter(part -> !part.isEmpty())
                        .toList());
            }
        } catch (IOException ended) {
            return Optional.of(List.of());
        }
        ProcessHandle.Info info = process.info();
        return info.command()
                .flatMap(command -> info.arguments()
                        .map(arguments -> Stream.concat(Stream.of(command), Arrays.stream(arguments))
                                .toList()));
    }

    private static List<String> lines(Path cluster) throws IOException {
        try {
            return Files.readAllLines(cluster.resolve(FILE)).stream()
                    .map(String::strip)
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }
}
