package dev.bandolier.server.ledger;

import dev.bandolier.bandits.attribution.Entitlement;
import dev.bandolier.server.ledger.ConversionLog.Outcome;

/// What owners are told of conversions by what became of them.
final class OutcomeWords {

    private OutcomeWords() {}

    /// What is said of a conversion that earns nothing for this reason: who looks for the decision of a unit and may not
    /// take any has found none.
    static Outcome of(Entitlement.Reason reason) {
        return switch (reason) {
            case WRONG_CURRENCY -> Outcome.WRONG_CURRENCY;
            case NO_VALUE -> Outcome.NO_VALUE;
            case TOO_LATE -> Outcome.TOO_LATE;
            case OUTSIDE_WINDOW -> Outcome.OUTSIDE_WINDOW;
            case NO_DECISION, NEEDS_TOKEN, OTHER_EXPERIMENT -> Outcome.NO_DECISION;
        };
    }

    /// What it is, in a few words.
    static String title(Outcome outcome) {
        return switch (outcome) {
            case CREDITED -> "counted";
            case QUARANTINED -> "under quarantine";
            case CAPPED -> "too many of one origin";
            case TOO_MANY -> "too many of one decision";
            case WAITING -> "waiting for its order";
            case NOTHING_TO_REVERSE -> "takes back what did not count";
            case WRONG_CURRENCY -> "in a currency without a rate";
            case NO_VALUE -> "without a value";
            case TOO_LATE -> "arrived too late";
            case OUTSIDE_WINDOW -> "outside the window";
            case NO_DECISION -> "no decision for this visitor";
            case NO_EXPERIMENT -> "no experiment has this metric";
        };
    }

    /// What can be done about it.
    static String fix(Outcome outcome) {
        return switch (outcome) {
            case CREDITED -> "Nothing is to be done.";
            case QUARANTINED -> "If its source or origin is sound, release the quarantine: then it counts again.";
            case CAPPED ->
                "If one origin may have as many in a day, raise guardrails.originCap for what arrives from then on.";
            case TOO_MANY ->
                "Look whether one visitor's name stands for many people, or whether each order is reported again under"
                        + " another id.";
            case WAITING ->
                "If it stays so, look whether its order is reported too: by the same source, and under the id that the"
                        + " reversal names.";
            case NOTHING_TO_REVERSE ->
                "Nothing is to be done, unless its order should have counted: look what became of that.";
            case WRONG_CURRENCY ->
                "Add a rate for the currency to objective.attribution.rates, or report values in the currency of the"
                        + " experiment.";
            case NO_VALUE ->
                "Report value and currency with each order, and look whether the source reads them from the right"
                        + " fields.";
            case TOO_LATE ->
                "Look what held the sender up; a longer objective.attribution.grace lets later ones in from then on.";
            case OUTSIDE_WINDOW ->
                "Look at the times that the source reports; if orders do take longer than objective.window, give the"
                        + " next experiment a longer one.";
            case NO_DECISION ->
                "Some customers never meet the experiment; if it is most of them, look whether the source reports the"
                        + " name of the visitor, or the token, that the decision was asked with.";
            case NO_EXPERIMENT ->
                "Start an experiment that counts the metric, or report it under the name that the experiment has for"
                        + " it.";
        };
    }
}
