package dev.bandolier.server.postgres;

/// The reason, in words for the operator, why the server cannot run on its database.
///
/// The message stands alone: it says what is wrong, with which directory, process or address, and what to do about it.
/// It never contains a password.
public final class UnusableDatabase extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableDatabase(String reason) {
        super(reason);
    }

    UnusableDatabase(String reason, Throwable cause) {
        super(reason, cause);
    }
}
