package dev.bandolier.loadtest.replay;

/// One line of a log after its header.
sealed interface Logged {

    /// What was served and what became of it.
    ///
    /// @param row        counts the lines after the header from 1, malformed ones included
    /// @param item       number of the item that was served
    /// @param clicked    whether it was clicked
    /// @param position   where on the page it was; 0 if the log does not say
    /// @param propensity probability with which it was served there, in (0, 1]; not a number if the log does not say
    record Row(long row, int item, boolean clicked, int position, double propensity) implements Logged {

        /// A row of a log that says neither where an item was served nor with what probability.
        Row(long row, int item, boolean clicked) {
            this(row, item, clicked, 0, Double.NaN);
        }

        /// The arm that stands for this item.
        String arm() {
            return LogScan.arm(item);
        }
    }

    /// A line that cannot be read.
    ///
    /// @param line   counts the lines of the file from 1, header included
    /// @param column name of the column
    /// @param reason what is wrong with it
    record Malformed(long line, String column, String reason) implements Logged {

        @Override
        public String toString() {
            return "line " + line + ", column " + column + ": " + reason;
        }
    }
}
