/// What exploring loses against control where the truth is known, with and without guardrails: the simulation of a
/// budget, and its tables.
package dev.bandolier.loadtest.guardrails;
