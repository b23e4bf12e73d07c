package dev.bandolier.server.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The Postgres programs that come along, unpacked: `initdb`, `pg_ctl` and `postgres` under `bin`.
///
/// @param home the directory that holds `bin`, `lib` and `share`
record Binaries(Path home) {

    /// The major version of the programs. A cluster can only be served by the major version that made it.
    static final int MAJOR_VERSION = 18;

    private static final int EXECUTABLE = 0100;

    /// Held for ever, as java.util.logging forgets the level of a logger that nobody holds. The library tells at every
    /// start what it has found.
    private static final Logger LIBRARY = Logger.getLogger("io.zonky.test.db.postgres");

    static {
        if (LIBRARY.getLevel() == null) {
            LIBRARY.setLevel(Level.WARNING);
        }
    }

    /// The programs for this system, unpacked into a directory of the cache that is named after their content, unless
    /// they are there already. Several processes may do so at once: the first to finish wins, whole.
    static Binaries unpack(Path cache) throws IOException {
        byte[] archive = archive();
        Path home = cache.resolve("postgres-" + MAJOR_VERSION + "-" + digest(archive));
        if (Files.isDirectory(home)) {
            return new Binaries(home);
        }
        Files.createDirectories(cache);
        Path unfinished = Files.createTempDirectory(cache, "unpacking-");
        try {
            unpack(archive, unfinished);
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException | AtomicMoveNotSupportedException lost) {
            if (!Files.isDirectory(home)) {
                throw lost;
            }
        } finally {
            Trees.delete(unfinished);
        }
        return new Binaries(home);
    }

    /// Runs one of the programs, which writes to the log.
    ///
    /// Postgres refuses to run as root. There it runs in a user namespace of its own, in which it is nobody and still
    /// owns its files. The operator's settings for other databases (`PGDATA`, `PGPORT`, ...) do not reach it, and its
    /// messages are in English, as [PostgresLog] reads them.
    Process begin(PostgresLog log, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(LinuxUtils.isUnshareAvailable() ? List.of("unshare", "-U") : List.of());
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new UnusableDatabase(
                    "Cannot run " + program + ": " + failure.getMessage() + ". If its files are damaged, remove " + home
                            + " and start again.",
                    failure);
        }
    }

    private static byte[] archive() throws IOException {
        String system = system();
        String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
        try (InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
            return archive.readAllBytes();
        } catch (IllegalStateException absent) {
            throw new UnusableDatabase(
                    "No Postgres for " + system + " on " + machine
                            + " comes with this program. Set DATABASE_URL to use a Postgres of your own.",
                    absent);
        }
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "Darwin" : name.startsWith("windows") ? "Windows" : "Linux";
    }

    private static String digest(byte[] archive) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static void unpack(byte[] archive, Path directory) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, directory);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path directory) throws IOException {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
            throw new IOException("the archive names a file outside of it: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            if ((entry.getMode() & EXECUTABLE) != 0 && !target.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make " + target + " executable");
            }
        }
    }
}
