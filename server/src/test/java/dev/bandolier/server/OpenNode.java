package dev.bandolier.server;

import dev.bandolier.server.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// A whole node in this process, on a free port, with a database that can be taken away from it.
final class OpenNode implements AutoCloseable {

    private final EmbeddedDatabase database;
    private final Node node;

    private OpenNode(EmbeddedDatabase database, Node node) {
        this.database = database;
        this.node = node;
    }

    /// Opens one.
    ///
    /// @param folder  empty, for its data
    /// @param now     what its clock says now
    /// @param limits  settings by the names that the environment gives them
    static OpenNode open(Path folder, Instant now, Map<String, String> limits) throws IOException {
        Path binaries = Path.of(System.getProperty("bandolier.root"), "server/target/postgres-binaries");
        EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgres"), binaries);
        Map<String, String> environment = new HashMap<>(limits);
        environment.put("DATABASE_URL", database.address().uri());
        environment.put("BANDOLIER_DATA", folder.toString());
        environment.put("BANDOLIER_PORT", "0");
        Settings settings = Settings.of(environment, Map.of());
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), now));
        Node node = Main.open(new Settings(
                settings.http(),
                settings.decide(),
                settings.receive(),
                settings.attribute(),
                settings.learn(),
                settings.database(),
                clock,
                settings.listing()));
        return new OpenNode(database, node);
    }

    /// As in `http://127.0.0.1:43211`.
    String address() {
        return node.address();
    }

    /// The oracle's way into its database.
    Sql sql() {
        return new Sql(database.address());
    }

    /// Stops the database under the feet of the node.
    void loseDatabase() {
        database.close();
    }

    @Override
    public void close() {
        node.close();
        database.close();
    }
}
