package dev.bandolier.server.receive;

import dev.bandolier.bandits.Names;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.ReceiptTable.Line;
import dev.bandolier.server.ledger.ReceiptTable.Sum;
import dev.bandolier.server.ledger.RefusalTable.Refused;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What came in since it was last written down: sums by source, day and reason, and a few of the refusals.
///
/// Counting never waits for the database: requests add to sums in memory, and [#flush] moves these to the tables every
/// second. A node that is killed owes the last second. What cannot be written down is kept until it can be; an
/// acknowledgement that gets lost on the way back from the database makes that second count twice.
///
/// A conversion counts as accepted when it is known to be in the log, whatever its request is answered. One whose commit
/// was given up in flight and came about later never does: when it is sent again it is a duplicate. So the log may hold
/// more than was accepted, by what was given up while the database was slow.
///
/// Open to all threads. Bounded: [#LINES_MAX] lines, and as many refusals as a [Sample] holds.
public final class Receipts implements AutoCloseable {

    /// What is counted.
    enum What {
        DELIVERY,
        ACCEPTED,
        DUPLICATE,
        IGNORED,
        REFUSED;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The source of what was sent to an address of nobody: who makes addresses up must not make rows.
    static final String NOBODY = "";

    /// The reason of what is more than can be told apart.
    static final String OTHER = "other";

    /// The most lines between two flushes: the reasons of some hundred sources. More are counted under [#OTHER].
    private static final int LINES_MAX = 2_000;

    /// The most addresses that may wait until it is known whether they are sources.
    private static final int UNRESOLVED_MAX = 100;

    private static final System.Logger LOG = System.getLogger(Receipts.class.getName());

    private final Ledger ledger;
    private final InstantSource clock;
    private final Map<Line, Sum> sums = new ConcurrentHashMap<>();
    private final Map<Line, Sum> unresolved = new ConcurrentHashMap<>();
    private final Sample sample = new Sample();

    /// Nothing yet.
    public Receipts(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /// Counts what came from a source that is known to be one.
    void count(String source, What what, String reason, long count) {
        Instant now = clock.instant();
        add(line(source, what, reason, now), new Sum(count, now));
    }

    /// Counts a delivery that was refused as a whole before it was known whether its address is that of a source.
    void refusedUnread(String address, String reason) {
        Instant now = clock.instant();
        Line line = line(address, What.REFUSED, reason, now);
        boolean room = unresolved.size() < UNRESOLVED_MAX || unresolved.containsKey(line);
        if (room) {
            unresolved.merge(line, new Sum(1, now), Sum::plus);
        } else {
            refuse(NOBODY, reason, new Sum(1, now), line.day());
        }
    }

    /// Keeps a refusal for the sample, if there is room.
    void note(Refused refused) {
        sample.note(refused);
    }

    /// Writes down what was counted; a turn of a loop.
    ///
    /// @return how many lines were written
    public int flush() {
        resolve();
        Map<Line, Sum> counted = drained(sums);
        List<Refused> noted = sample.drained();
        if (counted.isEmpty() && noted.isEmpty()) {
            return 0;
        }
        try {
            return write(counted, noted);
        } catch (Exception e) {
            // Awaiting throws what a future failed with, also what is declared nowhere.
            counted.forEach(this::add);
            noted.forEach(this::note);
            throw e;
        }
    }

    /// Writes down the rest.
    @Override
    public void close() {
        try {
            flush();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "What came in during the last second could not be written down", e);
        }
    }

    private int write(Map<Line, Sum> counted, List<Refused> noted) {
        return ledger.transactions().run(connection -> {
            if (!counted.isEmpty()) {
                ledger.receipts().add(connection, counted);
            }
            if (!noted.isEmpty()) {
                ledger.refusals().append(connection, noted);
            }
            return counted.size() + noted.size();
        });
    }

    /// Finds out which addresses are sources, now that there is time to ask.
    private void resolve() {
        for (Line line : List.copyOf(unresolved.keySet())) {
            String source = isSource(line.source()) ? line.source() : NOBODY;
            Optional.ofNullable(unresolved.remove(line))
                    .ifPresent(sum -> refuse(source, line.reason(), sum, line.day()));
        }
    }

    private boolean isSource(String address) {
        return Names.valid(address)
                && ledger.sources().find(ledger.pool(), address).isPresent();
    }

    private void refuse(String source, String reason, Sum sum, LocalDate day) {
        add(new Line(source, day, What.DELIVERY.text(), ""), sum);
        add(new Line(source, day, What.REFUSED.text(), reason), sum);
    }

    private void add(Line line, Sum sum) {
        boolean room = sums.size() < LINES_MAX || sums.containsKey(line);
        Line shown = room ? line : new Line(line.source(), line.day(), line.what(), OTHER);
        sums.merge(shown, sum, Sum::plus);
    }

    private static Line line(String source, What what, String reason, Instant now) {
        return new Line(source, LocalDate.ofInstant(now, ZoneOffset.UTC), what.text(), reason);
    }

    /// Takes everything out; what is added meanwhile stays for the next time.
    private static Map<Line, Sum> drained(Map<Line, Sum> lines) {
        Map<Line, Sum> taken = new HashMap<>();
        for (Line line : List.copyOf(lines.keySet())) {
            Optional.ofNullable(lines.remove(line)).ifPresent(sum -> taken.put(line, sum));
        }
        return taken;
    }
}
