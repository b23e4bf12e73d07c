package dev.bandolier.loadtest.shoppers;

import java.time.Duration;
import java.util.List;

/// What the live table shows at one moment.
///
/// @param elapsed         since the first visitor
/// @param askedPerSecond  since the last moment, as the next one
/// @param convertedPerSecond conversions acknowledged
/// @param inFlight        unanswered asks
/// @param unanswered      visitors so far whose ask failed or who were turned away
/// @param late            share of visitors that this client sent late
/// @param arms            in the order of the experiment
/// @param best            index of the arm that is truly best
/// @param lost            expected conversions lost so far against always showing the best arm
/// @param lostByEvenSplit what an even split would have lost
record Moment(
        Duration elapsed,
        double askedPerSecond,
        double convertedPerSecond,
        long inFlight,
        long unanswered,
        double late,
        List<Arm> arms,
        int best,
        double lost,
        double lostByEvenSplit) {

    /// One arm at that moment; what is not known yet is NaN.
    ///
    /// @param key       name
    /// @param trueRate  what the shoppers convert at
    /// @param estimate  what the server believes
    /// @param lower     lower end of the server's 95 % interval
    /// @param upper     upper end of it
    /// @param allocated the share that the server gives it
    /// @param served    the share of new visitors that it got since the last moment
    record Arm(
            String key,
            double trueRate,
            double estimate,
            double lower,
            double upper,
            double allocated,
            double served) {}

    /// A defensive copy of the arms.
    Moment {
        arms = List.copyOf(arms);
    }
}
