package dev.bandolier.server.receive;

import dev.bandolier.server.Settings;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.postgres.Bell;
import dev.bandolier.server.wire.Endpoint;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/// Where conversions come in: the one door of this room, behind which everything of it is made once.
public final class Reception {

    private final List<Endpoint> endpoints;
    private final Receipts receipts;
    private final Receiver receiver;

    /// The reception of a node.
    ///
    /// @param vertx    makes the event loops of the lanes
    /// @param settings limits and clock
    /// @param secret   secret of the server
    /// @param board    which experiments count what
    /// @param bell     rung when the log has grown
    /// @param random   makes secrets of sources, and nonces
    public Reception(
            Vertx vertx, Settings settings, byte[] secret, Board board, Ledger ledger, Bell bell, SecureRandom random) {
        Senders senders = new Senders(ledger, secret, settings.clock());
        Gate gate = new Gate(senders, settings.receive().itemsMax());
        this.receipts = new Receipts(ledger, settings.clock());
        this.receiver = new Receiver(vertx, settings, secret, board, ledger, bell, receipts);
        Sources sources = new Sources(
                settings.receive().sourcesMax(), ledger, new Vault(secret), senders, settings.clock(), random);
        this.endpoints = Stream.of(
                        new ReceiveRoutes(receiver, receipts, settings).endpoints(),
                        new WebhookRoutes(receiver, gate, receipts, settings).endpoints(),
                        new DryRun(receiver, gate, settings).endpoints(),
                        new SourceRoutes(sources).endpoints())
                .flatMap(List::stream)
                .toList();
    }

    /// The endpoints of this room.
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /// Whether conversions crowd at the door: those that are on their way at this moment fill half a batch.
    public boolean crowded() {
        return receiver.crowded();
    }

    /// What came in, to be written down every second.
    public Receipts receipts() {
        return receipts;
    }
}
