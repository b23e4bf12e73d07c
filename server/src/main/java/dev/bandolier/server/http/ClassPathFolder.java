package dev.bandolier.server.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A folder of the class path, read whole into memory, whether it lies in a jar or in a directory.
///
/// The class path itself can be asked for a file but not for a listing. So the folder is found by one file that must
/// be in it, and then walked as a file system. Nothing of it is read again afterwards: a request can name only what
/// was there at the start.
final class ClassPathFolder {
    private ClassPathFolder() {}

    /// All files of the folder that holds `landmark`, by their path below it with `/` between the names.
    ///
    /// @param landmark an absolute resource name, such as `/dashboards/index.html`
    /// @throws IllegalStateException if the class path does not have the landmark
    /// @throws UncheckedIOException  if a file cannot be read
    static SortedMap<String, Buffer> holding(String landmark, ClassLoader loader) {
        URL url = loader.getResource(landmark.substring(1));
        if (url == null) {
            throw new IllegalStateException(landmark + " is not on the class path");
        }
        try {
            return url.openConnection() instanceof JarURLConnection jar
                    ? readJar(jar.getJarFileURL().toURI(), landmark)
                    : read(Path.of(url.toURI()).getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the folder of " + url, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot read the folder of " + url, e);
        }
    }

    private static SortedMap<String, Buffer> readJar(URI jar, String landmark) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(Path.of(jar))) {
            return read(files.getPath(landmark).getParent());
        }
    }

    private static SortedMap<String, Buffer> read(Path folder) throws IOException {
        SortedMap<String, Buffer> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/");
                files.put(name, Buffer.buffer(Files.readAllBytes(file)));
            }
        }
        return files;
    }
}
