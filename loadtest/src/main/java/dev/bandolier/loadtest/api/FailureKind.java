package dev.bandolier.loadtest.api;

import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/// The kinds under which failed requests are counted.
public final class FailureKind {

    private FailureKind() {}

    /// The kind of a failure that came instead of an answer.
    public static String of(Throwable failure) {
        return switch (failure) {
            case ConnectException _ -> "connection refused";
            case TimeoutException _ -> "timed out";
            case HttpClosedException _ -> "connection closed";
            case CommandFailure unusable -> unusable.getMessage();
            default -> other(failure);
        };
    }

    private static String other(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        // Netty and Vert.x wrap both in exceptions of their own that have no public type in common.
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("refused")) {
            return "connection refused";
        }
        if (lower.contains("connection reset") || lower.contains("broken pipe")) {
            return "connection closed";
        }
        return lower.contains("timeout") || lower.contains("timed out")
                ? "timed out"
                : failure.getClass().getSimpleName() + ": " + message;
    }
}
