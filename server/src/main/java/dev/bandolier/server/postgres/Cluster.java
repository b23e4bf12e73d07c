package dev.bandolier.server.postgres;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A database cluster on disk, made once by `initdb` and served by one Postgres at a time.
///
/// @param directory what Postgres calls its data directory
/// @param binaries  the programs that make and serve it
/// @param log       where they write
record Cluster(Path directory, Binaries binaries, PostgresLog log) {

    /// The role that owns everything.
    static final String USER = "postgres";

    private static final System.Logger LOG = System.getLogger(Cluster.class.getName());

    private static final String PASSWORD_FILE = "bandolier.password";
    private static final int PASSWORD_BYTES = 24;

    /// How long a start may take; redoing a gigabyte of log after a crash takes tens of seconds.
    private static final Duration START_MAX = Duration.ofMinutes(5);

    /// How long making a cluster may take; on a slow disk it is mostly waiting for the disk.
    private static final Duration CREATE_MAX = Duration.ofMinutes(5);

    private static final long POLL_MILLIS = 10;

    /// Settings that hold whatever the configuration files say. They are passed through a shell, so plain words only.
    private static final List<String> SETTINGS = List.of(
            // What was acknowledged survives the loss of power.
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            // Reachable from this machine alone, and with the password only.
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            // Far more than the server's pools, so that there is room for people and backups.
            "max_connections=100",
            "shared_buffers=128MB",
            // Statements here are short: compiling them costs more than it saves.
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off");

    /// Makes the cluster, if it is not there, whole or not at all.
    ///
    /// Text is compared by Postgres itself (builtin C.UTF-8), not by the system's C library, whose next version might
    /// order it differently and so break every index.
    void create() throws IOException, InterruptedException {
        if (Files.exists(directory)) {
            requireSameVersion();
            return;
        }
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".unfinished");
        Path password = directory.resolveSibling(PASSWORD_FILE + ".unfinished");
        Trees.delete(unfinished);
        writePassword(password);
        run(
                CREATE_MAX,
                "initdb",
                "-D",
                unfinished.toString(),
                "-U",
                USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
        Files.move(password, unfinished.resolve(PASSWORD_FILE), StandardCopyOption.ATOMIC_MOVE);
        sync(unfinished);
        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        sync(directory.toAbsolutePath().getParent());
    }

    /// The password of [#USER].
    String password() throws IOException {
        return Files.readString(directory.resolve(PASSWORD_FILE)).strip();
    }

    /// Ends a Postgres that was left behind by a killed process. The caller holds the [ServerLock], so no live process
    /// needs it.
    void clear() throws IOException, InterruptedException {
        Postmaster left = Postmaster.of(directory).orElse(null);
        if (left == null) {
            return;
        }
        switch (left.identity()) {
            case GONE -> LOG.log(Level.DEBUG, "Postgres process {0} is gone; Postgres will recover", left.pid());
            case ANOTHER -> left.forget();
            case UNKNOWN ->
                throw new UnusableDatabase(directory.resolve("postmaster.pid") + " names process "
                        + left.pid() + ", and it cannot be found out whether that is a Postgres that serves this data."
                        + " If it is, stop it; if not, remove the file.");
            case OURS -> {
                LOG.log(
                        Level.WARNING,
                        "Stopping the Postgres that a killed server left behind, process {0}",
                        Long.toString(left.pid()));
                left.stop();
            }
        }
    }

    /// Ends the Postgres that serves this cluster now, if there is one.
    void stop() throws IOException, InterruptedException {
        Postmaster running = Postmaster.of(directory).orElse(null);
        if (running != null && running.identity() == Postmaster.Identity.OURS) {
            running.stop();
        }
    }

    /// Starts Postgres on a port.
    ///
    /// @throws UnusableDatabase if it ends or is not ready in time, saying why
    void start(int port) throws IOException, InterruptedException {
        String options = Stream.concat(Stream.of("port=" + port), SETTINGS.stream())
                .map(setting -> "-c " + setting)
                .collect(Collectors.joining(" "));
        Process control = binaries.begin(
                log,
                "pg_ctl",
                "-D",
                directory.toString(),
                "-l",
                log.file().toString(),
                "-w",
                "-t",
                Long.toString(START_MAX.toSeconds()),
                "-o",
                options,
                "start");
        while (true) {
            // Asked before the file is read: a program that has ended after success left it complete.
            boolean waiting = control.isAlive();
            Postmaster postmaster = Postmaster.of(directory).orElse(null);
            if (postmaster != null && postmaster.ready(port)) {
                return;
            }
            if (!waiting) {
                stop();
                throw new UnusableDatabase("The database in " + directory + " did not start. " + log.reason());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private void requireSameVersion() throws IOException {
        Path file = directory.resolve("PG_VERSION");
        if (Files.notExists(file)) {
            throw new UnusableDatabase(directory + " is not a Postgres cluster (it has no PG_VERSION)."
                    + " Move it away, or choose another data directory.");
        }
        String version = Files.readString(file).strip();
        if (!version.equals(Integer.toString(Binaries.MAJOR_VERSION))) {
            throw new UnusableDatabase("The data in " + directory + " was written by Postgres " + version
                    + ", and this program comes with Postgres " + Binaries.MAJOR_VERSION + ". Start the program that"
                    + " wrote it, dump the data (pg_dump --format=custom --file=bandolier.dump <its database address>),"
                    + " move " + directory + " away, start this program, and restore (pg_restore --dbname=<its database"
                    + " address> --clean --if-exists bandolier.dump).");
        }
    }

    private void run(Duration atMost, String program, String... arguments) throws IOException, InterruptedException {
        Process process = binaries.begin(log, program, arguments);
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroy();
            throw new UnusableDatabase(
                    program + " did not finish within " + atMost.toMinutes() + " minutes (log: " + log.file() + ")");
        }
        if (process.exitValue() != 0) {
            throw new UnusableDatabase("The database in " + directory + " could not be made. " + log.reason());
        }
    }

    private static void writePassword(Path file) throws IOException {
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n");
    }

    /// Has what a directory lists survive the loss of power.
    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
