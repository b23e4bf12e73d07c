package dev.bandolier.loadtest.replay;

import dev.bandolier.bandits.evaluation.Replay;
import dev.bandolier.bandits.evaluation.Wilson;
import dev.bandolier.loadtest.Format;
import dev.bandolier.loadtest.api.SnapshotView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What is printed during a replay and at its end.
final class Report {

    /// Arms that are printed one by one.
    private static final int ARMS_SHOWN = 10;

    private Report() {}

    /// One line on the way.
    static String progress(Progress progress, long rows, Duration elapsed) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d rows, %,d matches, %,d clicks, %s rows/s",
                progress.replay().rows(),
                rows,
                progress.replay().matches(),
                progress.replay().clicks(),
                perSecond(progress.replay().rows(), elapsed));
    }

    /// The counts and rates at the end.
    static List<String> counts(Progress progress, LogScan log, Duration elapsed) {
        List<String> rows = new ArrayList<>();
        Replay replay = progress.replay();
        rows.add(Format.row(
                "rows",
                Format.count(replay.rows()) + " (" + perSecond(replay.rows(), elapsed) + " a second); "
                        + Format.count(log.skipped()) + " malformed lines passed over"));
        rows.add(Format.row(
                "matches",
                Format.count(replay.matches()) + " kept, " + Format.count(progress.moved())
                        + " moved between the two questions (on record, but not kept)"));
        rows.add(Format.row(
                "clicks",
                Format.count(replay.clicks()) + " in the matches; " + Format.count(progress.unlearned())
                        + " not learned from in the time that was waited"));
        rows.add(Format.row("click rate", rate(replay.clicks(), replay.matches())));
        rows.add(Format.row("the log's own", rate(log.clicks(), log.rows())));
        return rows;
    }

    /// What was learned: the arms with the largest shares, and the rest together.
    static List<String> allocation(SnapshotView snapshot) {
        List<SnapshotView.ArmView> arms = snapshot.arms().stream()
                .sorted(Comparator.comparingDouble(SnapshotView.ArmView::share).reversed())
                .toList();
        List<String> rows = new ArrayList<>();
        rows.add(String.format(
                Locale.ROOT, "allocation learnt (snapshot %d of %s):", snapshot.version(), snapshot.at()));
        arms.stream().limit(ARMS_SHOWN).map(Report::arm).forEach(rows::add);
        List<SnapshotView.ArmView> rest = arms.stream().skip(ARMS_SHOWN).toList();
        if (!rest.isEmpty()) {
            rows.add(String.format(
                    Locale.ROOT,
                    "  %-14s %6.2f %%  %,d exposures, %,d conversions",
                    rest.size() + " others",
                    100 * rest.stream().mapToDouble(SnapshotView.ArmView::share).sum(),
                    rest.stream().mapToLong(SnapshotView.ArmView::exposures).sum(),
                    rest.stream().mapToLong(SnapshotView.ArmView::conversions).sum()));
        }
        return rows;
    }

    private static String arm(SnapshotView.ArmView arm) {
        return String.format(
                Locale.ROOT,
                "  %-14s %6.2f %%  %,d exposures, %,d conversions, estimate %.2f %% (95 %%: %.2f .. %.2f)",
                arm.arm(),
                100 * arm.share(),
                arm.exposures(),
                arm.conversions(),
                100 * arm.mean(),
                100 * arm.lower(),
                100 * arm.upper());
    }

    private static String rate(long clicks, long rows) {
        Wilson interval = Wilson.of(clicks, rows);
        return rows == 0
                ? "unknown, nothing matched"
                : String.format(
                        Locale.ROOT,
                        "%.3f %% (95 %%: %.3f .. %.3f; %,d of %,d)",
                        100.0 * clicks / rows,
                        100 * interval.lower(),
                        100 * interval.upper(),
                        clicks,
                        rows);
    }

    private static String perSecond(long rows, Duration elapsed) {
        return String.format(Locale.ROOT, "%,.0f", rows * 1e9 / Math.max(1, elapsed.toNanos()));
    }
}
