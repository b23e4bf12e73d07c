package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a stranger may send.
final class IntrusionIT {

    private static Site site;
    private static Node node;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        node = site.opened(Map.of());
    }

    @AfterAll
    static void close() {
        node.close();
        site.close();
    }

    @Test
    void body_ofAnAnnouncedLengthBeyondAllNumbers_isTooLarge() throws IOException {
        for (String length : new String[] {"100000000000000000", "9223372036854775807"}) {
            assertThat(statusOf("POST /v1/decisions HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n{"))
                    .as("Content-Length: " + length)
                    .contains(" 413 ");
        }
    }

    @Test
    void change_sentByAPageOfAnotherSite_isForbidden() {
        Api api = new Api(node.address());
        String definition = Definitions.of("foreign", "a", "b").encode();

        Api.Answer foreign = api.send(
                "POST", "/v1/experiments", BodyPublishers.ofString(definition), "Sec-Fetch-Site", "cross-site");
        Api.Answer own = api.send(
                "POST", "/v1/experiments", BodyPublishers.ofString(definition), "Sec-Fetch-Site", "same-origin");

        assertThat(foreign.status()).isEqualTo(403);
        assertThat(own.status()).isEqualTo(201);
    }

    @Test
    void body_nestedTooDeeply_isRefusedWhereverItIsSent() {
        Api api = new Api(node.address());
        String deep = "{\"context\":{\"x\":" + "[".repeat(100) + "]".repeat(100) + "}}";

        for (String path : new String[] {"/v1/decisions", "/v1/conversions", "/v1/experiments"}) {
            assertThat(api.post(path, deep).status()).as(path).isEqualTo(400);
        }
    }

    private static String statusOf(String request) throws IOException {
        URI address = URI.create(node.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            byte[] answer = socket.getInputStream().readNBytes(16);
            return new String(answer, StandardCharsets.US_ASCII);
        }
    }
}
