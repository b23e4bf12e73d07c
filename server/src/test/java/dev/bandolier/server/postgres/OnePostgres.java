package dev.bandolier.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// A Postgres in a directory that is removed with it.
final class OnePostgres implements AutoCloseable {

    private final Path directory;
    private final EmbeddedDatabase database;

    private OnePostgres(Path directory, EmbeddedDatabase database) {
        this.directory = directory;
        this.database = database;
    }

    static OnePostgres start() throws IOException {
        Path directory = Files.createTempDirectory("one-postgres");
        return new OnePostgres(directory, EmbeddedDatabase.start(directory, TestDatabase.CACHE));
    }

    DatabaseUrl url() {
        return database.address();
    }

    /// The address of an empty database on it.
    DatabaseUrl fresh(String name) throws SQLException {
        execute("create database " + name);
        return DatabaseUrl.parse(url().uri().replace("/postgres?", "/" + name + "?"));
    }

    void execute(String sql) throws SQLException {
        execute(url(), sql);
    }

    static void execute(DatabaseUrl url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        database.close();
        try {
            Trees.delete(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
