package dev.bandolier.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What a document tells a newcomer to look at, and what of it is not there.
final class ReadingGuide {

    private static final Pattern METHOD = Pattern.compile("`([A-Z][A-Za-z]+)#([a-z][A-Za-z]*)`");
    private static final Pattern TYPE_LINK = Pattern.compile("\\[(?:[a-z]+\\.)*([A-Z][A-Za-z]+)](?!\\()");
    private static final Pattern LINK = Pattern.compile("]\\(([^):#]+)(?:#[^)]*)?\\)");
    private static final Pattern VARIABLE = Pattern.compile("`((?:BANDOLIER_[A-Z_]+)|DATABASE_URL)");

    private final Path root;
    private final Set<String> types = new HashSet<>();
    private final Set<String> methods = new HashSet<>();
    private final Set<String> variables = new HashSet<>();

    /// A guide through these sources.
    ///
    /// @param variables environment variables that mean something
    ReadingGuide(Path root, List<ParsedSource> sources, Set<String> variables) {
        this.root = root;
        this.variables.addAll(variables);
        for (ParsedSource source : sources) {
            types.addAll(source.types());
            source.types().forEach(type -> source.methods().forEach(method -> methods.add(type + "#" + method.name())));
        }
    }

    /// How many methods the text names to start reading at.
    static long stops(String text) {
        return METHOD.matcher(text).results().count();
    }

    /// What the text names and nobody finds.
    List<String> missing(String text) {
        List<String> missing = new ArrayList<>();
        METHOD.matcher(text)
                .results()
                .map(each -> each.group(1) + "#" + each.group(2))
                .filter(each -> !methods.contains(each))
                .forEach(missing::add);
        VARIABLE.matcher(text)
                .results()
                .map(each -> each.group(1))
                .filter(each -> !variables.contains(each))
                .forEach(missing::add);
        LINK.matcher(text)
                .results()
                .map(each -> each.group(1))
                .filter(each -> !Files.exists(root.resolve(each)))
                .forEach(missing::add);
        return missing;
    }

    /// What the doc comment of a package links to and nobody finds.
    List<String> missingTypes(String comment) {
        return TYPE_LINK
                .matcher(comment)
                .results()
                .map((MatchResult each) -> each.group(1))
                .filter(each -> !types.contains(each))
                .toList();
    }
}
