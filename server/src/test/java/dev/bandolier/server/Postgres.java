package dev.bandolier.server;

import dev.bandolier.server.postgres.DatabaseUrl;
import dev.bandolier.server.postgres.EmbeddedDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// The one Postgres of a test JVM: started by the first test that needs a database, stopped with the JVM.
///
/// Its data directory below `target` is kept, because making one takes seconds; databases that a killed run left in it
/// are dropped at the start.
final class Postgres {

    private static final String PREFIX = "it_";
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final Postgres ONE = new Postgres();

    private final EmbeddedDatabase cluster;

    private Postgres() {
        cluster = EmbeddedDatabase.start(Path.of("target", "postgres-of-tests"), binaries());
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "close the Postgres of tests"));
        leftovers().forEach(this::execute);
    }

    /// Where the Postgres programs are unpacked: the place that the server itself uses.
    static Path binaries() {
        return Settings.of(System.getenv(), Map.of()).database().binaries();
    }

    /// A new, empty database.
    static DatabaseUrl create() {
        String name = PREFIX + NUMBER.incrementAndGet();
        ONE.execute("create database " + name);
        DatabaseUrl url = ONE.cluster.address();
        return new DatabaseUrl(
                url.host(), url.port(), name, url.user(), url.password(), url.sslMode(), url.rootCertificate());
    }

    /// Drops a database, disconnecting whoever is in it.
    static void drop(DatabaseUrl database) {
        ONE.execute("drop database " + database.database() + " with (force)");
    }

    private List<String> leftovers() {
        List<String> drops = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select datname from pg_database where datname like '" + PREFIX + "%'")) {
            while (rows.next()) {
                drops.add("drop database " + rows.getString(1));
            }
            return drops;
        } catch (SQLException failure) {
            throw new IllegalStateException("cannot list the databases of earlier runs", failure);
        }
    }

    private void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    private Connection connect() throws SQLException {
        DatabaseUrl url = cluster.address();
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }
}
