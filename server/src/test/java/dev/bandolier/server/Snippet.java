package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/// Classes that break a rule, compiled for the test of that rule alone.
final class Snippet {

    private Snippet() {}

    /// A class with this body.
    ///
    /// @param folder where it is compiled to
    /// @param where  its package and its name, as in `dev.bandolier.server.learn/Broken`
    /// @param others the text of other files
    static JavaClasses compile(Path folder, String where, String body, String... others) throws IOException {
        String[] parts = where.split("/", -1);
        List<JavaFileObject> files = new ArrayList<>();
        files.add(file(parts[1], "package " + parts[0] + "; public class " + parts[1] + " {" + body + "}"));
        for (String other : others) {
            files.add(file(other.replaceAll("(?s).*class (\\w+).*", "$1"), other));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
            assertThat(compiler.getTask(null, manager, null, List.of("-proc:none"), null, files)
                            .call())
                    .isTrue();
        }
        return new ClassFileImporter().importPath(folder);
    }

    private static JavaFileObject file(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
