package dev.bandolier.server;

import dev.bandolier.bandits.guardrail.Ballot;
import dev.bandolier.bandits.guardrail.Exposed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What guardrails are to read of the logs, by brute force: every row is read, and what a unit came to is worked out
/// from the orders and refunds themselves, not from the changes that the rewards say they are.
///
/// @param sql      the database
/// @param caps     most that a unit counts for, in minor units, per key of an experiment
/// @param counting metric of the objective, per key of an experiment
record BallotOracle(Sql sql, Map<String, Long> caps, Map<String, String> counting) {

    private static final String FACTS = """
        select r.id, e.key, r.experiment, r.unit, r.occasion, r.metric, r.source, r.event_id, r.amount, r.reverses,
               d.segment, d.version, d.eligible, d.arm, d.holdout, extract(epoch from d.bucket)::bigint,
               floor(extract(epoch from r.received_at) * 1000)::bigint
        from rewards r join decisions d using (unit, experiment, occasion) join experiments e on e.id = r.experiment
        order by r.id
        """;

    private static final String DECISIONS = """
        select experiment, xid::text, occasion, segment, version, eligible, arm, holdout,
               extract(epoch from bucket)::bigint
        from decisions
        """;

    private static final long DRAWS_PER_REQUEST = 4_294_967_296L;

    /// One credit of a decision.
    private record Fact(
            long id,
            String key,
            long experiment,
            String decision,
            String metric,
            String event,
            Long amount,
            String reverses,
            Ballot drawn,
            Instant bucket,
            Instant received) {}

    /// What a unit came to.
    private record State(boolean converted, long value) {}

    Map<Long, List<Ballot>> between(long from, long upTo) {
        Map<Long, Map<Ballot, Long>> sums = new HashMap<>();
        steps((fact, before, after) -> {
            if (fact.id() > from && fact.id() <= upTo) {
                count(sums, fact, before, -1);
                count(sums, fact, after, 1);
            }
        });
        return ballots(sums);
    }

    Map<Long, Map<Instant, Long>> arrivals(long from, long upTo, Duration interval) {
        Map<Long, Map<Instant, Long>> sums = new HashMap<>();
        steps((fact, before, after) -> {
            boolean converts = !before.converted() && after.converted();
            if (fact.id() > from && fact.id() <= upTo && fact.metric() == null && converts) {
                long slot = Math.floorDiv(fact.received().toEpochMilli(), interval.toMillis());
                sums.computeIfAbsent(fact.experiment(), id -> new HashMap<>())
                        .merge(Instant.ofEpochMilli(slot * interval.toMillis()), 1L, Long::sum);
            }
        });
        return sums;
    }

    List<Ballot> closed(long experiment, Instant fromBucket, Instant toBucket, Duration heard, long upTo) {
        Predicate<Fact> inTime = fact -> fact.experiment() == experiment
                && !fact.bucket().isBefore(fromBucket)
                && fact.bucket().isBefore(toBucket)
                && fact.received().isBefore(fact.bucket().plus(heard))
                && fact.id() <= upTo;
        Map<Long, Map<Ballot, Long>> sums = new HashMap<>();
        for (List<Fact> account : accounts(inTime).values()) {
            count(sums, account.getFirst(), state(account), 1);
        }
        return ballots(sums).getOrDefault(experiment, List.of());
    }

    Map<Long, List<Exposed>> exposed(long from, long upTo) {
        Map<Long, Map<Exposed, Long>> sums = new HashMap<>();
        for (List<String> row : sql.rows(DECISIONS)) {
            long xid = Long.parseLong(row.get(1));
            long occasion = Long.parseLong(row.get(2));
            if (xid >= from && xid < upTo && (occasion == 0 || occasion >= DRAWS_PER_REQUEST)) {
                Exposed one = new Exposed(
                        row.get(3),
                        Long.parseLong(row.get(4)),
                        Optional.ofNullable(row.get(5)),
                        row.get(6),
                        row.get(7).equals("t"),
                        Instant.ofEpochSecond(Long.parseLong(row.get(8))),
                        0);
                sums.computeIfAbsent(Long.parseLong(row.getFirst()), id -> new HashMap<>())
                        .merge(one, 1L, Long::sum);
            }
        }
        Map<Long, List<Exposed>> found = new HashMap<>();
        sums.forEach((experiment, all) -> all.forEach((one, units) -> found.computeIfAbsent(
                        experiment, id -> new ArrayList<>())
                .add(new Exposed(
                        one.segment(), one.version(), one.eligible(), one.arm(), one.holdout(), one.bucket(), units))));
        return found;
    }

