/// Guardrails: tests and budgets that may take traffic away from arms (`methods.md` 7 and 10). Uses the root package and
/// `numeric`; nothing in the root uses it.
package dev.bandolier.bandits.guardrail;
