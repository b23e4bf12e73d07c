package dev.bandolier.server.report;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.server.ledger.Freshness;
import dev.bandolier.server.ledger.Ledger;
import java.time.Instant;
import java.time.InstantSource;

/// How far the counters of this node's experiments follow what was reported, as of the last second: just when they do not
/// keep up, every page that is open would count what is left.
public final class Tidings {

    private record Asked(long experiment, String metric) {}

    private final Ledger ledger;
    private final InstantSource clock;
    private final Momentary<Asked, Freshness> lately = new Momentary<>();

    /// The tidings of this ledger.
    public Tidings(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /// How fresh the counters of an experiment are.
    Freshness of(Experiment experiment) {
        String metric = experiment.definition().objective().metric();
        return lately.get(
                new Asked(experiment.id(), metric),
                () -> ledger.counters().freshness(ledger.pool(), experiment.id(), metric, clock.instant()));
    }

    /// Units of exposure buckets that start before this have had their whole window.
    static Instant mature(Experiment experiment, Freshness fresh) {
        return experiment.bucketOf(
                fresh.through().minus(experiment.definition().objective().window()));
    }
}
