package dev.bandolier.loadtest.api;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;

/// Where a server listens: scheme, host and port of its `http` or `https` URL.
///
/// @param host name or number
/// @param port TCP port
/// @param tls  whether the connection is encrypted
public record Address(String host, int port, boolean tls) {

    /// Where a server listens that was started without options.
    public static final String DEFAULT = "http://127.0.0.1:8080";

    /// The address in a URL such as `http://127.0.0.1:8080`.
    ///
    /// @throws CommandFailure if it is no such URL
    public static Address of(String url) {
        URI uri;
        try {
            uri = URI.create(url.strip());
        } catch (IllegalArgumentException e) {
            throw unfit(url, e);
        }
        boolean tls = "https".equals(uri.getScheme());
        boolean path = uri.getPath() != null && !uri.getPath().isEmpty() && !"/".equals(uri.getPath());
        if (uri.getHost() == null || path || !(tls || "http".equals(uri.getScheme()))) {
            throw unfit(url, null);
        }
        int standard = tls ? 443 : 80;
        return new Address(uri.getHost(), uri.getPort() == -1 ? standard : uri.getPort(), tls);
    }

    /// The same address as a URL.
    public String url() {
        return (tls ? "https" : "http") + "://" + host + ":" + port;
    }

    /// A failure to reach this address in one line that says what to do, or the failure itself if that is not its
    /// cause.
    RuntimeException explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return new CommandFailure(
                        "no server at " + url() + "; start one with ./bandolier serve, or name another with --url",
                        failure);
            }
            if (cause instanceof UnknownHostException) {
                return new CommandFailure("no host of the name '" + host + "'; check --url", failure);
            }
        }
        return new CommandFailure(url() + " did not answer: " + FailureKind.of(failure), failure);
    }

    private static CommandFailure unfit(String url, Throwable cause) {
        return new CommandFailure("--url '" + url + "' is no server address; it looks like " + DEFAULT, cause);
    }
}
