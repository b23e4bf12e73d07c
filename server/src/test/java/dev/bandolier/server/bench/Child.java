package dev.bandolier.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A server in a process of its own, started with the class path of this one and the options of the launcher.
///
/// @param process the process
/// @param port    where it listens
record Child(Process process, int port) implements AutoCloseable {

    private static final String STARTED = "Bandolier serves ";
    private static final int END_SECONDS = 20;

    /// Options that a server is profiled or bounded with, as the launcher takes them.
    private static final String JAVA_OPTIONS = "BANDOLIER_JAVA_OPTS";

    /// Starts one and waits until it says where it is.
    static Child start(Map<String, String> environment, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseG1GC",
                "-XX:+ExitOnOutOfMemoryError"));
        String options = System.getenv().getOrDefault(JAVA_OPTIONS, "").strip();
        if (!options.isEmpty()) {
            command.addAll(List.of(options.split(" +")));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("BANDOLIER_") || name.equals("DATABASE_URL"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(STARTED)) {
                URI address = URI.create(line.substring(STARTED.length(), line.indexOf(" (")));
                return new Child(process, address.getPort());
            }
        }
        throw new IOException(main + " ended before it said where it listens");
    }

    /// CPU time that it has used.
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /// Ends it, and waits for that.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
