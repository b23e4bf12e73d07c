package dev.bandolier.server.learn;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.guardrail.OriginShare;
import dev.bandolier.bandits.guardrail.Watch;
import dev.bandolier.bandits.learning.Learner;
import dev.bandolier.server.ledger.AuditLog;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.OriginTable;
import dev.bandolier.server.ledger.QuarantineTable;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The look at who stands behind conversions: an origin that reports far more of one arm than chance explains is put
/// under quarantine, and a lead that rests on a few origins is told (`methods.md` 10.4 and 10.5).
///
/// Confined to the thread of the duty.
final class Inspection {

    /// How often the origins of an experiment are looked at: forgers are quick, the statements are not free.
    static final Duration EVERY = Duration.ofSeconds(5);

    /// The part of the time that looks may take: statements over hundreds of thousands of origins take seconds.
    private static final int PAUSE_PER_LOOK = 20;

    /// How long nobody looks after a look that did not come to an end.
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

    /// Quarantines that are told of; who puts a thousand origins there knows by then.
    private static final int TOLD_MAX = 20;

    /// How long a fragile lead is told of at least, so that it does not come and go.
    private static final Duration FRAGILE_FOR = Duration.ofMinutes(10);

    /// Conversions below which nobody is put under quarantine: so many may come from one household.
    private static final long REPORTED_MIN = 5;

    /// The part of origins that a lead must not rest on.
    private static final double TOP = 0.01;

    /// By how much the probability of the leader has to fall without them.
    private static final double FALL = 0.2;

    private final OriginTable origins;
    private final QuarantineTable quarantines;
    private final AuditLog audit;
    private final Map<Long, Instant> nextAt = new HashMap<>();

    Inspection(Ledger ledger) {
        this.origins = ledger.origins();
        this.quarantines = ledger.quarantines();
        this.audit = ledger.audit();
    }

    /// A watch that knows who stands behind the conversions of an experiment; as it is if that was looked at lately.
    Watch of(
            SqlConnection connection,
            Experiment experiment,
            Counters counters,
            Watch watch,
            Snapshot served,
            Instant now) {
        if (now.isBefore(nextAt.getOrDefault(experiment.id(), Instant.EPOCH))) {
            return watch;
        }
        // If a statement is ended for taking too long, the turn is over, and the next does not begin with the same one.
        nextAt.put(experiment.id(), now.plus(AFTER_FAILURE));
        long startNanos = System.nanoTime();
        Watch inspected = inspected(connection, experiment, counters, watch, served, now);
        Duration pause = Duration.ofNanos(PAUSE_PER_LOOK * (System.nanoTime() - startNanos));
        nextAt.put(experiment.id(), now.plus(pause.compareTo(EVERY) > 0 ? pause : EVERY));
        return inspected;
    }

    private Watch inspected(
            SqlConnection connection,
            Experiment experiment,
            Counters counters,
            Watch watch,
            Snapshot served,
            Instant now) {
        OriginTable.Suspects suspects = origins.suspects(connection, experiment.id());
        List<Verdict> verdicts = kept(connection, watch);
        for (OriginTable.Suspect suspect : suspects.top()) {
            quarantine(connection, experiment, suspect, suspects.pairs(), now).ifPresent(verdicts::add);
        }
        Optional<Guard.TopOrigins> without = without(connection, experiment, counters, served, now);
        without.flatMap(top -> fragile(experiment, top, served, watch, now)).ifPresent(verdicts::add);
        return watch.inspected(without, verdicts);
    }

    /// Forgets all but these experiments.
    void keep(Set<Long> experiments) {
        nextAt.keySet().retainAll(experiments);
    }

