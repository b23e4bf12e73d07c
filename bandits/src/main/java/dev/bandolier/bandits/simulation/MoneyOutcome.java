package dev.bandolier.bandits.simulation;

/// What one run of [GuardedMoney] cost against serving control to everybody, in conversions, in expectation of the arms
/// that were served: the sum of N_a (mu_0 - mu_a), negative where better arms earned more than worse ones lost.
///
/// @param loss   in the end
/// @param worst  the greatest at any time, not negative
/// @param paused arms that were paused
/// @param good   of these, arms that earn at least as much as control
public record MoneyOutcome(double loss, double worst, int paused, int good) {}
