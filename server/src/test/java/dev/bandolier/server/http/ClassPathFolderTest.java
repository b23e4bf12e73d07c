package dev.bandolier.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder of the class path, in both forms in which the class path holds it.
final class ClassPathFolderTest {
    @TempDir
    private Path temporary;

    @Test
    void folder_inADirectory_isReadWhole() throws IOException {
        Files.createDirectories(temporary.resolve("site/deep"));
        Files.writeString(temporary.resolve("site/index.html"), "page");
        Files.writeString(temporary.resolve("site/deep/a.js"), "code");
        Files.writeString(temporary.resolve("beside.txt"), "not of the folder");

        assertReadFrom(temporary);
    }

    @Test
    void folder_inAJarWithASpaceInItsPath_isReadWhole() throws IOException {
        Path jar = Files.createDirectory(temporary.resolve("a folder")).resolve("site.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            entry(out, "site/index.html", "page");
            entry(out, "site/deep/a.js", "code");
            entry(out, "beside.txt", "not of the folder");
        }

        assertReadFrom(jar);
    }

    @Test
    void folder_notOnTheClassPath_isRefusedByName() {
        ClassLoader loader = ClassPathFolderTest.class.getClassLoader();

        assertThatThrownBy(() -> ClassPathFolder.holding("/nowhere/index.html", loader))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/nowhere/index.html");
    }

    private static void assertReadFrom(Path place) throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {place.toUri().toURL()}, null)) {
            assertThat(ClassPathFolder.holding("/site/index.html", loader))
                    .containsOnlyKeys("index.html", "deep/a.js")
                    .containsEntry("deep/a.js", Buffer.buffer("code"));
        }
    }

    private static void entry(JarOutputStream jar, String name, String content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content.getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
    }
}
