package dev.bandolier.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The simulated shoppers of the demo: a process of their own, so that they know of the server only what HTTP tells.
///
/// @param address where the server listens
/// @param length  how long they come, as in `60s`
/// @param rate    how many a second, if not the default
/// @param stay    whether a trickle goes on until the process is interrupted
record Shoppers(String address, String length, Optional<String> rate, boolean stay) {

    /// The system property with the path of the shoppers' jar, set by the launcher.
    private static final String JAR = "bandolier.loadtest";

    /// Slow enough at first to watch, and for a process that has just started.
    private static final String RAMP = "20s";

    private static final String TRICKLE_PER_SECOND = "50";

    /// Lets them shop; returns their exit code.
    ///
    /// @throws IllegalStateException if the shoppers' jar is not where the launcher says
    int shop() throws IOException, InterruptedException {
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
                "shoppers",
                "--fresh",
                "--ramp",
                RAMP,
                "--url",
                address,
                "--for",
                length));
        rate.ifPresent(each -> command.addAll(List.of("--rate", each)));
        if (stay) {
            command.addAll(List.of("--then-idle", TRICKLE_PER_SECOND));
        }
        Process process = new ProcessBuilder(command).inheritIO().start();
        // Who ends the demo with anything but Ctrl-C ends only this process.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end of the shoppers"));
        try {
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }
}
