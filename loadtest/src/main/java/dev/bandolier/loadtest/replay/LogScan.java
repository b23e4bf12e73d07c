package dev.bandolier.loadtest.replay;

import dev.bandolier.loadtest.api.CommandFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/// A log as a whole, from one pass over it: which items it served, and how often they were clicked.
///
/// @param items   numbers of the items, ascending
/// @param rows    rows that can be read
/// @param clicks  of these, how many were clicked
/// @param skipped malformed lines
record LogScan(List<Integer> items, long rows, long clicks, long skipped) {

    /// A defensive copy of the items.
    LogScan {
        items = List.copyOf(items);
    }

    /// Reads a log to its end.
    ///
    /// @param limit   rows to read, at most
    /// @param skipBad whether malformed lines are passed over
    /// @throws CommandFailure naming line and column of the first malformed line, unless they are passed over
    static LogScan of(Path file, long limit, boolean skipBad) {
        TreeSet<Integer> items = new TreeSet<>();
        long[] clicks = {0, 0};
        long skipped = eachRow(file, limit, skipBad, row -> {
            items.add(row.item());
            clicks[row.clicked() ? 1 : 0]++;
        });
        long rows = clicks[0] + clicks[1];
        if (items.size() < 2) {
            throw new CommandFailure(
                    file + " serves " + items.size() + " item in " + rows + " rows; a replay needs 2 at least");
        }
        return new LogScan(List.copyOf(items), rows, clicks[1], skipped);
    }

    /// Hands on the rows of a log, in order.
    ///
    /// @return how many malformed lines were passed over
    static long eachRow(Path file, long limit, boolean skipBad, Consumer<Logged.Row> rows) {
        long read = 0;
        long skipped = 0;
        try (LogReader reader = LogReader.open(file)) {
            Optional<Logged> next = reader.next();
            while (next.isPresent() && read < limit) {
                switch (next.get()) {
                    case Logged.Row row -> {
                        rows.accept(row);
                        read++;
                    }
                    case Logged.Malformed malformed -> {
                        if (!skipBad) {
                            throw new CommandFailure(file + " " + malformed + "; --skip-bad passes over such lines");
                        }
                        skipped++;
                    }
                }
                next = reader.next();
            }
        }
        return skipped;
    }

    /// Keys of the arms that stand for the items, the lowest first.
    List<String> arms() {
        return items.stream().map(LogScan::arm).toList();
    }

    /// Key of the arm that stands for an item.
    static String arm(int item) {
        return "item-" + item;
    }
}
