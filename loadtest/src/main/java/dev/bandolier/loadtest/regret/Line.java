package dev.bandolier.loadtest.regret;

import dev.bandolier.bandits.simulation.Entrant;
import dev.bandolier.bandits.simulation.Score;
import java.time.Duration;

/// What an entrant came to.
///
/// @param entrant who
/// @param score   over all seeds
/// @param spent   time of one core for all seeds
record Line(Entrant entrant, Score score, Duration spent) {}
