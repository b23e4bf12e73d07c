package dev.bandolier.server.ledger;

import io.vertx.sqlclient.Pool;

/// The tables of one database: every log and table, each with the class that owns its statements.
///
/// @param pool         connections to it
/// @param transactions work in one transaction
/// @param experiments  what is optimised
/// @param decisions    who was given which arm
/// @param conversions  what was reported
/// @param rewards      what it earned
/// @param snapshots    what was learned and served
/// @param standings    what was learned since
/// @param counters     sums over decisions and rewards
/// @param watches      what guardrails have seen
/// @param origins      how many conversions each origin reports
/// @param quarantines  whose conversions weigh nothing
/// @param receipts     what came in
/// @param refusals     the latest that was refused
/// @param sources      who reports conversions by webhook
/// @param replays      conversions that are attributed over again
/// @param settlements  what became of conversions
/// @param audit        who changed what, and why
/// @param timeline     everything that happened to an experiment
/// @param arrivals     what came in minute by minute
/// @param killSwitch   whether everybody gets control
/// @param installation what all nodes share
public record Ledger(
        Pool pool,
        Transactions transactions,
        ExperimentTable experiments,
        DecisionLog decisions,
        ConversionLog conversions,
        RewardLog rewards,
        SnapshotLog snapshots,
        StandingTable standings,
        CounterTable counters,
        WatchTable watches,
        OriginTable origins,
        QuarantineTable quarantines,
        ReceiptTable receipts,
        RefusalTable refusals,
        SourceTable sources,
        ReplayTable replays,
        SettlementTable settlements,
        AuditLog audit,
        TimelineLog timeline,
        ArrivalTable arrivals,
        KillSwitch killSwitch,
        Installation installation) {

    /// The tables behind these connections.
    public static Ledger of(Pool pool) {
        return new Ledger(
                pool,
                new Transactions(pool),
                new ExperimentTable(),
                new DecisionLog(pool),
                new ConversionLog(pool),
                new RewardLog(),
                new SnapshotLog(),
                new StandingTable(),
                new CounterTable(),
                new WatchTable(),
                new OriginTable(),
                new QuarantineTable(),
                new ReceiptTable(),
                new RefusalTable(),
                new SourceTable(),
                new ReplayTable(),
                new SettlementTable(),
                new AuditLog(),
                new TimelineLog(),
                new ArrivalTable(),
                new KillSwitch(),
                new Installation());
    }

    /// A board of what is served from here, empty until it is refreshed.
    public Board board() {
        return new Board(pool, experiments, snapshots, standings, counters, killSwitch);
    }
}
