package dev.bandolier.server.experiments;

import dev.bandolier.bandits.Objective.Kind;
import dev.bandolier.bandits.simulation.Foresight;
import java.util.Locale;

/// What a preview comes to, in sentences for people who run shops.
final class PreviewWords {

    private PreviewWords() {}

    /// What a bad arm costs.
    static String loss(Preview preview, Foresight.Loss loss) {
        String arm = preview.definition().arms().get(loss.arm()).key();
        String first = "If '" + arm + "' earned only half of what control earns, it would cost about "
                + amount(preview, loss.mean()) + " in four weeks, and " + atWorst(preview, loss)
                + ". A fixed even split would lose " + amount(preview, loss.even()) + ".";
        if (preview.definition().guardrails().harm().isEmpty()) {
            return first + " Nothing would pause it: the test for harm is off.";
        }
        return loss.after().isEmpty()
                ? first + " Four weeks would be too short to pause it."
                : first + " It would be paused in " + percent(loss.paused()) + " of all cases, usually after "
                        + days(loss.after().getAsDouble()) + ".";
    }

    private static String atWorst(Preview preview, Foresight.Loss loss) {
        return loss.p95().isPresent()
                ? "in one of twenty cases more than "
                        + amount(preview, loss.p95().getAsDouble())
                : "in the worst of " + loss.runs() + " cases " + amount(preview, loss.worst());
    }

    /// How soon a good arm is found.
    static String learning(Preview preview, Foresight.Learning learning) {
        String arm = preview.definition().arms().get(learning.arm()).key();
        String first = "If '" + arm + "' earned " + percent(preview.effect()) + " more than the others, it would get "
                + percent(learning.share()) + " of the traffic after four weeks";
        return learning.days().isEmpty()
                ? first + ". Four weeks are too short to count on it getting most of it."
                : first + ", and in four of five cases most of it from "
                        + ordinal(learning.days().getAsDouble()) + " on.";
    }

    /// So much money, or so many conversions.
    static String amount(Preview preview, double reward) {
        double amount = PreviewJson.amount(preview, reward);
        String number = number(amount);
        return preview.prospects().kind() == Kind.REVENUE
                ? number + " " + preview.definition().objective().currency().orElseThrow()
                : number + (number.equals("1") ? " conversion" : " conversions");
    }

    /// A count, with commas between thousands; two digits of a small one.
    static String number(double amount) {
        return amount >= 10 || amount == 0
                ? String.format(Locale.ROOT, "%,.0f", amount)
                : plain(String.format(Locale.ROOT, "%.1f", amount));
    }

    /// A share or a relative effect.
    static String percent(double part) {
        double hundredths = 100 * part;
        return (hundredths >= 10 || hundredths == 0
                        ? String.format(Locale.ROOT, "%,.0f", hundredths)
                        : plain(String.format(Locale.ROOT, "%.1f", hundredths)))
                + "%";
    }

    /// A time.
    static String days(double days) {
        if (days < 1) {
            long hours = Math.max(1, Math.round(days * 24));
            return hours == 1 ? "an hour" : hours + " hours";
        }
        return days < 1.5 ? "a day" : Math.round(days) + " days";
    }

    private static String ordinal(double days) {
        return days < 1 ? "the first day" : "day " + Math.round(days);
    }

    private static String plain(String decimal) {
        return decimal.endsWith(".0") ? decimal.substring(0, decimal.length() - 2) : decimal;
    }
}
