/// Beliefs, shares, one draw: counters become posteriors, a policy turns posteriors into an allocation, a decision is
/// one draw from it.
package dev.bandolier.bandits;
