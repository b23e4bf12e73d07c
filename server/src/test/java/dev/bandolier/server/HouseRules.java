package dev.bandolier.server;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The rules of the house that are about text: each maps a file to what it does wrong.
final class HouseRules {

    static final int FILE_LINES_MAX = 300;
    static final int METHOD_LINES_MAX = 70;
    static final int OWN_IMPORTS_MAX = 14;

    /// Longer files, and why each is one thing all the same.
    static final Map<String, String> LONG_FILES = Map.of(
            "server/src/main/java/dev/bandolier/server/Settings.java",
            "the one list of everything that can be set, each with its unit and its reason",
            "server/src/main/java/dev/bandolier/server/postgres/GroupCommit.java",
            "one algorithm, which opens with its essay");

    private static final String SERVER = "server/src/main/java/dev/bandolier/server/";

    /// Where clock and chance enter: the wiring of each program, and the commands that are mains of their own.
    private static final Pattern ENTRANCE = Pattern.compile(
            Pattern.quote(SERVER) + "(Main|Settings)\\.java|loadtest/.*/(Main|[A-Za-z]+Command)\\.java");

    private static final Pattern CLOCK_OR_CHANCE = Pattern.compile(String.join(
            "|",
            "(java\\.time\\.)?(Instant|LocalDate|LocalDateTime|ZonedDateTime|OffsetDateTime)\\.now",
            "(java\\.time\\.)?Clock\\.system.*",
            "(java\\.time\\.)?InstantSource\\.system",
            "(java\\.lang\\.)?System\\.currentTimeMillis",
            "new (java\\.util\\.)?Date",
            "(java\\.lang\\.)?Math\\.random",
            "(java\\.util\\.concurrent\\.)?ThreadLocalRandom(\\..*)?"));

    private static final Pattern SQL = Pattern.compile("(?is)\\b(select\\b.+\\bfrom|insert\\s+into|delete\\s+from"
            + "|update\\s+\\w+(\\s+\\w+)?\\s+set|create\\s+table)\\b.*");

    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Util|Utils|Helper|Helpers|Manager|Impl)");

    /// Files that know more of our types, and why.
    static final Map<String, String> HUBS = Map.of(SERVER + "Main.java", "makes every object of a node");

    private HouseRules() {}

    static long ownImports(ParsedSource file) {
        return file.imports().stream()
                .filter(each -> each.startsWith("dev.bandolier."))
                .count();
    }

    static final Function<ParsedSource, List<String>> FILES_ARE_SHORT =
            file -> file.lines() > FILE_LINES_MAX && !LONG_FILES.containsKey(file.name())
                    ? List.of(file.name() + " has " + file.lines() + " lines")
                    : List.of();

    static final Function<ParsedSource, List<String>> METHODS_ARE_SHORT = file -> file.methods().stream()
            .filter(each -> each.lines() > METHOD_LINES_MAX)
            .map(each -> file.name() + "#" + each.name() + " has " + each.lines() + " lines")
            .toList();

    static final Function<ParsedSource, List<String>> NOBODY_KNOWS_EVERYBODY = file -> {
        long own = ownImports(file);
        return own > OWN_IMPORTS_MAX && !HUBS.containsKey(file.name())
                ? List.of(file.name() + " imports " + own + " of our types")
                : List.of();
    };

    static final Function<ParsedSource, List<String>> NAMES_SAY_SOMETHING = file -> file.types().stream()
            .filter(each -> EMPTY_NAME.matcher(each).matches())
            .map(each -> file.name() + ": " + each)
            .toList();

    static final Function<ParsedSource, List<String>> PUBLIC_TYPES_HAVE_DOCS = file -> Stream.concat(
                    file.undocumented().stream().map(each -> file.name() + ": " + each),
                    Stream.of(file.name() + ": /**").filter(each -> file.oldDocs()))
            .toList();

    static final Function<ParsedSource, List<String>> CLOCK_AND_CHANCE_ARE_ARGUMENTS =
            file -> ENTRANCE.matcher(file.name()).matches()
                    ? List.of()
                    : file.mentions().stream()
                            .filter(each -> CLOCK_OR_CHANCE.matcher(each).matches())
                            .map(each -> file.name() + ": " + each)
                            .toList();

    static final Function<ParsedSource, List<String>> SQL_IS_IN_THE_LEDGER =
            file -> file.name().startsWith(SERVER + "ledger/")
                    ? List.of()
                    : file.literals().stream()
                            .filter(each -> SQL.matcher(each).find())
                            .map(each -> file.name() + ": " + each)
                            .toList();

    static final Function<ParsedSource, List<String>> LOADTEST_KNOWS_NO_SERVER =
            file -> file.name().startsWith("loadtest/")
                    ? Stream.concat(file.imports().stream(), file.mentions().stream())
                            .filter(each -> each.startsWith("dev.bandolier.server"))
                            .map(each -> file.name() + ": " + each)
                            .toList()
                    : List.of();
}
