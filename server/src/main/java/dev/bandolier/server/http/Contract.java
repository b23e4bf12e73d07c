package dev.bandolier.server.http;

import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// The contract of the API, OpenAPI 3.1, served at `/openapi.yaml` as it is on the class path.
public final class Contract {

    private static final String FILE = "/openapi.yaml";

    private final Buffer text;

    /// The contract, read from the class path.
    public Contract() {
        try (InputStream in = Contract.class.getResourceAsStream(FILE)) {
            this.text = Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the contract is not on the class path", e);
        }
    }

    /// The endpoint that serves it.
    public List<Endpoint> endpoints() {
        return List.of(new Endpoint(HttpMethod.GET, FILE, this::serve));
    }

    private Reply serve(Call call) {
        return new Reply(200, Map.of("Content-Type", "application/yaml"), text);
    }
}