    private interface Step {
        void see(Fact fact, State before, State after);
    }

    private void steps(Step step) {
        for (List<Fact> account : accounts(fact -> true).values()) {
            for (int i = 0; i < account.size(); i++) {
                step.see(account.get(i), state(account.subList(0, i)), state(account.subList(0, i + 1)));
            }
        }
    }

    /// The credits of each decision, metric by metric, oldest first.
    private Map<String, List<Fact>> accounts(Predicate<Fact> which) {
        Map<String, List<Fact>> accounts = new HashMap<>();
        for (List<String> row : sql.rows(FACTS)) {
            Fact fact = fact(row);
            if (which.test(fact)) {
                accounts.computeIfAbsent(fact.decision() + " " + fact.metric(), name -> new ArrayList<>())
                        .add(fact);
            }
        }
        return accounts;
    }

    private Fact fact(List<String> row) {
        String metric = row.get(5) == null ? counting.get(row.get(1)) : row.get(5);
        Ballot drawn = new Ballot(
                metric,
                row.get(10),
                Long.parseLong(row.get(11)),
                Optional.ofNullable(row.get(12)),
                row.get(13),
                row.get(14).equals("t"),
                Instant.ofEpochSecond(Long.parseLong(row.get(15))),
                0,
                0);
        return new Fact(
                Long.parseLong(row.getFirst()),
                row.get(1),
                Long.parseLong(row.get(2)),
                row.get(2) + " " + row.get(3) + " " + row.get(4),
                row.get(5),
                row.get(7),
                row.get(8) == null ? null : Long.valueOf(row.get(8)),
                row.get(9),
                drawn,
                Instant.ofEpochSecond(Long.parseLong(row.get(15))),
                Instant.ofEpochMilli(Long.parseLong(row.get(16))));
    }

    /// An order stands unless something took back all of it, or parts took back all that it was worth.
    private State state(List<Fact> account) {
        boolean converted = false;
        long net = 0;
        for (Fact order : account) {
            if (order.reverses() != null) {
                continue;
            }
            long worth = order.amount() == null ? 0 : order.amount();
            boolean whole = false;
            long parts = 0;
            for (Fact refund : account) {
                if (order.event().equals(refund.reverses())) {
                    whole |= refund.amount() == null;
                    parts += refund.amount() == null ? 0 : refund.amount();
                }
            }
            if (!whole && (worth == 0 || parts < worth)) {
                converted = true;
                net += Math.max(worth - parts, 0);
            }
        }
        boolean valued = account.isEmpty() || account.getFirst().metric() == null;
        long cap = account.isEmpty() ? 0 : caps.get(account.getFirst().key());
        return new State(converted, valued ? Math.min(net, cap) : 0);
    }

    private static void count(Map<Long, Map<Ballot, Long>> sums, Fact fact, State state, long units) {
        if (state.converted()) {
            Ballot drawn = fact.drawn();
            sums.computeIfAbsent(fact.experiment(), id -> new HashMap<>())
                    .merge(ballot(drawn, state.value(), 0), units, Long::sum);
        }
    }

    private static Map<Long, List<Ballot>> ballots(Map<Long, Map<Ballot, Long>> sums) {
        Map<Long, List<Ballot>> found = new HashMap<>();
        sums.forEach((experiment, all) -> all.forEach((ballot, units) -> {
            if (units != 0) {
                found.computeIfAbsent(experiment, id -> new ArrayList<>()).add(ballot(ballot, ballot.value(), units));
            }
        }));
        return found;
    }

    private static Ballot ballot(Ballot drawn, long value, long units) {
        return new Ballot(
                drawn.metric(),
                drawn.segment(),
                drawn.version(),
                drawn.eligible(),
                drawn.arm(),
                drawn.holdout(),
                drawn.bucket(),
                value,
                units);
    }
}
