package dev.bandolier.loadtest;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.Console;
import java.util.Optional;

/// What a command runs on: an event loop, and maybe a terminal.
public final class Platform {

    private static final int CONNECTIONS_MAX = 10_000;

    private Platform() {}

    /// One event loop: the client shall leave the other cores to the server, and state that has one owner needs no
    /// lock.
    public static Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setPreferNativeTransport(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    /// A number of connections that can be had.
    public static int connections(int wanted) {
        Asked.check("--connections", wanted, CONNECTIONS_MAX);
        return wanted;
    }

    /// Whether a person watches on a terminal.
    public static boolean terminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}