    /// What stays in force: of quarantines the latest that nobody has lifted; whether a lead is fragile is found anew.
    private List<Verdict> kept(SqlConnection connection, Watch watch) {
        List<Verdict.OriginQuarantined> put = new ArrayList<>();
        List<Verdict> kept = new ArrayList<>();
        for (Verdict each : watch.verdicts()) {
            switch (each) {
                case Verdict.OriginQuarantined origin -> put.add(origin);
                case Verdict.LeadFragile fragile -> {
                    // Found again below, or not.
                }
                default -> kept.add(each);
            }
        }
        Set<Long> standing = quarantines.standing(
                connection,
                put.stream().map(Verdict.OriginQuarantined::quarantine).toList());
        put.stream()
                .filter(each -> standing.contains(each.quarantine()))
                .sorted(Comparator.comparing(Verdict.OriginQuarantined::quarantine)
                        .reversed())
                .limit(TOLD_MAX)
                .forEach(kept::add);
        return kept;
    }

    private Optional<Verdict> quarantine(
            SqlConnection connection, Experiment experiment, OriginTable.Suspect suspect, long pairs, Instant now) {
        List<OriginShare.Stratum> days = suspect.days().stream()
                .map(day -> new OriginShare.Stratum(
                        Math.toIntExact(day.both()),
                        Math.toIntExact(day.ofOrigin()),
                        Math.toIntExact(day.ofArm()),
                        Math.toIntExact(day.all())))
                .toList();
        OriginShare share = OriginShare.of(suspect.arm(), days);
        if (suspect.ofArm() < REPORTED_MIN || !share.flagged(pairs)) {
            return Optional.empty();
        }
        if (quarantines.released(connection, suspect.origin())) {
            // A person knows better.
            return Optional.empty();
        }
        String reason = "reported " + suspect.ofArm() + " of " + suspect.allOfArm() + " conversions of '"
                + suspect.arm() + "', far more than chance explains";
        Optional<Verdict> verdict = quarantines
                .insert(connection, Optional.empty(), Optional.of(suspect.origin()), reason, now)
                .map(put -> new Verdict.OriginQuarantined(
                        put.id(),
                        suspect.arm(),
                        suspect.ofArm(),
                        suspect.allOfArm(),
                        share.share(),
                        share.logP(),
                        now));
        // Here, because it is in force from here on, whatever becomes of the snapshot that would tell of it.
        verdict.ifPresent(each -> audit.append(connection, AuditLog.Entry.began(experiment, each, now)));
        return verdict;
    }

    private Optional<Guard.TopOrigins> without(
            SqlConnection connection, Experiment experiment, Counters counters, Snapshot served, Instant now) {
        OriginTable.Top top = origins.top(connection, experiment.id(), TOP);
        if (top.origins() == 0) {
            return Optional.empty();
        }
        Map<Counters.Cell, Tally> taken = new HashMap<>();
        top.earned().forEach((cell, tally) -> taken.put(cell, tally.negated()));
        Map<String, Double> best = new HashMap<>();
        Learner.standing(experiment, counters.plus(taken), served, now)
                .arms()
                .forEach(arm -> best.put(arm.arm(), arm.belief().best()));
        return Optional.of(new Guard.TopOrigins(top.origins(), best));
    }

    /// Whether an arm but control that is believed to be the best would not lead without the top origins.
    private static Optional<Verdict> fragile(
            Experiment experiment, Guard.TopOrigins without, Snapshot served, Watch watch, Instant now) {
        Snapshot.ArmView leader = served.arms().stream()
                .max(Comparator.comparingDouble(arm -> arm.belief().best()))
                .orElseThrow();
        Optional<Verdict.LeadFragile> stood = watch.verdicts().stream()
                .flatMap(each -> each instanceof Verdict.LeadFragile told ? Stream.of(told) : Stream.empty())
                .findFirst();
        double best = leader.belief().best();
        double left = without.best().getOrDefault(leader.arm(), 0.0);
        boolean leads = without.best().values().stream().allMatch(each -> each <= left);
        boolean control = leader.arm().equals(experiment.definition().control().key());
        if (control || leads || best - left < FALL) {
            return stood.filter(told -> now.isBefore(told.since().plus(FRAGILE_FOR)))
                    .map(told -> told);
        }
        return Optional.of(stood.filter(told -> told.arm().equals(leader.arm()))
                .orElseGet(() ->
                        new Verdict.LeadFragile(leader.arm(), best, left, Math.toIntExact(without.origins()), now)));
    }
}
