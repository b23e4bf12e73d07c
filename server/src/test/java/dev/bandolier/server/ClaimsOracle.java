package dev.bandolier.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// What a report may claim, computed over again unit by unit from the raw logs: decisions with the propensities that were
/// logged, the rewards of each, and the snapshots that they were drawn from. Shares no code with the server.
///
/// @param units every unit that counts
record ClaimsOracle(List<Unit> units) {

    /// One decision.
    ///
    /// @param drawable arms that it could have got
    /// @param guesses  what each arm was believed to earn by then
    /// @param share    share of units that were held out by then
    record Unit(
            String segment,
            String arm,
            boolean holdout,
            double propensity,
            double earned,
            Set<String> drawable,
            Map<String, Double> guesses,
            double share) {

        /// The score of an arm: what was believed, put right if the unit got it.
        double score(String of) {
            double guess = guesses.get(of);
            return arm.equals(of) ? guess + (earned - guess) / propensity : guess;
        }
    }

    /// A value with its standard error.
    record Found(double value, double error) {}

    private static final String UNITS = """
        select d.segment, d.version, d.eligible, d.arm, d.holdout, d.propensity, coalesce(sum(r.EARNED), 0)
        from decisions d left join rewards r
          on (r.unit, r.experiment, r.occasion) = (d.unit, d.experiment, d.occasion) and r.metric is null
        where d.experiment = (select id from experiments where key = ?) and d.decided_at < ?::timestamptz
          and (d.occasion = 0 or d.occasion >= 4294967296)
        group by d.unit, d.occasion, d.segment, d.version, d.eligible, d.arm, d.holdout, d.propensity
        """;

    /// The units of an experiment that were decided for before a time.
    ///
    /// @param earned column of rewards that says what they earned
    static ClaimsOracle of(Sql sql, String experiment, String earned, String before) {
        Map<String, JsonObject> bodies = new HashMap<>();
        sql.rows(
                        "select version, body from snapshots where experiment = (select id from experiments where key"
                                + " = ?)",
                        experiment)
                .forEach(row -> bodies.put(row.get(0), new JsonObject(row.get(1))));
        List<Unit> units = new ArrayList<>();
        for (List<String> row : sql.rows(UNITS.replace("EARNED", earned), experiment, before)) {
            JsonObject body = bodies.get(row.get(1));
            units.add(new Unit(
                    row.get(0),
                    row.get(3),
                    row.get(4).equals("t"),
                    Double.parseDouble(row.get(5)),
                    Double.parseDouble(row.get(6)),
                    drawable(body, row.get(0), row.get(2)),
                    guesses(body, row.get(0)),
                    body.getJsonObject("guard").getDouble("holdout")));
        }
        return new ClaimsOracle(units);
    }

    private static Set<String> drawable(JsonObject body, String segment, String eligible) {
        Set<String> drawable = new TreeSet<>();
        for (JsonObject arm : arms(body, segment, true)) {
            boolean may = eligible == null || List.of(eligible.split(",")).contains(arm.getString("arm"));
            if (may && arm.getDouble("share") > 0) {
                drawable.add(arm.getString("arm"));
            }
        }
        return drawable;
    }

    private static Map<String, Double> guesses(JsonObject body, String segment) {
        Map<String, Double> guesses = new HashMap<>();
        for (JsonObject arm : arms(body, segment, false)) {
            JsonObject posterior = arm.getJsonObject("posterior");
            double mean = posterior.getString("kind").equals("gamma")
                    ? posterior.getDouble("shape") / posterior.getDouble("rate")
                    : posterior.getDouble("alpha") / (posterior.getDouble("alpha") + posterior.getDouble("beta"));
            boolean worth = posterior.getString("kind").equals("revenue");
            double value = worth ? posterior.getDouble("scale") / (posterior.getDouble("shape") - 1) : 1;
            guesses.put(arm.getString("arm"), mean * value);
        }
        return guesses;
    }

