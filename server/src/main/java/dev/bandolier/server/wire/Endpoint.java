package dev.bandolier.server.wire;

import io.vertx.core.http.HttpMethod;

/// A method, a path, and the work that answers it, run as plain statements on a virtual thread.
///
/// @param method HTTP method
/// @param path   path with parameters in Vert.x's form (`/v1/experiments/:key`)
/// @param work   what answers; throws [Problem] for any other answer
public record Endpoint(HttpMethod method, String path, Work work) {

    /// What answers a call.
    @FunctionalInterface
    public interface Work {
        /// The answer; may await.
        ///
        /// @throws Problem for any answer that is not the one asked for
        Reply answer(Call call);
    }
}
