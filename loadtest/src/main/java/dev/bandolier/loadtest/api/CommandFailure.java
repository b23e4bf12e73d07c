package dev.bandolier.loadtest.api;

import java.io.Serial;

/// The end of a command for a reason that the person at the keyboard can do something about.
///
/// The message is one line that names what is wrong and, where there is one, the fix; it is all that is printed.
public class CommandFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /// A failure with the line to print.
    public CommandFailure(String line) {
        super(line);
    }

    /// A failure with the line to print and what led to it.
    public CommandFailure(String line, Throwable cause) {
        super(line, cause);
    }
}
