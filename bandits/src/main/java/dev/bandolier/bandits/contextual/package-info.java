/// Beliefs about arms whose reward depends on who is asking: one linear or logistic model per arm over the features of
/// a unit (`methods.md` 6, stage 2).
///
/// An arm's model scores a unit by a normal distribution ([dev.bandolier.bandits.contextual.Score]). Arms share no
/// coefficients, so their scores are independent, and the share of each arm is its probability to have the highest.
///
/// The prior decides what features cost. The intercept should be free to be any usual rate; the other coefficients are
/// better believed small, about a tenth of the rate (0.1 on log-odds). Two arms of 5 and 6 %, a feature that says
/// nothing, 10,000 units: believed so, it costs 2 to 8 % more regret than not to look at it; believed to matter as much
/// as the rate itself, it costs 28 to 40 %.
package dev.bandolier.bandits.contextual;
