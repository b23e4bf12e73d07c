package dev.bandolier.server.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;

/// One kept-alive connection of HTTP/1.1 with at most one request on its way. Confined to its event loop.
///
/// It understands answers as this server writes them: a length is always said.
final class HttpConnection {

    /// What is done with an answer.
    interface Reader {
        void answered(HttpConnection connection, int status, Buffer body);
    }

    private static final String HEAD_END = "\r\n\r\n";
    private static final String LENGTH = "content-length:";
    private static final int STATUS_FROM = 9;

    private final NetSocket socket;
    private final Reader reader;
    private Buffer answer = Buffer.buffer();
    private int bytesNeeded;
    private int bodyFrom;

    /// When what is on its way was due, as a reading of [System#nanoTime()].
    long dueNanos;

    HttpConnection(NetSocket socket, Reader reader) {
        this.socket = socket;
        this.reader = reader;
        socket.handler(this::arrived);
    }

    void send(Buffer request, long due) {
        dueNanos = due;
        socket.write(request);
    }

    private void arrived(Buffer bytes) {
        answer = answer.length() == 0 ? bytes : answer.appendBuffer(bytes);
        if (bytesNeeded == 0) {
            measure();
        }
        if (bytesNeeded > 0 && answer.length() >= bytesNeeded) {
            int status = Integer.parseInt(answer.getString(STATUS_FROM, STATUS_FROM + 3));
            Buffer body = answer.slice(bodyFrom, bytesNeeded);
            answer = Buffer.buffer();
            bytesNeeded = 0;
            reader.answered(this, status, body);
        }
    }

    private void measure() {
        String text = answer.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf(HEAD_END);
        if (end < 0) {
            return;
        }
        int length = 0;
        for (String line : text.substring(0, end).lines().toList()) {
            if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(line.substring(LENGTH.length()).strip());
            }
        }
        bodyFrom = end + HEAD_END.length();
        bytesNeeded = bodyFrom + length;
    }
}
