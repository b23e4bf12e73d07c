package dev.bandolier.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A project folder for the launcher to start from: a copy of the script beside a `mvnw` that only makes empty jars,
/// JDKs whose `java` prints how it was called, and a PATH with the few tools that the script needs and no Java.
final class LauncherHouse {
    private static final List<String> TOOLS = List.of(
            "basename", "cat", "dirname", "find", "grep", "head", "ln", "mkdir", "mv", "readlink", "rm", "sleep");

    /// Writes a line to `builds` and one to `calls` for each build; fails if there is a file `broken`.
    private static final String MVNW = """
        #!/bin/sh
        echo "$JAVA_HOME" >>builds
        echo "${BANDOLIER_CHROMIUM-no browser}: $*" >>calls
        [ ! -f broken ] || { echo '[ERROR] it is broken'; exit 1; }
        sleep 0.5
        mkdir -p server/target loadtest/target
        : >server/target/bandolier-server.jar
        : >loadtest/target/bandolier-loadtest.jar
        """;

    private final Path folder;
    private final Path house;

    /// What a launcher that has ended left behind.
    record Ended(int code, String output) {}

    LauncherHouse(Path folder) throws IOException {
        this.folder = folder;
        this.house = Files.createDirectory(folder.resolve("a house"));
        script(file("bandolier"), Files.readString(Path.of(System.getProperty("bandolier.root"), "bandolier")));
        script(file("mvnw"), MVNW);
        Files.createFile(file("pom.xml"));
        for (String module : List.of("bandits", "dashboards", "server", "loadtest")) {
            Files.createDirectories(file(module + "/src/main"));
        }
        for (String tool : TOOLS) {
            script(folder.resolve("tools").resolve(tool), "#!/bin/sh\nexec '" + whereIs(tool) + "' \"$@\"\n");
        }
        tool("id", "echo 1000");
    }

    /// Puts one more program on the PATH: what its name is, and what it does.
    Path tool(String name, String... lines) throws IOException {
        Path program = folder.resolve("tools").resolve(name);
        script(program, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        return program;
    }

    Path file(String name) {
        return house.resolve(name);
    }

    /// Starts the launcher and waits for its end.
    Ended launch(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        return end(start("bandolier", environment, arguments));
    }

    /// Starts a launcher by its path from the house, in a folder that is not the house.
    Process start(String launcher, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(file(launcher).normalize().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("tools").toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("BANDOLIER_JDK_FOLDERS", folder.resolve("none") + ":" + folder.resolve("jdks"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Ended end(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    /// Installs a JDK in one of the folders that the launcher looks in.
    Path jdk(String name, String version) throws IOException {
        return jdkAt(folder.resolve("jdks").resolve(name), version);
    }

    static Path jdkAt(Path home, String version) throws IOException {
        script(home.resolve("bin/javac"), "#!/bin/sh\n");
        script(home.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\"\n");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path whereIs(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
