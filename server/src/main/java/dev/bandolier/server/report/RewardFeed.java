package dev.bandolier.server.report;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.server.ledger.ArrivalTable;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.wire.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How rewards come in: what came in bin by bin, and the latest rewards.
final class RewardFeed {

    private static final int LATEST = 30;

    /// More bins than that are no picture.
    private static final int BINS_MAX = 180;

    private static final List<Duration> WIDTHS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6));

    private RewardFeed() {}

    /// The feed of an experiment.
    ///
    /// @param span how far back, to the start of the bin
    static JsonObject read(Ledger ledger, Experiment experiment, Duration span, Instant now) {
        Duration width = width(span);
        Instant from = floor(now.minus(span), width);
        Map<Instant, ArrivalTable.Sum> sums = ledger.arrivals().sums(ledger.pool(), experiment.id(), from, now, width);
        Optional<String> currency = experiment.definition().objective().currency();
        JsonArray bins = new JsonArray();
        for (Instant at = from; at.isBefore(now); at = at.plus(width)) {
            ArrivalTable.Sum sum = sums.getOrDefault(at, ArrivalTable.Sum.NONE);
            JsonObject bin = new JsonObject()
                    .put("at", at.toString())
                    .put("units", sum.units())
                    .put("conversions", sum.conversions());
            currency.ifPresent(code -> bin.put("value", Money.text(sum.value(), code)));
            bins.add(bin);
        }
        JsonArray latest = new JsonArray();
        ledger.arrivals()
                .latest(ledger.pool(), experiment.id(), LATEST)
                .forEach(each -> latest.add(show(experiment, each)));
        return new JsonObject()
                .put("experiment", experiment.key())
                .put("from", from.toString())
                .put("to", now.toString())
                .put("width", width.toString())
                .put("bins", bins)
                .put("latest", latest);
    }

    private static Duration width(Duration span) {
        return WIDTHS.stream()
                .filter(each -> span.dividedBy(each) <= BINS_MAX)
                .findFirst()
                .orElseGet(WIDTHS::getLast);
    }

    private static Instant floor(Instant time, Duration width) {
        long seconds = time.getEpochSecond();
        return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, width.toSeconds()));
    }

    private static JsonObject show(Experiment experiment, ArrivalTable.Reward reward) {
        Optional<String> currency =
                reward.currency().or(() -> experiment.definition().objective().currency());
        JsonObject json = new JsonObject()
                .put("at", reward.at().toString())
                .put(
                        "metric",
                        reward.metric()
                                .orElse(experiment.definition().objective().metric()))
                .put("kind", kind(reward))
                .put("source", reward.source())
                .put("arm", reward.arm())
                .put("counted", reward.counted())
                .put("delay", reward.delay().toString());
        if (reward.amount().isPresent() && currency.isPresent()) {
            json.put("amount", Money.text(reward.amount().get(), currency.get()))
                    .put("currency", currency.get());
        }
        return json;
    }

    private static String kind(ArrivalTable.Reward reward) {
        if (reward.reverses()) {
            return "refund";
        }
        return reward.amount().isPresent() ? "order" : "conversion";
    }
}
