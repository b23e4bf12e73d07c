package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher `bandolier`, in a house of its own.
final class LauncherTest {
    @TempDir
    private Path folder;

    private LauncherHouse house;

    @BeforeEach
    void buildHouse() throws IOException {
        folder = folder.toRealPath();
        house = new LauncherHouse(folder);
    }

    @Test
    void start_withoutAnyJdk_saysWhatToInstallAndExitsWith2() throws Exception {
        LauncherHouse.Ended ended = house.launch(Map.of(), "serve");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).contains("no JDK of version 25", "Temurin 25", "apt ", "brew ", "winget ");
        assertThat(house.file("builds")).doesNotExist();
    }

    @Test
    void start_withOnlyOlderJdkAndRuntimeWithoutCompiler_exitsWith2() throws Exception {
        Path old = house.jdk("old", "17.0.15");
        Files.delete(house.jdk("runtime", "25.0.1").resolve("bin/javac"));

        LauncherHouse.Ended ended = house.launch(Map.of("JAVA_HOME", old.toString()), "serve");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).contains("JAVA_HOME is " + old);
    }

    @Test
    void start_withJavaHomeThatIsNotThere_takesAnotherJdk() throws Exception {
        Path found = house.jdk("found", "25.0.1");

        LauncherHouse.Ended ended = house.launch(Map.of("JAVA_HOME", "/not/there"), "serve");

        assertThat(ended.code()).isZero();
        assertThat(ended.output()).contains(found + "/bin/java");
        assertThat(house.file("builds")).hasContent(found.toString());
    }

    @Test
    void start_withGoodJavaHome_prefersItToTheFolders() throws Exception {
        house.jdk("another", "25.0.1");
        Path chosen = LauncherHouse.jdkAt(folder.resolve("chosen"), "26");

        assertThat(house.launch(Map.of("JAVA_HOME", chosen.toString()), "serve").output())
                .contains(chosen + "/bin/java");
    }

    @Test
    void start_throughSymbolicLinksFromAnotherFolder_findsItsHouse() throws Exception {
        house.jdk("found", "25.0.1");
        Files.createSymbolicLink(house.file("link"), Path.of("bandolier"));
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a house/link"));

        LauncherHouse.Ended ended = LauncherHouse.end(house.start("../b", Map.of(), "serve", "--port", "8 0"));

        assertThat(ended.code()).isZero();
        assertThat(ended.output())
                .contains("-jar\n" + house.file("server/target/bandolier-server.jar") + "\nserve\n--port\n8 0\n")
                .contains("-Dbandolier.loadtest=" + house.file("loadtest/target/bandolier-loadtest.jar"));
    }

    @Test
    void start_withNoOrLoadtestCommand_choosesTheProgram() throws Exception {
        house.jdk("found", "25.0.1");

        assertThat(house.launch(Map.of()).output()).endsWith("bandolier-server.jar\n--help\n");
        assertThat(house.launch(Map.of(), "shoppers", "-n").output())
                .endsWith("bandolier-loadtest.jar\nshoppers\n-n\n");
        assertThat(house.launch(Map.of(), "regret").output()).endsWith("bandolier-loadtest.jar\nregret\n");
        assertThat(house.launch(Map.of(), "jmh").output()).endsWith("bandolier-loadtest.jar\njmh\n");
        assertThat(house.launch(Map.of("BANDOLIER_JAVA_OPTS", "-Xmx9m -Dx=y"), "demo")
                        .output())
                .contains("-Xmx9m\n-Dx=y\n");
    }

    @Test
    void start_buildsFirstAndAgainOnlyAfterChange() throws Exception {
        house.jdk("found", "25.0.1");
        Path source = Files.createFile(house.file("bandits/src/main/Arm.java"));
        Files.setLastModifiedTime(source, FileTime.fromMillis(0));

        assertThat(house.launch(Map.of(), "serve").output()).contains("first start: building");
        assertThat(house.launch(Map.of(), "serve").output()).doesNotContain("building");
        Files.setLastModifiedTime(
                source,
                FileTime.from(Files.getLastModifiedTime(house.file("target/launcher/built"))
                        .toInstant()
                        .plus(Duration.ofSeconds(1))));
        assertThat(house.launch(Map.of(), "serve").output()).contains("sources have changed: building");
    }

    @Test
    void start_whoseBuildFails_namesErrorAndLog() throws Exception {
        house.jdk("found", "25.0.1");
        Files.createFile(house.file("broken"));

        LauncherHouse.Ended ended = house.launch(Map.of(), "serve");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output())
                .contains(
                        "it is broken", house.file("target/launcher/build.log").toString());
        assertThat(house.file("target/launcher/lock")).doesNotExist();
    }

    @Test
    void start_twiceAtOnce_buildsOnce() throws Exception {
        house.jdk("found", "25.0.1");
        Process one = house.start("bandolier", Map.of(), "serve");
        Process other = house.start("bandolier", Map.of(), "serve");

        assertThat(List.of(
                        LauncherHouse.end(one).code(), LauncherHouse.end(other).code()))
                .containsOnly(0);
        assertThat(Files.readAllLines(house.file("builds"))).hasSize(1);
    }

    @Test
    void start_afterKilledBuild_takesTheLockOver() throws Exception {
        house.jdk("found", "25.0.1");
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createDirectories(house.file("target/launcher"));
        Files.createSymbolicLink(house.file("target/launcher/lock"), Path.of(Long.toString(gone.pid())));

        assertThat(house.launch(Map.of(), "serve").code()).isZero();
    }

    @Test
    void test_withChromiumOnThePath_runsTheTestsInIt() throws Exception {
        house.jdk("found", "25.0.1");
        Path chromium = house.tool("chromium", "echo Chromium 1");

        LauncherHouse.Ended ended = house.launch(Map.of(), "test", "-pl", "server");

        assertThat(ended.code()).isZero();
        assertThat(ended.output()).contains("driven in " + chromium).doesNotContain("LEFT OUT");
        assertThat(house.file("calls")).hasContent(chromium + ": verify -pl server");
    }

    @Test
    void test_withoutChromium_saysWhatIsLeftOutAndHowToGetIt() throws Exception {
        house.jdk("found", "25.0.1");
        Path tests = Files.createDirectories(house.file("server/src/browser/java/dev/bandolier/server"));
        Files.createFile(tests.resolve("StoryBrowserIT.java"));
        house.tool("chromium-browser", "echo Please install the snap >&2", "exit 1");

        LauncherHouse.Ended ended = house.launch(Map.of(), "test");

        assertThat(ended.code()).isZero();
        assertThat(ended.output())
                .contains("LEFT OUT", "  StoryBrowserIT\n", "apt install chromium", "BANDOLIER_CHROMIUM");
        assertThat(house.file("calls")).hasContent("no browser: verify");
    }

    @Test
    void test_withChromiumThatIsNotThere_exitsWith2() throws Exception {
        house.jdk("found", "25.0.1");
        house.tool("chromium", "echo Chromium 1");

        LauncherHouse.Ended ended = house.launch(Map.of("BANDOLIER_CHROMIUM", "/not/there"), "test");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).contains("BANDOLIER_CHROMIUM is /not/there");
        assertThat(house.file("calls")).doesNotExist();
    }

    /// Where the packages are not those of Debian, root is told what everybody is told.
    @Test
    void test_asRootWithoutChromium_installsItAndSaysSo() throws Exception {
        house.jdk("found", "25.0.1");
        house.tool("id", "echo 0");
        String chromium = folder.resolve("tools/chromium").toString();
        house.tool(
                "apt-get",
                "[ \"$1\" = install ] || exit 0",
                "echo '#!/bin/sh' >'" + chromium + "'",
                "/bin/chmod +x '" + chromium + "'");
        Path release = Path.of("/etc/os-release");
        boolean debian = Files.exists(release) && Files.readString(release).contains("debian");

        LauncherHouse.Ended ended = house.launch(Map.of(), "test");

        assertThat(ended.code()).isZero();
        assertThat(ended.output()).contains(debian ? "installing one, as root" : "LEFT OUT");
        assertThat(house.file("calls")).hasContent((debian ? chromium : "no browser") + ": verify");
    }
}
