package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Verdict.Horizon;
import dev.bandolier.bandits.guardrail.Ballot;
import dev.bandolier.bandits.guardrail.Docket;
import dev.bandolier.bandits.guardrail.Lots;
import dev.bandolier.bandits.guardrail.Trial;
import dev.bandolier.bandits.guardrail.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the tests of a [Course] are told: outcomes as they arrive, and again, once and for all, when their time is over.
///
/// Confined to the run that made it.
final class Jury {

    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private final Map<Long, Lots> lots = new HashMap<>();
    private final Map<Horizon, Integer> closed = new EnumMap<>(Horizon.class);

    /// What has been seen before anything happened.
    static Watch before(Definition definition) {
        return Watch.NEW.with(Docket.EMPTY.fitted(definition, Instant.EPOCH));
    }

    /// Notes how units are drawn from now on.
    void knows(Snapshot served, double holdout) {
        lots.put(served.version(), Lots.of(served, holdout));
    }

    /// The watch with what has arrived since the last look, and with all batches whose time is over.
    Watch heard(Watch watch, Experiment experiment, List<Batch> batches, List<Ballot> arrived, Instant now) {
        Definition definition = experiment.definition();
        Lots.Book book = version -> Optional.ofNullable(lots.get(version));
        Docket docket = watch.docket().arrived(definition, arrived, book, now.getEpochSecond() / DAY_SECONDS);
        for (Horizon horizon : List.of(Horizon.SHORT, Horizon.WINDOW)) {
            if (Trial.of(definition).stream().anyMatch(each -> each.horizon() == horizon)) {
                docket = closed(docket, experiment, horizon, batches, book, now);
            }
        }
        return watch.with(docket);
    }

    private Docket closed(
            Docket before, Experiment experiment, Horizon horizon, List<Batch> batches, Lots.Book book, Instant now) {
        Duration heard = experiment.bucketWidth().plus(Trial.heard(experiment.definition(), horizon));
        List<Ballot> ballots = new ArrayList<>();
        int next = closed.getOrDefault(horizon, 0);
        Instant upTo = Instant.MIN;
        while (next < batches.size() && !batches.get(next).end.plus(heard).isAfter(now)) {
            ballots.addAll(batches.get(next).heard);
            upTo = batches.get(next).end;
            next++;
        }
        closed.put(horizon, next);
        return upTo.equals(Instant.MIN) ? before : before.closed(experiment.definition(), horizon, upTo, ballots, book);
    }
}
