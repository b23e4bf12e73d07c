package dev.bandolier.server.receive;

import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.Source;
import dev.bandolier.server.ledger.SourceSecret;
import dev.bandolier.server.platform.Platform;
import dev.bandolier.server.platform.PlatformKind;
import dev.bandolier.server.wire.Problem;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The sources as deliveries look them up: read from the table at most once a second, made ready once per change.
///
/// What it last read is an immutable list that is replaced as a whole, by one reader at a time; everybody else is served
/// the one before meanwhile, for a few seconds. Open to all threads that may wait, which are virtual ones.
final class Senders {

    private static final System.Logger LOG = System.getLogger(Senders.class.getName());

    /// How old a list is served without another look at the table.
    static final Duration AGE_MAX = Duration.ofSeconds(1);

    /// How old a list is served while somebody reads a younger one: a read that hangs must not keep in force what has
    /// been disabled, or a secret that has been taken away.
    static final Duration AGE_WHILE_READ_MAX = AGE_MAX.multipliedBy(5);

    /// How old a list is enough to refuse by: refusals must not become load.
    static final Duration AGE_OF_REFUSALS = Duration.ofMillis(100);

    /// How soon a delivery to a source that cannot be read may come again: somebody has to mend it.
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    /// A source, and what became of it.
    ///
    /// @param source as it was read
    /// @param sender made ready; absent: it could not be
    record Found(Source source, Optional<Sender> sender) {}

    /// What was read.
    ///
    /// @param sources by key
    /// @param change  how many changes were made here before reading began
    /// @param asOf    when it began
    record Listing(Map<String, Found> sources, long change, Instant asOf) {

        /// The source with this key.
        ///
        /// @throws Problem 503 if its options or secrets, as they are stored, cannot be read
        Optional<Sender> find(String key) {
            return Optional.ofNullable(sources.get(key)).map(Senders::usable);
        }

        private boolean isOlderThan(Duration age, Instant now) {
            // A clock that was set back says nothing about age.
            return now.isBefore(asOf) || asOf.plus(age).isBefore(now);
        }
    }

    private final Supplier<List<Source>> table;
    private final Vault vault;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private final AtomicLong changes = new AtomicLong(1);
    private volatile Listing listing = new Listing(Map.of(), 0, Instant.EPOCH);

    /// The sources of this ledger.
    ///
    /// @param secret secret of the server, under which theirs are sealed
    /// @param clock  says how old a list is
    Senders(Ledger ledger, byte[] secret, InstantSource clock) {
        this(() -> ledger.sources().all(ledger.pool()), new Vault(secret), clock);
    }

    /// Senders over any list of sources.
    Senders(Supplier<List<Source>> table, Vault vault, InstantSource clock) {
        this.table = table;
        this.vault = vault;
        this.clock = clock;
    }

    /// The sources as they were a second ago or later, or five seconds ago or later while the table is being read; after
    /// every change that was made here. May wait for the table.
    Listing current() {
        if (!isYoungerThan(AGE_WHILE_READ_MAX)) {
            readUnlessYoungerThan(AGE_MAX);
        } else if (!isYoungerThan(AGE_MAX) && reading.tryLock()) {
            try {
                read();
            } finally {
                reading.unlock();
            }
        }
        return listing;
    }

    /// What [#current] gives, if it need not wait for it.
    Optional<Listing> currentAtOnce() {
        return youngerThan(reading.isLocked() ? AGE_WHILE_READ_MAX : AGE_MAX);
    }

    /// The sources as they were 100 ms ago or later: for who is about to refuse a delivery. May wait for the table.
    Listing latest() {
        readUnlessYoungerThan(AGE_OF_REFUSALS);
        return listing;
    }

    /// What [#latest] gives, if it need not wait for it.
    Optional<Listing> latestAtOnce() {
        return youngerThan(AGE_OF_REFUSALS);
    }

    /// Notes that a source was changed here: nobody is served what was read before.
    void changed() {
        changes.incrementAndGet();
    }

    private void readUnlessYoungerThan(Duration age) {
        if (isYoungerThan(age)) {
            return;
        }
        reading.lock();
        try {
            if (!isYoungerThan(age)) {
                read();
            }
        } finally {
            reading.unlock();
        }
    }

    private boolean isYoungerThan(Duration age) {
        return youngerThan(age).isPresent();
    }

    private Optional<Listing> youngerThan(Duration age) {
        Listing last = listing;
        boolean young = last.change() == changes.get() && !last.isOlderThan(age, clock.instant());
        return young ? Optional.of(last) : Optional.empty();
    }

    private void read() {
        long change = changes.get();
        Instant asOf = clock.instant();
        Map<String, Found> before = listing.sources();
        Map<String, Found> sources = new HashMap<>();
        for (Source source : table.get()) {
            Found known = before.get(source.key());
            boolean same = known != null && known.source().equals(source);
            sources.put(source.key(), same ? known : new Found(source, ready(source)));
        }
        listing = new Listing(Map.copyOf(sources), change, asOf);
    }

    /// The source made ready; what cannot be is logged once, because it is asked for again only when it has changed.
    private Optional<Sender> ready(Source source) {
        try {
            PlatformKind kind = PlatformKind.of(source.kind())
                    .orElseThrow(() -> new IllegalStateException("its kind is '" + source.kind() + "'"));
            List<Sender.Opened> opened = source.validAt(clock.instant()).stream()
                    .map(each -> open(source, each))
                    .toList();
            return Optional.of(new Sender(source, Platform.of(kind, source.options()), opened));
        } catch (RuntimeException e) {
            // Whatever is wrong with one row, the deliveries of the other sources are none the worse for it.
            LOG.log(
                    Level.ERROR,
                    "Source ''{0}'' cannot be used, so its deliveries are told to come back: {1}",
                    source.key(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private Sender.Opened open(Source source, SourceSecret secret) {
        return new Sender.Opened(vault.open(source, secret), secret.expiresAt());
    }

    private static Sender usable(Found found) {
        return found.sender()
                .orElseThrow(() -> Problem.unavailable(
                        "source '" + found.source().key() + "' cannot be used as it is stored; its owner finds why in"
                                + " the log of the server",
                        RETRY_AFTER));
    }
}
