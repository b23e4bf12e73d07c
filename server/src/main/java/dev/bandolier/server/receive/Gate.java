package dev.bandolier.server.receive;

import dev.bandolier.bandits.Names;
import dev.bandolier.server.platform.Delivery;
import dev.bandolier.server.platform.Heard;
import dev.bandolier.server.platform.Refusal;
import dev.bandolier.server.platform.RefusedDelivery;
import dev.bandolier.server.wire.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where deliveries come in: who sends is looked up, what proves it is verified, and only then is read what they say.
final class Gate {

    /// How a delivery fared.
    sealed interface Passage {

        /// It is genuine and says this.
        record Open(Sender sender, List<Heard> heard) implements Passage {}

        /// It is refused as a whole.
        ///
        /// @param sender whose address it was sent to, if it is that of anybody
        record Shut(Optional<Sender> sender, RefusedDelivery why) implements Passage {}
    }

    /// What is left of the five seconds of a sender after the longest wait for the commit.
    private static final Duration LOOK_UP_MAX = Duration.ofMillis(750);

    /// Deliveries that may wait at once for the table of sources to be read; it is one read for all, and quick.
    private static final int LOOK_UPS_MAX = 1_000;

    private final Patience patience;
    private final Senders senders;
    private final int eventsMax;

    /// A gate for these senders.
    ///
    /// @param eventsMax the most events of a delivery
    Gate(Senders senders, int eventsMax) {
        this(senders, eventsMax, Patience.of(LOOK_UP_MAX, LOOK_UPS_MAX));
    }

    /// A gate for these senders, of this patience with their table. What is known without it needs none: while the
    /// database is frozen, refused strangers take all places, and the others are let in by what was read before.
    Gate(Senders senders, int eventsMax, Patience patience) {
        this.senders = senders;
        this.eventsMax = eventsMax;
        this.patience = patience;
    }

    /// Who was set up under this key, as it was known a moment ago.
    ///
    /// @throws Problem 503 if that cannot be found out in time, or the source, as it is stored, cannot be read
    Optional<Sender> find(String key) {
        return Names.valid(key)
                ? senders.currentAtOnce()
                        .orElseGet(() -> patience.await(senders::current))
                        .find(key)
                : Optional.empty();
    }

    /// Who was set up under this key, as it is known now.
    ///
    /// @throws Problem 503 if that cannot be found out in time, or the source, as it is stored, cannot be read
    Optional<Sender> findAnew(String key) {
        return Names.valid(key)
                ? senders.latestAtOnce()
                        .orElseGet(() -> patience.await(senders::latest))
                        .find(key)
                : Optional.empty();
    }

    /// Lets a delivery in, or refuses it. Before it is refused, the source is read again: another node may have set it up,
    /// or given it another secret, a moment ago.
    Passage pass(String key, Delivery delivery) {
        Optional<Sender> known = find(key);
        Passage first = pass(key, known, delivery);
        if (first instanceof Passage.Open) {
            return first;
        }
        Optional<Sender> now = findAnew(key);
        return now.equals(known) ? first : pass(key, now, delivery);
    }

    private Passage pass(String key, Optional<Sender> sender, Delivery delivery) {
        try {
            Sender found = sender.orElseThrow(() -> new RefusedDelivery(
                    Refusal.UNKNOWN_SOURCE, "there is no source '" + Printable.atMost(64, key) + "'"));
            if (!found.source().enabled()) {
                throw new RefusedDelivery(Refusal.DISABLED, "the source '" + key + "' is disabled");
            }
            found.platform().signature().check(delivery, found.secrets(delivery.receivedAt()));
            return new Passage.Open(found, read(found, delivery));
        } catch (RefusedDelivery e) {
            return new Passage.Shut(sender, e);
        }
    }

    /// What a delivery says that is known to be genuine.
    ///
    /// @throws RefusedDelivery if it cannot be read, or says too much
    List<Heard> read(Sender sender, Delivery delivery) {
        List<Heard> heard = sender.platform().dialect().read(delivery);
        if (heard.size() > eventsMax) {
            throw new RefusedDelivery(
                    Refusal.TOO_LARGE, heard.size() + " events; " + eventsMax + " are the most per delivery");
        }
        return heard;
    }
}
