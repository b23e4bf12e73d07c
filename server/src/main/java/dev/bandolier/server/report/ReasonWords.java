package dev.bandolier.server.report;

import dev.bandolier.server.platform.Refusal;
import java.util.Arrays;
import java.util.function.Function;

/// What owners are told of the reasons under which deliveries and events are refused or ignored.
final class ReasonWords {

    private static final String FIELD = "field:";

    private ReasonWords() {}

    /// What it is, in a few words.
    static String title(String reason) {
        if (reason.startsWith(FIELD)) {
            return fieldTitle(reason.substring(FIELD.length()));
        }
        return switch (reason) {
            case "other-event" -> "An event that is not counted";
            case "test-mode" -> "A test";
            case "not-paid" -> "No money moved";
            case "not-lost" -> "A dispute that is not lost";
            case "privacy" -> "A request about privacy";
            case "unavailable" -> "Not available";
            case "failed" -> "A fault of this server";
            default -> refusal(reason, Refusal::title, "Something else");
        };
    }

    /// What its owner can do about it.
    static String fix(String reason) {
        if (reason.startsWith(FIELD)) {
            return fieldFix(reason.substring(FIELD.length()));
        }
        return switch (reason) {
            case "unavailable" ->
                "nothing, if the sender tries again: the database was away, or there was too much to do";
            case "failed" -> "look into the log of the server, and report what it says; the sender tries again";
            default -> refusal(reason, Refusal::fix, "look at the latest refusals");
        };
    }

    private static String fieldTitle(String field) {
        return switch (field) {
            case "id" -> "An event without a sound id";
            case "metric" -> "A metric is missing or wrong";
            case "unit" -> "A unit is missing or wrong";
            case "decision" -> "A decision token is missing or wrong";
            case "value" -> "A value is missing or wrong";
            case "currency" -> "A currency is missing or wrong";
            case "at" -> "A time does not fit";
            case "reverses" -> "An id to take back is wrong";
            case "origin" -> "An origin is wrong";
            case "event" -> "An event cannot be read";
            default -> "A field is not known";
        };
    }

    private static String fieldFix(String field) {
        return switch (field) {
            case "id" ->
                "let the options of the source say where the platform's own id of the event stands; without one it"
                        + " would count again whenever it is sent again";
            case "metric" ->
                "give the event a metric that an experiment counts: in the options of the source, or at the sender";
            case "unit" ->
                "let the shop hand the visitor's name, or the decision token, to the platform when the order is made,"
                        + " and let the options of the source say where it stands";
            case "decision" ->
                "hand the token of the answer on whole, to the server that gave it; where every request is drawn for,"
                        + " no unit can stand in for it";
            case "value" ->
                "let the options of the source point to the amount, as a decimal that is not negative; a refund is a"
                        + " conversion of its own that reverses the order";
            case "currency" -> "send the ISO 4217 code in capitals beside each value, the one that experiments have";
            case "at" ->
                "send when it happened as a time with a zone, and check the clocks of sender and server; an order after"
                        + " the window of its decision belongs to nothing";
            case "reverses" -> "let the refund name the id under which the order was reported by the same source";
            case "origin" -> "send 1 to 200 printable characters that say who stands behind the conversion";
            case "event" -> "look at what the sender sends, at the place that the refusal names";
            default -> "leave the field away, or correct its name; the API lists those that are known";
        };
    }

    private static String refusal(String reason, Function<Refusal, String> words, String otherwise) {
        return Arrays.stream(Refusal.values())
                .filter(each -> each.code().equals(reason))
                .map(words)
                .findFirst()
                .orElse(otherwise);
    }
}
