package dev.bandolier.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A server as its operator runs it: `java -jar`, a process of its own.
final class ServerProcess implements AutoCloseable {

    private static final String STARTED = "Bandolier serves ";
    private static final int END_SECONDS = 30;

    private final Process process;
    private final Api api;

    private ServerProcess(Process process, Api api) {
        this.process = process;
        this.api = api;
    }

    /// Starts a server with these environment variables and options of `serve`, and waits until it says where it is; on
    /// any free port unless they name one.
    static ServerProcess start(Map<String, String> environment, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                Path.of(System.getProperty("bandolier.root"), "server", "target", "bandolier-server.jar")
                        .toString(),
                "serve"));
        command.addAll(List.of(options));
        if (!command.contains("--port")) {
            command.addAll(List.of("--port", "0"));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("BANDOLIER_") || name.equals("DATABASE_URL"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            return new ServerProcess(process, new Api(address(process)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The server's API.
    Api api() {
        return api;
    }

    /// Its process id.
    long pid() {
        return process.pid();
    }

    /// Kills it with no chance to say goodbye (SIGKILL).
    void kill() {
        process.destroyForcibly();
        await();
    }

    /// Ends it as Ctrl-C does, and waits for that.
    @Override
    public void close() {
        process.destroy();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the server did not end within " + END_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a server ends", e);
        }
    }

    private static String address(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(STARTED)) {
                return line.substring(STARTED.length(), line.indexOf("/ ("));
            }
        }
        throw new AssertionError("the server ended before it said where it listens");
    }
}
