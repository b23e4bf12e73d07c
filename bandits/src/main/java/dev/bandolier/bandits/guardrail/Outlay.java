package dev.bandolier.bandits.guardrail;

import dev.bandolier.bandits.Posterior;

/// One arm as a budget sees it.
///
/// @param posterior what is believed about its reward per unit
/// @param exposures units exposed to it so far, outcomes still open included
/// @param today     those of this day
public record Outlay(Posterior posterior, double exposures, double today) {

    /// Refuses counts that are negative or not a number.
    public Outlay {
        if (!(exposures >= 0 && today >= 0)) {
            throw new IllegalArgumentException(exposures + " exposures, " + today + " of them today");
        }
    }
}
