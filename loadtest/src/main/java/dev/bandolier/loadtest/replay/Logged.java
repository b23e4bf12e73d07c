package dev.bandolier.loadtest.replay;

/// One line of a log after its header.
sealed interface Logged {

    /// What was served and what became of it.
    ///
    /// @param row     counts the lines after the header from 1, malformed ones included
    /// @param item    number of the item that was served
    /// @param clicked whether it was clicked
    record Row(long row, int item, boolean clicked) implements Logged {

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
