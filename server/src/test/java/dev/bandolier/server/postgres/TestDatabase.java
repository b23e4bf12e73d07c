package dev.bandolier.server.postgres;

import java.nio.file.Path;

/// Where tests find the Postgres programs.
final class TestDatabase {

    /// Unpacked once for all tests and builds of this module.
    static final Path CACHE = Path.of("target", "postgres-binaries").toAbsolutePath();

    private TestDatabase() {}
}
