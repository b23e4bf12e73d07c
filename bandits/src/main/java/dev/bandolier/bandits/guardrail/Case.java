package dev.bandolier.bandits.guardrail;

import dev.bandolier.bandits.Guardrails.Form;
import dev.bandolier.bandits.Verdict.Sample;

/// How one test of one arm against control stands. Immutable.
///
/// @param harm    bets that the arm does harm
/// @param gain    bets that it is better than control
/// @param lasting the same, taken up anew every day, for an experiment that runs for ever
/// @param day     day of the latest outcome, since 1970
/// @param arm     what converted of the arm; its exposures are counted elsewhere
/// @param control what converted of control
public record Case(Wealth harm, Wealth gain, Detector lasting, long day, Sample arm, Sample control) {

    /// No outcome yet.
    public static final Case NEW =
            new Case(Wealth.START, Wealth.START, Detector.START, Long.MIN_VALUE, Sample.NONE, Sample.NONE);

    /// This case with the outcomes of a ballot.
    ///
    /// @param form  which of the bets are made
    /// @param ofDay day that the outcomes belong to
    Case plus(Trial trial, Form form, Chance chance, boolean ofArm, double reward, Ballot ballot, long ofDay) {
        long units = ballot.units();
        double[] factors = trial.harm().logFactors(ofArm, chance, reward);
        Wealth better = trial.gain()
                .map(test -> gain.plus(test.logFactors(ofArm, chance, reward), units))
                .orElse(gain);
        Sample sample = new Sample(0, units, trial.valued() ? units * ballot.value() : 0);
        Case today = form == Form.ALWAYS_ON ? on(ofDay) : this;
        return new Case(
                harm.plus(factors, units),
                better,
                // A day that has ended cannot be changed: what is taken back later stays in it, and is forgotten with
                // it.
                form == Form.ALWAYS_ON && units > 0 ? today.lasting.plus(factors, units) : today.lasting,
                today.day,
                ofArm ? arm.plus(sample) : arm,
                ofArm ? control : control.plus(sample));
    }

    /// This case, with the days before this one ended.
    private Case on(long ofDay) {
        if (day == Long.MIN_VALUE) {
            return new Case(harm, gain, lasting, ofDay, arm, control);
        }
        Detector ended = lasting;
        for (long each = day; each < ofDay; each++) {
            ended = ended.nextDay();
        }
        return new Case(harm, gain, ended, Math.max(day, ofDay), arm, control);
    }

    /// Logarithm of the evidence for harm.
    public double logHarm(Form form) {
        return form == Form.ALWAYS_ON ? lasting.logStatistic() : harm.logE();
    }
}
