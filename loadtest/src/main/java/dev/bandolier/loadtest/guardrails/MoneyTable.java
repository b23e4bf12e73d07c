package dev.bandolier.loadtest.guardrails;

import dev.bandolier.bandits.simulation.MoneyRule;
import dev.bandolier.bandits.simulation.MoneyScore;
import dev.bandolier.loadtest.Format;
import java.util.List;
import java.util.Locale;

/// The rules of one problem as rows of Markdown, with columns wide enough to be read as they are.
final class MoneyTable {

    /// The first two rows.
    static final List<String> HEAD = List.of(
            row("rule", "budget", "certainty", "overspent", "loss", "s.e.", "p95", "worst", "paused"),
            "|----------------|-------:|----------:|----------:|--------:|------:|--------:|--------:|-------:|");

    private MoneyTable() {}

    /// The row of one rule.
    static String row(MoneyRule rule, MoneyScore score) {
        return row(
                rule.name(),
                rule.allowance()
                        .map(each -> Format.count(Math.round(each.total())))
                        .orElse("-"),
                rule.allowance()
                        .map(each -> Format.percent(each.certainty(), 0))
                        .orElse("-"),
                Format.percent(score.overspent(), 1),
                Format.tenths(score.mean()),
                Double.isNaN(score.standardError()) ? "-" : String.format(Locale.ROOT, "%.2f", score.standardError()),
                Format.tenths(score.p95()),
                Format.tenths(score.worst()),
                String.format(Locale.ROOT, "%.2f", score.paused()));
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "| %-14s | %6s | %9s | %9s | %7s | %5s | %7s | %7s | %6s |", cells);
    }
}
