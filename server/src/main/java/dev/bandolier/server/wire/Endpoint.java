package dev.bandolier.server.wire;

import io.vertx.core.http.HttpMethod;
import java.util.Map;

/// A method, a path, and the work that answers it, run as plain statements on a virtual thread.
///
/// @param method  HTTP method
/// @param path    path with parameters in Vert.x's form (`/v1/experiments/:key`)
/// @param work    what answers; throws [Problem] for any other answer
/// @param failing told of every failure, also of those that come before the work
public record Endpoint(HttpMethod method, String path, Work work, Failing failing) {

    /// An endpoint whose failures are answered as they are.
    public Endpoint(HttpMethod method, String path, Work work) {
        this(method, path, work, (values, failure) -> failure);
    }

    /// What answers a call.
    @FunctionalInterface
    public interface Work {
        /// The answer; may await.
        ///
        /// @throws Problem for any answer that is not the one asked for
        Reply answer(Call call);
    }

    /// What is told of a call that fails: because its body is too large or too deep, because too many are worked on, or in
    /// the work.
    @FunctionalInterface
    public interface Failing {
        /// The failure to answer with; runs on an event loop, so it never waits.
        ///
        /// @param path values of the path's parameters
        Throwable failed(Map<String, String> path, Throwable failure);
    }
}
