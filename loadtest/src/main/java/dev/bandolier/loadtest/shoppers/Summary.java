package dev.bandolier.loadtest.shoppers;

import dev.bandolier.loadtest.Format;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// What is printed when the shoppers have gone: one row for each thing that was counted.
///
/// @param rows   what to print
/// @param failed share of visitors that got no answer
record Summary(List<String> rows, double failed) {

    /// Share of late sends from which on a latency says as much of the client as of the server.
    private static final double LATE_SHARE_MAX = 0.01;

    /// A defensive copy of the rows.
    Summary {
        rows = List.copyOf(rows);
    }

    /// The summary of the shoppers so far.
    ///
    /// @param plan   what they were to do
    /// @param breaks how often the live feed broke
    static Summary of(Shoppers shoppers, Plan plan, long breaks) {
        List<String> rows = new ArrayList<>();
        visits(rows, shoppers.tally(), plan);
        known(rows, shoppers);
        rows.add(Format.row("errors", shoppers.tally().errors().toString()));
        conversions(rows, shoppers.conversions());
        allocation(rows, shoppers);
        latencies(rows, shoppers.tally());
        lags(rows, shoppers.lag());
        rows.add(Format.row("live feed", "broke " + breaks + " times"));
        rows.addAll(shoppers.pauses()
                .rows(arm -> shoppers.served().to(shoppers.experiment().arms().indexOf(arm))));
        return new Summary(rows, shoppers.tally().failedShare());
    }

    private static void visits(List<String> rows, Tally tally, Plan plan) {
        rows.add(Format.row(
                "visitors",
                Format.count(tally.intended()) + " came, "
                        + Format.count(tally.fresh().getTotalCount()) + " new and "
                        + Format.count(tally.known().getTotalCount()) + " known answered, "
                        + Format.count(tally.errors().total()) + " failed, "
                        + Format.count(tally.turnedAway()) + " turned away by this client (limit "
                        + Format.count(plan.inFlightMax()) + " in flight); "
                        + Format.percent(tally.failedShare(), 2) + " without answer"));
        rows.add(Format.row("answers", tally.reasons().toString()));
    }

    private static void known(List<String> rows, Shoppers shoppers) {
        long moved = shoppers.moved();
        long others = shoppers.tally().changed(_ -> true) - moved;
        rows.add(Format.row(
                "known visitors",
                Format.count(others) + " saw another arm than before"
                        + (moved > 0 ? ", and " + Format.count(moved) + " whose arm was paused" : "")));
    }

    private static void conversions(List<String> rows, Conversions conversions) {
        rows.add(Format.row(
                "conversions",
                Format.count(conversions.sent()) + " sent: " + conversions.verdicts() + "; "
                        + Format.count(conversions.retried()) + " sent again, "
                        + Format.count(conversions.open()) + " still open, "
                        + Format.count(conversions.notSent()) + " never sent; errors " + conversions.errors()));
    }

    private static void allocation(List<String> rows, Shoppers shoppers) {
        Served served = shoppers.served();
        String best = shoppers.experiment().arms().get(shoppers.world().best());
        rows.add(Format.row(
                "best arm",
                best + " got " + Format.percent(served.bestShareOfLastTenth(), 1) + " of the last 10 % of decisions ("
                        + Format.count(served.lastTenth()) + ")"));
        rows.add(Format.row(
                "lost",
                Format.tenths(shoppers.regret().lost()) + " expected conversions against always " + best
                        + "; an even split would have lost "
                        + Format.tenths(shoppers.regret().lostByEvenSplit())));
    }

    private static void latencies(List<String> rows, Tally tally) {
        rows.add(Format.row("latency, new", percentiles(tally.fresh()) + ", from the intended start"));
        rows.add(Format.row("latency, known", percentiles(tally.known()) + ", from the intended start"));
        String whose = tally.lateShare() < LATE_SHARE_MAX
                ? "below 1 %: the latencies are the server's"
                : "1 % or more: the latencies are partly the client's own";
        rows.add(Format.row(
                "client itself",
                Format.percent(tally.lateShare(), 2) + " of sends more than " + Format.millis(Tally.LATE_NANOS)
                        + " late (" + whose + ")"));
    }

    private static void lags(List<String> rows, LearningLag lag) {
        rows.add(Format.row(
                "202 to learned",
                percentiles(lag.toLearned()) + "; " + Format.count(lag.unlearned()) + " not covered yet, "
                        + Format.count(lag.notFollowed()) + " not followed"));
        rows.add(Format.row(
                "202 to snapshot",
                percentiles(lag.toSnapshot()) + "; " + Format.count(lag.unpublished()) + " since the last snapshot"));
    }

    private static String percentiles(Histogram nanos) {
        return nanos.getTotalCount() == 0
                ? "none"
                : "p50 " + Format.millis(nanos.getValueAtPercentile(50))
                        + ", p95 " + Format.millis(nanos.getValueAtPercentile(95))
                        + ", p99 " + Format.millis(nanos.getValueAtPercentile(99))
                        + ", max " + Format.millis(nanos.getMaxValue())
                        + " (" + Format.count(nanos.getTotalCount()) + ")";
    }
}
