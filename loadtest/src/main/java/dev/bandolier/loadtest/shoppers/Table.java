package dev.bandolier.loadtest.shoppers;

import dev.bandolier.loadtest.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// The live table: a [Moment] as lines for a terminal, or as one line for a log.
final class Table {

    private static final String ROW = "  %-14s %9s  %8s  %-18s %10s %8s";

    private Table() {}

    /// The moment as a table, one string for each row.
    static List<String> rows(Moment moment) {
        List<String> rows = new ArrayList<>();
        rows.add(String.format(
                Locale.ROOT,
                "%s  %s asked/s, %s conversions/s, %s in flight, %s without answer, client late %s",
                Format.clock(moment.elapsed().toSeconds()),
                whole(moment.askedPerSecond()),
                whole(moment.convertedPerSecond()),
                Format.count(moment.inFlight()),
                Format.count(moment.unanswered()),
                Format.percent(moment.late(), 1)));
        rows.add(String.format(
                Locale.ROOT, ROW, "arm", "true rate", "estimate", "95 % interval", "allocation", "served"));
        for (Moment.Arm arm : moment.arms()) {
            rows.add(String.format(
                    Locale.ROOT,
                    ROW,
                    shorten(arm.key()),
                    Format.percent(arm.trueRate(), 2),
                    Format.percent(arm.estimate(), 2),
                    interval(arm),
                    Format.percent(arm.allocated(), 1),
                    Format.percent(arm.served(), 1)));
        }
        rows.add(String.format(
                Locale.ROOT,
                "best arm %s serves %s; conversions lost so far %s, an even split would have lost %s",
                moment.arms().get(moment.best()).key(),
                Format.percent(moment.arms().get(moment.best()).served(), 1),
                Format.tenths(moment.lost()),
                Format.tenths(moment.lostByEvenSplit())));
        return rows;
    }

    /// The moment as one line.
    static String line(Moment moment) {
        return String.format(
                Locale.ROOT,
                "t=%ds asked=%s/s conversions=%s/s unanswered=%d late=%s "
                        + "allocation=%s served=%s estimate=%s best=%s lost=%s even=%s",
                moment.elapsed().toSeconds(),
                whole(moment.askedPerSecond()),
                whole(moment.convertedPerSecond()),
                moment.unanswered(),
                compact(moment.late(), 1),
                each(moment, Moment.Arm::allocated, 1),
                each(moment, Moment.Arm::served, 1),
                each(moment, Moment.Arm::estimate, 2),
                compact(moment.arms().get(moment.best()).served(), 1),
                Format.tenths(moment.lost()),
                Format.tenths(moment.lostByEvenSplit()));
    }

    private static String each(Moment moment, ToDoubleFunction<Moment.Arm> share, int digits) {
        return moment.arms().stream()
                .map(arm -> arm.key() + ":" + compact(share.applyAsDouble(arm), digits))
                .collect(Collectors.joining(","));
    }

    private static String compact(double share, int digits) {
        return Format.percent(share, digits).replace(" ", "");
    }

    private static String whole(double number) {
        return Format.count(Math.round(number));
    }

    private static String interval(Moment.Arm arm) {
        return Double.isFinite(arm.lower())
                ? Format.percent(arm.lower(), 2) + " .. " + Format.percent(arm.upper(), 2)
                : "-";
    }

    private static String shorten(String key) {
        return key.length() <= 14 ? key : key.substring(0, 13) + "…";
    }
}
