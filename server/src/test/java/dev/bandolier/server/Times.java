package dev.bandolier.server;

import java.time.Duration;

/// How long tests wait for a server at most; passing ones wait for a fraction of it.
final class Times {

    /// For a change to be learned, published and served, on a busy machine.
    static final Duration LEARNED = Duration.ofSeconds(15);

    /// For a server to notice that its database is back.
    static final Duration RECOVERED = Duration.ofSeconds(20);

    private Times() {}
}
