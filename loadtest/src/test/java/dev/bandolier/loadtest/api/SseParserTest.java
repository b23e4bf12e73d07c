package dev.bandolier.loadtest.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {

    private static final String STREAM = """
        : keep-alive

        id: 7
        event: snapshot
        data: {"name":"größer"}

        data: first
        data:second
        retry: 10

        event: no-data

        id: 8
        event: learned
        data: {}

        event: cut off
        data: never dispatched
        """;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 10_000})
    void accept_streamCutAnywhere_givesTheSameEvents(int size) {
        assertThat(parse(STREAM, size))
                .containsExactly(
                        new SseParser.Event("7", "snapshot", "{\"name\":\"größer\"}"),
                        new SseParser.Event("7", "message", "first\nsecond"),
                        new SseParser.Event("8", "learned", "{}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10_000})
    void accept_carriageReturns_areLineEndsToo(int size) {
        assertThat(parse(STREAM.replace("\n", "\r\n"), size)).isEqualTo(parse(STREAM, size));
    }

    private static List<SseParser.Event> parse(String stream, int size) {
        List<SseParser.Event> events = new ArrayList<>();
        SseParser parser = new SseParser(events::add);
        Buffer bytes = Buffer.buffer(stream);
        for (int at = 0; at < bytes.length(); at += size) {
            parser.accept(bytes.getBuffer(at, Math.min(at + size, bytes.length())));
        }
        return events;
    }
}
