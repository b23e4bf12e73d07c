package dev.bandolier.server.wire;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// The bytes of a request, bounded, and those of a reply.
public final class Body {

    private Body() {}

    /// The whole body of a request; fails with 413 as soon as it is known to be larger than allowed.
    public static Future<Buffer> read(HttpServerRequest request, int bytesMax) {
        String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (announced != null && tooLong(announced, bytesMax)) {
            return Future.failedFuture(tooLarge(bytesMax));
        }
        return readChunks(request, bytesMax);
    }

    /// Whether a header announces more than is allowed; one of more digits than a number holds does.
    private static boolean tooLong(String announced, int bytesMax) {
        try {
            return Long.parseLong(announced.strip()) > bytesMax;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    /// Whatever was announced, what arrives is counted.
    private static Future<Buffer> readChunks(HttpServerRequest request, int bytesMax) {
        Promise<Buffer> promise = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() > bytesMax) {
                request.handler(rest -> {});
                promise.tryFail(tooLarge(bytesMax));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(promise::tryFail);
        request.endHandler(end -> promise.tryComplete(body));
        return promise.future();
    }

    /// Writes a reply, unless the client is gone.
    public static void write(HttpServerResponse response, Reply reply) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        if (reply.status() == 413 && response.streamId() < 0) {
            // What is still on its way is not read. In HTTP/2, where streams have ids, the header is forbidden.
            response.putHeader(HttpHeaders.CONNECTION, "close");
        }
        response.end(reply.body());
    }

    /// The refusal of a body that is too large.
    public static Problem tooLarge(int bytesMax) {
        return Problem.of(413, "Too large", "the body is larger than " + bytesMax + " bytes");
    }
}
