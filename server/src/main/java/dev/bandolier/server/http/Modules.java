package dev.bandolier.server.http;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a module needs before it runs: the modules that it imports, and those that these import.
///
/// What is imported by a call, `import('./page.js')`, is fetched when somebody goes there, and is not among them; nor are
/// libraries, which are imported by name.
final class Modules {

    /// A statement at the beginning of a line, with a relative address in single quotes.
    private static final Pattern IMPORT = Pattern.compile("(?m)^(?:import|export)\\b[^'\"(]*'(\\.[^']+)'");

    private Modules() {}

    /// The module and all that it needs, in the order of their paths.
    ///
    /// @param entry path of the module among the files
    /// @throws IllegalStateException if one of them is not among the files
    static SortedSet<String> from(String entry, Map<String, Buffer> files) {
        SortedSet<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>();
        open.push(entry);
        while (!open.isEmpty()) {
            String path = open.pop();
            if (!found.add(path)) {
                continue;
            }
            Buffer text = files.get(path);
            if (text == null) {
                throw new IllegalStateException("there is no module " + path);
            }
            IMPORT.matcher(text.toString())
                    .results()
                    .map(each -> URI.create(path).resolve(each.group(1)).toString())
                    .forEach(open::push);
        }
        return found;
    }
}
