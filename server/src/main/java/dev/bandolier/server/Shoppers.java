package dev.bandolier.server;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The simulated shoppers of the demo: a process of their own, so that they know of the server only what HTTP tells.
///
/// @param address where the server listens
/// @param rate    how many a second while a past is lived through
/// @param length  how long they come afterwards, as in `60s`
/// @param stay    whether they come until the process is interrupted instead
record Shoppers(String address, String rate, String length, boolean stay) {

    /// The system property with the path of the shoppers' jar, set by the launcher.
    private static final String JAR = "bandolier.loadtest";

    /// What they say when the experiments are started and the clock may run; they are answered when it began to.
    private static final String READY = "ready";

    /// Lets them shop; returns their exit code.
    ///
    /// @param past begins when they say that they are ready
    /// @param out  where their lines go
    /// @throws IllegalStateException if the shoppers' jar is not where the launcher says
    int shop(Past past, PrintWriter out) throws IOException, InterruptedException {
        String jar = System.getProperty(JAR, "");
        if (jar.isEmpty() || !new File(jar).isFile()) {
            throw new IllegalStateException("the demo needs its shoppers; start it with ./bandolier demo");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jar,
                "shop",
                "--url",
                address,
                "--rate",
                rate,
                "--for",
                length));
        command.addAll(past.options());
        if (stay) {
            command.add("--stay");
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // Who ends the demo with anything but Ctrl-C ends only this process.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end of the shoppers"));
        try (BufferedReader said = process.inputReader();
                BufferedWriter answer = process.outputWriter()) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.equals(READY)) {
                    answer.write(past.begin() + System.lineSeparator());
                    answer.flush();
                } else {
                    out.println(line);
                    out.flush();
                }
            }
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }
}
