package dev.bandolier.server.postgres;

import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/// The Postgres that comes along: a real server, a process of its own, whose data outlives it.
///
/// In the data directory it keeps
///
/// ```
/// server.lock     held while this process lives, with its process id
/// postgres/       the database cluster, with its password in bandolier.password
/// postgres.log    what Postgres says
/// ```
///
/// It listens on 127.0.0.1 only, on a port that the system chooses at every start, and lets in only who has the
/// password. A commit is on disk before it is acknowledged: `fsync` and `synchronous_commit` are forced on and asked
/// for after the start.
///
/// A killed process leaves its Postgres running. The next start sees that the lock is free but the Postgres is there,
/// and stops it before it starts its own, so that new settings apply and nobody else holds the data. A second *live*
/// process on the same data directory is refused. It is not stopped by the end of the Java process: who starts it
/// closes it, last.
public final class EmbeddedDatabase implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String DATABASE = "postgres";

    /// Ports to try: another program may take the one that was free a moment ago.
    private static final int PORTS_MAX = 3;

    /// What must hold after the start for an acknowledged commit to be a lasting one.
    private static final List<String> MUST_BE_ON = List.of("fsync", "synchronous_commit", "full_page_writes");

    private final ServerLock lock;
    private final Cluster cluster;
    private final DatabaseUrl address;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(ServerLock lock, Cluster cluster, DatabaseUrl address) {
        this.lock = lock;
        this.cluster = cluster;
        this.address = address;
    }

    /// Starts Postgres on the data in a directory, which is made if it is not there, and waits until it answers.
    ///
    /// @param dataDirectory where the data lives
    /// @param binariesCache where the programs are unpacked, once for all data directories (60 MB)
    /// @throws UnusableDatabase saying why not: a live server (by process id), permissions, disk, another version, ...
    public static EmbeddedDatabase start(Path dataDirectory, Path binariesCache) {
        try {
            Files.createDirectories(dataDirectory);
            Path data = dataDirectory.toRealPath();
            ServerLock lock = ServerLock.take(data);
            try {
                return start(lock, data, binariesCache.toAbsolutePath());
            } catch (IOException | InterruptedException | RuntimeException failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new UnusableDatabase(
                    "Cannot use the data directory " + dataDirectory + ": " + reason(failure), failure);
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            throw new UnusableDatabase("Interrupted while starting the database in " + dataDirectory, told);
        }
    }

    private static EmbeddedDatabase start(ServerLock lock, Path data, Path binariesCache)
            throws IOException, InterruptedException {
        PostgresLog log = PostgresLog.open(data.resolve("postgres.log"));
        Cluster cluster = new Cluster(data.resolve("postgres"), Binaries.unpack(binariesCache), log);
        cluster.create();
        cluster.clear();
        try {
            int port = startOnFreePort(cluster, log);
            DatabaseUrl address = new DatabaseUrl(
                    LOOPBACK, port, DATABASE, Cluster.USER, cluster.password(), SslMode.DISABLE, Optional.empty());
            requireDurable(address);
            return new EmbeddedDatabase(lock, cluster, address);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            cluster.stop();
            throw failure;
        }
    }

    /// The address for both drivers, with the password.
    public DatabaseUrl address() {
        return address;
    }

    /// The address for JDBC; user and password are those of [#address()].
    public String jdbcUrl() {
        return address.jdbcUrl();
    }

    /// The address as one `postgres://` text, with the password, as `psql` takes it.
    public String uri() {
        return address.uri();
    }

    /// The id of the Postgres process that serves the data now, if there is one: it may have died or been stopped.
    public OptionalLong pid() {
        try {
            return Postmaster.of(cluster.directory()).stream()
                    .filter(postmaster -> postmaster.identity() == Postmaster.Identity.OURS)
                    .mapToLong(Postmaster::pid)
                    .findFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Stops Postgres, disconnecting its clients, and keeps the data. Further calls do nothing.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (lock) {
            cluster.stop();
        } catch (IOException failure) {
            throw new UncheckedIOException("The database in " + cluster.directory() + " may still be running", failure);
        } catch (InterruptedException told) {
            // It was told to stop and will; a start that comes too early waits for it.
            Thread.currentThread().interrupt();
        }
    }

    private static int startOnFreePort(Cluster cluster, PostgresLog log) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            try {
                cluster.start(port);
                return port;
            } catch (UnusableDatabase failure) {
                if (attempt == PORTS_MAX || !log.says("could not bind IPv4 address")) {
                    throw failure;
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    private static void requireDurable(DatabaseUrl address) {
        try (Connection connection =
                        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                Statement statement = connection.createStatement()) {
            for (String setting : MUST_BE_ON) {
                try (ResultSet shown = statement.executeQuery("show " + setting)) {
                    shown.next();
                    if (!"on".equals(shown.getString(1))) {
                        throw new UnusableDatabase("The database runs with " + setting + "=" + shown.getString(1)
                                + ": an acknowledged commit could be lost");
                    }
                }
            }
        } catch (SQLException failure) {
            throw new UnusableDatabase("The database started but refused its owner: " + failure.getMessage(), failure);
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "this user may not write to " + denied.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " is a file, not a directory";
            case NoSuchFileException missing -> missing.getFile() + " is missing";
            case IOException other -> other.getMessage();
        };
    }
}
