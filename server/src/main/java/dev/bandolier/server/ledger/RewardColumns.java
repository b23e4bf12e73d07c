package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.attribution.Earnings;
import dev.bandolier.bandits.attribution.Exchange;
import dev.bandolier.bandits.attribution.Reward;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/// Rewards as arrays, a column each: one statement inserts any number of them. Numerics are texts, since the driver knows
/// no arrays of numerics that hold nulls.
final class RewardColumns {

    private RewardColumns() {}

    /// The columns, in the order of [RewardLog#append].
    static Tuple of(List<Reward> rewards) {
        Tuple columns = Tuple.tuple();
        addDecisions(columns, rewards);
        addCredits(columns, rewards);
        addChanges(columns, rewards);
        addSettlings(columns, rewards);
        return columns;
    }

    private static void addDecisions(Tuple columns, List<Reward> rewards) {
        List<Decision.Key> keys =
                rewards.stream().map(each -> each.account().decision()).toList();
        columns.addValue(column(keys, Decision.Key::experiment, Long[]::new))
                .addValue(column(keys, key -> key.unit().uuid(), UUID[]::new))
                .addValue(column(keys, Decision.Key::occasion, Long[]::new))
                .addValue(column(rewards, each -> each.account().metric().orElse(null), String[]::new))
                .addValue(column(rewards, each -> each.cell().segment(), String[]::new))
                .addValue(column(rewards, each -> each.cell().version(), Long[]::new))
                .addValue(column(rewards, each -> each.cell().arm(), String[]::new))
                .addValue(column(rewards, each -> each.cell().holdout(), Boolean[]::new))
                .addValue(column(rewards, each -> Rows.time(each.cell().bucket()), OffsetDateTime[]::new));
    }

    private static void addCredits(Tuple columns, List<Reward> rewards) {
        List<Earnings.Credit> credits = rewards.stream().map(Reward::credit).toList();
        columns.addValue(column(credits, Earnings.Credit::source, String[]::new))
                .addValue(column(credits, Earnings.Credit::id, String[]::new))
                .addValue(column(credits, credit -> credit.amount().orElse(null), Long[]::new))
                .addValue(column(
                        credits,
                        credit -> credit.exchange().map(Exchange::currency).orElse(null),
                        String[]::new))
                .addValue(column(
                        credits,
                        credit -> credit.exchange()
                                .map(Exchange::rate)
                                .map(BigDecimal::toString)
                                .orElse(null),
                        String[]::new))
                .addValue(column(credits, credit -> credit.reverses().orElse(null), String[]::new))
                .addValue(column(credits, credit -> Rows.time(credit.at()), OffsetDateTime[]::new))
                .addValue(column(credits, credit -> Rows.time(credit.receivedAt()), OffsetDateTime[]::new));
    }

    private static void addChanges(Tuple columns, List<Reward> rewards) {
        List<Tally> changes = rewards.stream().map(Reward::change).toList();
        columns.addValue(column(changes, Tally::conversions, Long[]::new))
                .addValue(column(changes, Tally::orders, Long[]::new))
                .addValue(column(changes, Tally::ordersSq, Long[]::new))
                .addValue(column(changes, Tally::value, Long[]::new))
                .addValue(column(changes, change -> change.valueSq().toString(), String[]::new))
                .addValue(column(changes, Tally::raw, Long[]::new))
                .addValue(column(changes, change -> change.rawSq().toString(), String[]::new))
                .addValue(column(rewards, each -> bin(each.delayFrom()), Short[]::new))
                .addValue(column(rewards, each -> bin(each.delayTo()), Short[]::new));
    }

    private static void addSettlings(Tuple columns, List<Reward> rewards) {
        List<Reward.Settling> settlings = rewards.stream().map(Reward::settling).toList();
        columns.addValue(column(settlings, settling -> (short) settling.number(), Short[]::new))
                .addValue(column(settlings, Reward.Settling::voided, Boolean[]::new))
                .addValue(column(settlings, Reward.Settling::capped, Boolean[]::new))
                .addValue(column(
                        settlings,
                        settling -> settling.origin().map(OriginKey::uuid).orElse(null),
                        UUID[]::new))
                .addValue(column(settlings, Reward.Settling::withdrawn, Boolean[]::new));
    }

    private static <T, V> V[] column(List<T> rows, Function<T, V> value, IntFunction<V[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    private static Short bin(OptionalInt bin) {
        return bin.isPresent() ? (short) bin.getAsInt() : null;
    }
}
