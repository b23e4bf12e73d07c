package dev.bandolier.server.experiments;

import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/// `/v1/previews`: what the settings of an experiment imply before it is started. Nothing is stored.
public final class PreviewRoutes {

    private final Previews previews;

    /// The routes over these previews.
    public PreviewRoutes(Previews previews) {
        this.previews = previews;
    }

    /// The endpoints of this room.
    public List<Endpoint> endpoints() {
        return List.of(new Endpoint(HttpMethod.POST, "/v1/previews", this::preview));
    }

    private Reply preview(Call call) {
        return Reply.ok(previews.of(Preview.read(call.json())));
    }
}
