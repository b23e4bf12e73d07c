package dev.bandolier.loadtest.shoppers;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/// Where the live table appears: redrawn in place on a terminal, one line at a time anywhere else.
///
/// Confined to one event loop.
final class Screen {

    private static final String CLEAR_REST_OF_LINE = "\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private int drawn;

    /// A screen that nothing has been drawn on.
    Screen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /// How often to show a moment here.
    Duration period() {
        return Duration.ofSeconds(terminal ? 1 : 5);
    }

    /// Shows a moment, in place of the last one if this is a terminal.
    void show(Moment moment) {
        if (!terminal) {
            out.println(Table.line(moment));
            out.flush();
            return;
        }
        List<String> rows = Table.rows(moment);
        if (drawn > 0) {
            // The cursor goes up to the first row drawn.
            out.print("\u001b[" + drawn + "A");
        }
        rows.forEach(row -> out.println(row + CLEAR_REST_OF_LINE));
        out.flush();
        drawn = rows.size();
    }

    /// Leaves what is drawn where it is: something else is printed below it.
    void leave() {
        drawn = 0;
    }
}
