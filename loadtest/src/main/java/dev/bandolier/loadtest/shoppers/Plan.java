package dev.bandolier.loadtest.shoppers;

import dev.bandolier.loadtest.api.CommandFailure;
import java.time.Duration;

/// What the shoppers are to do.
///
/// @param run         names this run; visitors of two runs are different people
/// @param perSecond   visitors per second, new and returning
/// @param warmUp      how long both ends are warmed up before the first visitor, maybe zero
/// @param ramp        how long their rate grows before it is full, maybe zero
/// @param length      how long they come, the ramp included
/// @param seed        decides arrivals, returns and conversions
/// @param returning   share of visitors that were here before, in [0, 1)
/// @param inFlightMax asks that may be unanswered at once; further visitors are turned away by the client, and counted
/// @param batch       conversions in one request, at least 1
record Plan(
        String run,
        double perSecond,
        Duration warmUp,
        Duration ramp,
        Duration length,
        long seed,
        double returning,
        int inFlightMax,
        int batch) {

    /// Refuses what cannot be done, naming the option.
    Plan {
        require(perSecond > 0 && Double.isFinite(perSecond), "--rate " + perSecond + " is not above 0");
        require(!warmUp.isNegative(), "--warm-up " + warmUp + " is below 0");
        require(!ramp.isNegative(), "--ramp " + ramp + " is below 0");
        require(length.isPositive(), "--for " + length + " is not above 0");
        require(returning >= 0 && returning < 1, "--returning " + returning + " is not in [0, 1)");
        require(inFlightMax > 0, "--in-flight " + inFlightMax + " is not above 0");
        require(
                batch >= 1 && batch <= Conversions.BATCH_MAX,
                "--batch " + batch + " is not in 1.." + Conversions.BATCH_MAX);
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new CommandFailure(otherwise);
        }
    }
}