    private static List<JsonObject> arms(JsonObject body, String segment, boolean served) {
        for (JsonObject each : objects(body.getJsonArray("segments", new JsonArray()))) {
            if (each.getString("segment").equals(segment) && (each.getBoolean("own") || !served)) {
                return objects(each.getJsonArray("arms"));
            }
        }
        return objects(body.getJsonArray("arms"));
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    /// Those of them.
    ClaimsOracle those(Predicate<Unit> those) {
        return new ClaimsOracle(units.stream().filter(those).toList());
    }

    /// Those that were not held out.
    ClaimsOracle drawn() {
        return those(unit -> !unit.holdout());
    }

    /// Those that could have got each of these arms.
    ClaimsOracle able(String... arms) {
        return those(unit -> unit.drawable().containsAll(List.of(arms)));
    }

    long count() {
        return units.size();
    }

    double earned() {
        return sum(Unit::earned);
    }

    /// The mean over these units.
    Found mean(ToDoubleFunction<Unit> of) {
        double mean = sum(of) / units.size();
        double squares = sum(unit -> Math.pow(of.applyAsDouble(unit) - mean, 2));
        return new Found(mean, Math.sqrt(squares) / units.size());
    }

    /// What an arm would have earned.
    Found value(String arm) {
        return able(arm).mean(unit -> unit.score(arm));
    }

    /// How much more than control, relative to it.
    Found lift(String arm, String control) {
        return able(arm, control).ratio(arm, control, unit -> 1);
    }

    private Found ratio(String arm, String control, ToDoubleFunction<Unit> weight) {
        double base = sum(unit -> weight.applyAsDouble(unit) * unit.score(control));
        double other = sum(unit -> weight.applyAsDouble(unit) * unit.score(arm));
        double squares = sum(unit ->
                Math.pow(weight.applyAsDouble(unit) * (unit.score(arm) - other / base * unit.score(control)), 2));
        return new Found(other / base - 1, Math.sqrt(squares) / base);
    }

    /// How much more all of them earned than an even split over what each could have got.
    Found uniform() {
        Found each = mean(unit -> unit.earned()
                - unit.drawable().stream().mapToDouble(unit::score).average().orElseThrow());
        return new Found(each.value() * count(), each.error() * count());
    }

    /// How much more those earned that could have got control than with it.
    Found against(String control) {
        ClaimsOracle able = able(control);
        Found each = able.mean(unit -> unit.earned() - unit.score(control));
        return new Found(each.value() * able.count(), each.error() * able.count());
    }

    /// How much more a unit earned than one of others, by the variance of each, and the same relative to these.
    List<Found> over(ClaimsOracle others) {
        Found own = welch();
        Found base = others.welch();
        double ratio = own.value() / base.value();
        return List.of(
                new Found(own.value() - base.value(), Math.hypot(own.error(), base.error())),
                new Found(ratio - 1, Math.hypot(own.error(), ratio * base.error()) / base.value()));
    }

    /// The same of the units that were not held out and those that were, for each share that was held out apart, and
    /// weighted with the units of it.
    List<Found> overByShare() {
        double difference = 0;
        double base = 0;
        for (ClaimsOracle part : byShare()) {
            double weight = (double) part.count() / count();
            double own = part.those(Unit::holdout).welch().value();
            difference += weight * (part.drawn().welch().value() - own);
            base += weight * own;
        }
        double ratio = 1 + difference / base;
        double plain = 0;
        double relative = 0;
        for (ClaimsOracle part : byShare()) {
            double weight = (double) part.count() / count();
            double drawn = weight * part.drawn().welch().error();
            double own = weight * part.those(Unit::holdout).welch().error();
            plain += drawn * drawn + own * own;
            relative += drawn * drawn + ratio * own * ratio * own;
        }
        return List.of(
                new Found(difference, Math.sqrt(plain)), new Found(difference / base, Math.sqrt(relative) / base));
    }

    private List<ClaimsOracle> byShare() {
        return units.stream()
                .map(Unit::share)
                .distinct()
                .map(share -> those(unit -> unit.share() == share))
                .toList();
    }

    private Found welch() {
        Found mean = mean(Unit::earned);
        return new Found(mean.value(), mean.error() * Math.sqrt(count() / (count() - 1.0)));
    }

    private double sum(ToDoubleFunction<Unit> of) {
        return units.stream().mapToDouble(of).sum();
    }
}
