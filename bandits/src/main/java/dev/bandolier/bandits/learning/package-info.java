/// What counters say about delay, time and segments: estimators that turn sums into the numbers that posteriors are
/// made of. An exposure counts `tau(age) x epoch index x decay` ([dev.bandolier.bandits.learning.DelayCurve],
/// [dev.bandolier.bandits.learning.EpochOffsets], [dev.bandolier.bandits.learning.Decay]).
package dev.bandolier.bandits.learning;
