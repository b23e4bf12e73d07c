/// What policies lose where the truth is known: the regret benchmark, its tables and the published numbers beside
/// them.
package dev.bandolier.loadtest.regret;
